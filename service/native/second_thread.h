// The second thread: it helps to read long texts, and nobody relies on it. There is one for the whole process.
#pragma once

#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "text.h"

namespace kotowari {

constexpr int kLongText = 3000;  // signs; a shorter text is read before the thread would have woken up

inline bool is_worth_help(const Text& text) {
  return text.size >= kLongText && std::thread::hardware_concurrency() > 1;
}

// Hands over work. It may be done late or never, and owns all it touches: another text may go first, the thread may
// not be had at all, and a process that has forked starts one of its own.
void ask_second_thread(std::function<void()> work);

// Wakes it, so that it is on the lookout when it is asked: waking takes a while.
inline void rouse_second_thread() {
  ask_second_thread([] {});
}

// Leaves it to the second thread to clear away what nobody needs any more.
inline void leave_behind(std::shared_ptr<const void> thing) {
  ask_second_thread([kept = std::move(thing)]() mutable { kept.reset(); });
}

}  // namespace kotowari
