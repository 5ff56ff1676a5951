// Parallel: when a second thread helps to read a text.
#pragma once

#include <future>
#include <thread>

#include "text.h"

namespace kotowari {

constexpr int kLongText = 3000;  // signs; a shorter text is read before a thread would have begun

inline bool is_worth_help(const Text& text) {
  return text.size >= kLongText && std::thread::hardware_concurrency() > 1;
}

// Asked for both ways, a thread that cannot be had is done without.
constexpr std::launch kHelp = std::launch::async | std::launch::deferred;

}  // namespace kotowari
