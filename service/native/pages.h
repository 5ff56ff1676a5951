// Pages: memory for what is looked up all over, in the largest pages there are.
#pragma once

#include <memory_resource>

namespace kotowari {

// What takes many megabytes and is read here and there makes a processor look up where each small page lies.
class LargePages : public std::pmr::memory_resource {
 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
  bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override { return this == &other; }
};

}  // namespace kotowari
