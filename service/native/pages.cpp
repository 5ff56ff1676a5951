#include "pages.h"

#include <algorithm>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace kotowari {

namespace {

constexpr std::size_t kPage = std::size_t{1} << 21;

}  // namespace

void* LargePages::do_allocate(std::size_t bytes, std::size_t alignment) {
  void* const memory = ::operator new(bytes, std::align_val_t{std::max(alignment, kPage)});
#ifdef __linux__
  madvise(memory, bytes, MADV_HUGEPAGE);  // without them it is only slower
#endif
  return memory;
}

void LargePages::do_deallocate(void* memory, std::size_t, std::size_t alignment) {
  ::operator delete(memory, std::align_val_t{std::max(alignment, kPage)});
}

}  // namespace kotowari
