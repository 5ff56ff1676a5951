// Spotted: what one text may hold, told by the strings that stand in it (service/facts/spotted.py).
#pragma once

#include <deque>

#include "surface.h"

namespace kotowari {

// Sentences as bits, a word of 64 each.
using Bits = std::vector<std::uint64_t>;

// An expression that may match: from which places, or between which; without windows anywhere.
struct Candidate {
  int expression;
  bool has_starts;
  Numbers starts;
  std::vector<Place> windows;
};

// Places of a text, put in reading order without comparing them.
class PlaceSet {
 public:
  explicit PlaceSet(int size)
      : words_(static_cast<std::size_t>(size) / 64 + 1), filled_(words_.size() / 64 + 1) {}

  void add(int place) {
    const auto at = static_cast<std::size_t>(place);
    words_[at / 64] |= std::uint64_t{1} << (at % 64);
    filled_[at / 4096] |= std::uint64_t{1} << (at / 64 % 64);
    ++count_;
  }
  // Returns the places, each once; the set is empty then.
  Numbers take();

 private:
  std::vector<std::uint64_t> words_;   // a bit for each place
  std::vector<std::uint64_t> filled_;  // a bit for each word with any
  std::size_t count_ = 0;              // of places added, some of them again
};

class Spotted {
 public:
  explicit Spotted(const Surface& surface);

  // Where the words of a term stand, in reading order, one inside another too.
  const std::vector<Place>& words(int term) { return weigh(term).words; }
  const std::vector<Candidate>& candidates(int term);
  // Calls take(expression) for each that may match right at a position, until it returns true; says whether it did.
  template <typename Take>
  bool any_at(int term, int position, Take&& take);
  // The sentences in which a term's words or the strings of its expressions end.
  Bits mark(int term);
  // The sentences in which slices with these ends lie.
  void mark_end(Bits& bits, int end) const {
    const int number = surface_.sentences.index(end - 1);
    bits[static_cast<std::size_t>(number) / 64] |= std::uint64_t{1} << (number % 64);
  }
  std::size_t bit_words() const { return bit_words_; }

 private:
  // An expression, told of by a string that stands.
  struct Source {
    int expression;
    int slot;
    const Way* way;
  };
  using Sources = std::vector<Source>;
  struct Weighed {
    std::vector<Place> words;
    Sources sources;  // by expression
    Numbers keys;     // slots of the strings that hold
    std::vector<Candidate> candidates;
    bool is_placed = false;
  };

  Weighed& weigh(int term);
  void place(int term, Weighed& weighed);
  static bool knows_starts(Sources::const_iterator first, Sources::const_iterator last);
  Numbers list_starts(Sources::const_iterator first, Sources::const_iterator last);
  std::vector<Place> join_windows(Sources::const_iterator first, Sources::const_iterator last);
  const Numbers& starts_of(int set);
  bool lies_near(const Way& way, int low, int high);
  bool holds_all(int way) const;
  bool find_words(int slot, const Clue& clue, std::vector<Place>& words) const;

  const Book& book_;
  const Surface& surface_;
  const Stands& stands_;
  std::size_t bit_words_;
  Numbers weighed_slot_;  // of each term its entry in weighed_, plus one
  std::deque<Weighed> weighed_;
  Numbers starts_slot_;  // of each set its entry in starts_, plus one
  std::deque<Numbers> starts_;
  PlaceSet opened_, listed_;  // what is being put in order: a set's places, an expression's
  mutable std::vector<std::int8_t> open_;  // of each way whether a string of each of its sets stands; -1: not known
};

template <typename Take>
bool Spotted::any_at(int term, int position, Take&& take) {
  if (!stands_.is_told(term)) return false;
  for (const int expression : book_.terms[static_cast<std::size_t>(term)].always_tried) {
    if (take(expression)) return true;
  }
  for (const Stands::Telling& telling : stands_.tellings(term)) {
    const Slice<Place> places = stands_.places(telling.slot);
    const auto begins_before = [](const Place& place, int at) { return place.start < at; };
    const Place* next = std::lower_bound(places.begin(), places.end(), position, begins_before);
    if (next == places.end()) continue;
    const Clue& clue = book_.clues[static_cast<std::size_t>(telling.clue)];
    for (int told = clue.first_way; told < clue.last_way; ++told) {
      const int number = book_.told_ways[static_cast<std::size_t>(told)];
      const Way& way = book_.ways[static_cast<std::size_t>(number)];
      if (next->start - position <= way.before && holds_all(number) && take(way.expression)) return true;
    }
  }
  return false;
}

}  // namespace kotowari
