// Asks: of everything that reads as one kind of request, the one to be told of (service/facts/asks.py).
#pragma once

#include <array>

#include "facts.h"

namespace kotowari {

class AskFinder {
 public:
  AskFinder(Reading& reading, Live& live, const std::vector<Hit>& futures)
      : reading_(reading), live_(live), futures_(futures) {}

  // The ask of a kind that patterns see.
  std::optional<FoundAsk> find(int kind);
  // The ask of a kind that no pattern saw and that the letters tell alone.
  std::optional<FoundAsk> find_unseen(int kind);

 private:
  using Weight = std::array<int, 3>;  // not grave, future, vague: the less the plainer

  std::optional<Hit> choose(int kind);
  bool is_refused(int kind, const Place& sentence);
  FoundAsk point_out(int kind, const Place& sentence);
  bool is_future(const Hit& hit) const;
  Weight find_bound(const Pattern& pattern) const;
  Weight weigh(const Hit& hit) const;

  Reading& reading_;
  Live& live_;
  const std::vector<Hit>& futures_;
};

}  // namespace kotowari
