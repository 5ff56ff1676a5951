#include "barriers.h"

#include <algorithm>

namespace kotowari {

BarrierBits find_barriers(const Regex& regex) {
  BarrierBits bits = 0;
  for (std::size_t at = 0; at < kBarriers.size(); ++at) {
    if (!regex.may_hold(kBarriers[at])) bits |= 1U << at;
  }
  return bits;
}

Barriers::Barriers(const Text& text) {
  for (int at = 0; at < text.size; ++at) {
    const auto known = std::find(kBarriers.begin(), kBarriers.end(), text[at]);
    if (known != kBarriers.end()) places_[static_cast<std::size_t>(known - kBarriers.begin())].push_back(at);
  }
}

Place Barriers::clip(Place window, Place word, BarrierBits barriers) const {
  for (std::size_t at = 0; at < kBarriers.size(); ++at) {
    if ((barriers >> at & 1) == 0) continue;
    const Numbers& places = places_[at];
    const auto behind = std::lower_bound(places.begin(), places.end(), word.start);
    if (behind != places.begin()) window.start = std::max(window.start, *std::prev(behind) + 1);
    const auto ahead = std::lower_bound(behind, places.end(), word.end);
    if (ahead != places.end()) window.end = std::min(window.end, *ahead);
  }
  return window;
}

}  // namespace kotowari
