// Parallel: when a second thread helps to read a text, and how nobody comes to wait for it.
#pragma once

#include <atomic>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "text.h"

namespace kotowari {

constexpr int kLongText = 3000;  // signs; a shorter text is read before a thread would have begun
// How long another thread is given to finish what it has begun: longer than it takes, unless something holds it up.
constexpr std::chrono::microseconds kPatience{500};

inline bool is_worth_help(const Text& text) {
  return text.size >= kLongText && std::thread::hardware_concurrency() > 1;
}

// Work in numbered pieces, of which each thread takes the next one that nobody has taken.
template <typename Result>
class Pieces {
 public:
  explicit Pieces(std::size_t count) : results_(count), states_(count) {}

  // Does what nobody has taken.
  template <typename Make>
  void take(Make&& make) {
    for (std::size_t at = next_++; at < results_.size(); at = next_++) put(at, make(at));
  }
  // Returns all results. What another thread has taken and does not finish is done once more: it may have been put to sleep.
  template <typename Make>
  std::vector<Result>& finish(Make&& make) {
    take(make);
    for (std::size_t at = 0; at < results_.size(); ++at) {
      if (!wait_for(at, kPatience)) put(at, make(at));
      while (states_[at].load(std::memory_order_acquire) != State::kDone) std::this_thread::yield();
    }
    return results_;
  }

 private:
  enum class State : std::uint8_t { kOpen, kBeingPut, kDone };

  // Whoever comes second has worked in vain.
  void put(std::size_t at, Result&& result) {
    State open = State::kOpen;
    if (!states_[at].compare_exchange_strong(open, State::kBeingPut)) return;
    results_[at] = std::move(result);
    states_[at].store(State::kDone, std::memory_order_release);
  }
  // Waits without giving up the processor: where others want it, it would be gone for longer than this takes.
  bool wait_for(std::size_t at, std::chrono::microseconds patience) const {
    const auto is_open = [&] { return states_[at].load(std::memory_order_acquire) == State::kOpen; };
    if (!is_open()) return true;
    const auto end = std::chrono::steady_clock::now() + patience;
    while (is_open() && std::chrono::steady_clock::now() < end) continue;
    return !is_open();
  }

  std::atomic<std::size_t> next_{0};
  std::vector<Result> results_;
  std::vector<std::atomic<State>> states_;
};

// Has work done by a thread of its own, which may come late or never: the work owns all it touches.
template <typename Work>
void ask_for_help(Work work) {
  try {
    std::thread([work = std::move(work)] {
      try {
        work();
      } catch (...) {  // what it has not done, somebody else will do
      }
    }).detach();
  } catch (const std::system_error&) {  // a thread that cannot be had is done without
  }
}

}  // namespace kotowari
