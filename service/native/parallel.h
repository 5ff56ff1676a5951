// Parallel: work that two threads share, and how neither comes to wait for the other.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

namespace kotowari {

// How long another thread is given to finish what it has begun: longer than it takes, unless something holds it up.
constexpr std::chrono::microseconds kPatience{500};

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

}  // namespace kotowari
