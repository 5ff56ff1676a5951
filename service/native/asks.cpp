#include "asks.h"

#include <array>

namespace kotowari {

namespace {

constexpr int kFutureReach = 44;  // signs between "after the contract" and what is said to happen then
constexpr int kVaguest = 2;

using Weight = std::array<int, 3>;  // not grave, future, vague: the less the plainer

// Whether the same sentence has said "after the contract" a little before.
bool is_future(const Hit& hit, const std::vector<Hit>& futures, const Reading& reading) {
  const int start = hit.anchor.start;
  return std::any_of(futures.begin(), futures.end(), [&](const Hit& future) {
    const int gap = start - future.end;
    return gap >= 0 && gap <= kFutureReach &&
           reading.sentences.index(future.start) == reading.sentences.index(start);
  });
}

class Finder {
 public:
  Finder(Reading& reading, Live& live, const std::vector<Hit>& futures)
      : reading_(reading), live_(live), futures_(futures) {}

  // The gravest hit of a kind, then the plainest, then the first; a pattern that cannot beat what is found is not tried.
  std::optional<Hit> choose(std::size_t kind) {
    std::optional<Hit> best;
    Weight least{1, 1, kVaguest + 1};
    Bits bits;
    for (const int number : reading_.book.kinds[kAsk][kind]) {
      const Pattern& pattern = reading_.book.patterns[static_cast<std::size_t>(number)];
      if ((best && find_bound(pattern) >= least) || !live_.narrow(number, bits)) continue;
      Hits hits(pattern, reading_, &bits);
      while (const std::optional<Hit> hit = hits.next()) {
        const Weight weight = weigh(*hit);
        if (weight >= least) continue;
        best = hit;
        least = weight;
        if (least <= find_bound(pattern)) break;
      }
    }
    return best;
  }

  FoundAsk make(const Hit& hit) const {
    const Term& term = reading_.book.terms[static_cast<std::size_t>(hit.anchor.term)];
    const auto number = static_cast<int>(hit.pattern - reading_.book.patterns.data());
    return {hit.pattern->kind, hit.start, hit.end, term.channel, number, is_future(hit, futures_, reading_)};
  }

  // Whether a pattern sees a refusal of an ask in a sentence: the letters do not.
  bool is_refused(std::size_t kind, const Place& sentence) {
    for (const int number : reading_.book.kinds[kAsk][kind]) {
      Hits hits(reading_.book.patterns[static_cast<std::size_t>(number)], reading_, nullptr);
      while (const std::optional<Hit> hit = hits.next_refused()) {
        if (sentence.start <= hit->anchor.start && hit->anchor.start < sentence.end) return true;
      }
    }
    return false;
  }

  // An ask that no pattern saw: its words are a whole sentence, its channel the gravest that is named.
  FoundAsk point_out(std::size_t kind, const Place& sentence) {
    using Rank = std::array<int, 4>;
    std::optional<std::pair<Rank, int>> best;
    for (const int number : reading_.book.naming[kind]) {
      const Term& term = reading_.book.terms[static_cast<std::size_t>(number)];
      for (const Token& token : reading_.found.get(number)) {
        const bool is_inside = sentence.start <= token.start && token.start < sentence.end;
        const Rank rank{!is_inside, !term.severe, token.start, term.rank};
        if (!best || rank < best->first) best = {rank, term.channel};
      }
    }
    const bool is_future = std::any_of(futures_.begin(), futures_.end(), [&](const Hit& future) {
      return sentence.start <= future.start && future.start < sentence.end;
    });
    return {static_cast<int>(kind), sentence.start, sentence.end, best ? best->second : -1, -1, is_future};
  }

 private:
  // The least that a hit of a pattern can weigh.
  Weight find_bound(const Pattern& pattern) {
    Weight bound{1, 1, kVaguest + 1};
    for (const int number : pattern.needs[0]) {
      const Term& term = reading_.book.terms[static_cast<std::size_t>(number)];
      if (reading_.found.is_told(number)) bound = std::min(bound, Weight{!term.severe, 0, term.vague});
    }
    return bound;
  }

  Weight weigh(const Hit& hit) const {
    const Term& term = reading_.book.terms[static_cast<std::size_t>(hit.anchor.term)];
    return {!term.severe, is_future(hit, futures_, reading_), term.vague};
  }

  Reading& reading_;
  Live& live_;
  const std::vector<Hit>& futures_;
};

}  // namespace

std::vector<FoundAsk> find_asks(Reading& reading, Live& live, const std::vector<Hit>& futures) {
  Finder finder(reading, live, futures);
  std::vector<FoundAsk> asks;
  for (const int kind : reading.book.kind_order[kAsk]) {
    if (const std::optional<Hit> hit = finder.choose(static_cast<std::size_t>(kind))) asks.push_back(finder.make(*hit));
  }
  const std::size_t seen = asks.size();
  for (const int kind : reading.look.likely) {
    const auto is_kind = [kind](const FoundAsk& ask) { return ask.kind == kind; };
    if (std::any_of(asks.begin(), asks.begin() + static_cast<std::ptrdiff_t>(seen), is_kind)) continue;
    const Place sentence =
        choose_sentence(reading.book.classifier, kind, reading.text, reading.sentences, reading.look);
    const auto number = static_cast<std::size_t>(kind);
    if (!finder.is_refused(number, sentence)) asks.push_back(finder.point_out(number, sentence));
  }
  return asks;
}

}  // namespace kotowari
