#include "asks.h"

namespace kotowari {

namespace {

constexpr int kFutureReach = 44;  // signs between "after the contract" and what is said to happen then
constexpr int kVaguest = 2;

}  // namespace

// Whether the same sentence has said "after the contract" a little before.
bool AskFinder::is_future(const Hit& hit) const {
  const int start = hit.anchor.start;
  return std::any_of(futures_.begin(), futures_.end(), [&](const Hit& future) {
    const int gap = start - future.end;
    return gap >= 0 && gap <= kFutureReach &&
           reading_.sentences.index(future.start) == reading_.sentences.index(start);
  });
}

// The gravest hit of a kind, then the plainest, then the first; a pattern that cannot beat what is found is not tried.
std::optional<Hit> AskFinder::choose(int kind) {
  std::optional<Hit> best;
  Weight least{1, 1, kVaguest + 1};
  Bits bits;
  for (const int number : reading_.book.kinds[kAsk][static_cast<std::size_t>(kind)]) {
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

std::optional<FoundAsk> AskFinder::find(int kind) {
  const std::optional<Hit> hit = choose(kind);
  if (!hit) return std::nullopt;
  const Term& term = reading_.book.terms[static_cast<std::size_t>(hit->anchor.term)];
  const auto number = static_cast<int>(hit->pattern - reading_.book.patterns.data());
  return FoundAsk{kind, hit->start, hit->end, term.channel, number, is_future(*hit)};
}

std::optional<FoundAsk> AskFinder::find_unseen(int kind) {
  const Place sentence =
      choose_sentence(reading_.book.classifier, kind, reading_.text, reading_.sentences, reading_.look);
  if (is_refused(kind, sentence)) return std::nullopt;
  return point_out(kind, sentence);
}

// Whether a pattern sees a refusal of an ask in a sentence: the letters do not.
bool AskFinder::is_refused(int kind, const Place& sentence) {
  for (const int number : reading_.book.kinds[kAsk][static_cast<std::size_t>(kind)]) {
    if (Hits(reading_.book.patterns[static_cast<std::size_t>(number)], reading_, nullptr).next_refused(sentence)) return true;
  }
  return false;
}

// An ask that no pattern saw: its words are a whole sentence, its channel the gravest that is named.
FoundAsk AskFinder::point_out(int kind, const Place& sentence) {
  using Rank = std::array<int, 4>;
  std::optional<std::pair<Rank, int>> best;
  for (const int number : reading_.book.naming[static_cast<std::size_t>(kind)]) {
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
  return {kind, sentence.start, sentence.end, best ? best->second : -1, -1, is_future};
}

// The least that a hit of a pattern can weigh.
AskFinder::Weight AskFinder::find_bound(const Pattern& pattern) const {
  Weight bound{1, 1, kVaguest + 1};
  for (const int number : pattern.needs[0]) {
    const Term& term = reading_.book.terms[static_cast<std::size_t>(number)];
    if (reading_.found.is_told(number)) bound = std::min(bound, Weight{!term.severe, 0, term.vague});
  }
  return bound;
}

AskFinder::Weight AskFinder::weigh(const Hit& hit) const {
  const Term& term = reading_.book.terms[static_cast<std::size_t>(hit.anchor.term)];
  return {!term.severe, is_future(hit), term.vague};
}

}  // namespace kotowari
