// Barriers: signs that the matches of many expressions never hold, so that a window ends before the next one.
#pragma once

#include <array>

#include "regex.h"
#include "text.h"

namespace kotowari {

constexpr std::array<char32_t, 5> kBarriers = {U'\n', U'。', U'.', U'!', U'?'};
using BarrierBits = unsigned;  // a bit for each of kBarriers

// Returns the barriers that no match of an expression holds.
BarrierBits find_barriers(const Regex& regex);

// Where the barriers of a text stand.
class Barriers {
 public:
  Barriers() = default;
  explicit Barriers(const Text& text);

  // Returns what of a window around a word lies between the nearest of some barriers.
  Place clip(Place window, Place word, BarrierBits barriers) const;

 private:
  std::array<Numbers, kBarriers.size()> places_;
};

}  // namespace kotowari
