// What a search needs to remember while it runs.

#ifndef KOTOWARI_REGEX_SCRATCH_H_
#define KOTOWARI_REGEX_SCRATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kotowari::regex {

constexpr std::size_t kMostKept = std::size_t{1} << 20;  // elements of scratch that outlive a search

/// Where to go on after a failure; of a run: the position it has come to, and the last one it may try.
struct Alternative {
  int place;
  int position;
  int bound;  // -1: no run
};

/// What a search needs to remember; kept for a thread's next one.
struct Scratch {
  std::vector<Alternative> stack;
  std::vector<std::uint64_t> visited;

  void clear() {
    stack.clear();
    visited.clear();
    if (stack.capacity() > kMostKept) stack.shrink_to_fit();
    if (visited.capacity() > kMostKept) visited.shrink_to_fit();
  }
};

/// Returns the calling thread's own.
Scratch& thread_scratch();

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_SCRATCH_H_
