#include "second_thread.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <system_error>

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#endif

namespace kotowari {

namespace {

using Work = std::function<void()>;

constexpr std::size_t kMostWaiting = 4;  // pieces of work; with more the thread would come too late for all of them
// How long the thread looks out for more before it sleeps: waking takes longer than the next piece is away, as a rule,
// and a text is folded before it is asked.
constexpr std::chrono::microseconds kLookout{700};

// What waits to be done. It is never destroyed: the thread may outlive everything else.
class Queue {
 public:
  // Starts the thread; throws std::system_error where it cannot be had.
  void start() {
    std::thread([this] { serve(); }).detach();
  }
  void put(Work&& work) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMostWaiting) return;
    waiting_.push_back(std::move(work));
    count_.store(waiting_.size(), std::memory_order_release);
    if (is_asleep_) is_wanted_.notify_one();
  }

 private:
  [[noreturn]] void serve() {
    for (;;) {
      try {
        take()();
      } catch (...) {  // what it has not done, somebody else will do
      }
    }
  }

  Work take() {
    look_out();
    std::unique_lock lock(mutex_);
    is_asleep_ = true;
    is_wanted_.wait(lock, [this] { return !waiting_.empty(); });
    is_asleep_ = false;
    Work work = std::move(waiting_.front());
    waiting_.pop_front();
    count_.store(waiting_.size(), std::memory_order_release);
    return work;
  }

  // Waits for a while without sleeping, but lets others go first.
  void look_out() const {
    const auto end = std::chrono::steady_clock::now() + kLookout;
    while (count_.load(std::memory_order_acquire) == 0 && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
  }

  std::mutex mutex_;
  std::condition_variable is_wanted_;
  std::deque<Work> waiting_;
  std::atomic<std::size_t> count_{0};
  bool is_asleep_ = false;
};

std::atomic<Queue*> queue{nullptr};

#if defined(__unix__) || defined(__APPLE__)
// A child process has the queue of its parent, but not the thread, and maybe a lock that nobody opens any more.
[[maybe_unused]] const int is_forgotten_by_children = pthread_atfork(nullptr, nullptr, [] { queue.store(nullptr); });
#endif

Queue& open_queue() {
  if (Queue* const found = queue.load()) return *found;
  auto fresh = std::make_unique<Queue>();
  Queue* found = nullptr;
  if (!queue.compare_exchange_strong(found, fresh.get())) return *found;
  Queue& own = *fresh.release();
  try {
    own.start();
  } catch (const std::system_error&) {
    queue.store(nullptr);  // the next text tries again
    throw;
  }
  return own;
}

}  // namespace

void ask_second_thread(Work work) {
  try {
    open_queue().put(std::move(work));
  } catch (const std::system_error&) {  // a thread that cannot be had is done without
  }
}

}  // namespace kotowari
