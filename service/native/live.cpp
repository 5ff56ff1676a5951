#include "reading.h"

namespace kotowari {

namespace {

bool is_any(const Bits& bits) {
  return std::any_of(bits.begin(), bits.end(), [](std::uint64_t word) { return word != 0; });
}

// Sets all bits up to the highest one.
void fill_below(Bits& bits) {
  bool is_below = false;
  for (std::size_t at = bits.size(); at-- > 0;) {
    std::uint64_t& word = bits[at];
    if (is_below) {
      word = ~std::uint64_t{0};
    } else if (word) {
      for (int shift = 1; shift < 64; shift *= 2) word |= word >> shift;
      is_below = true;
    }
  }
}

void unite(Bits& bits, const Bits& others) {
  for (std::size_t at = 0; at < bits.size(); ++at) bits[at] |= others[at];
}

void intersect(Bits& bits, const Bits& others) {
  for (std::size_t at = 0; at < bits.size(); ++at) bits[at] &= others[at];
}

}  // namespace

bool Live::narrow(int number, Bits& bits) {
  const Pattern& pattern = reading_.book.patterns[static_cast<std::size_t>(number)];
  if (reading_.look.is_shut(pattern.group)) return false;
  bits = begin(pattern.places[0]);
  for (std::size_t place = 1; place < pattern.places.size() && is_any(bits); ++place) {
    const Bits& there = fill(pattern.places[place]);
    if (pattern.scope == Scope::kSentence) {
      intersect(bits, there);
    } else if (!is_any(there)) {
      return false;
    }
  }
  return is_any(bits);
}

// The string a term is known by may stand in a later sentence than the term begins in.
const Bits& Live::begin(int place) {
  int& entry = begun_slot_[static_cast<std::size_t>(place)];
  if (entry) return begun_[static_cast<std::size_t>(entry - 1)];
  Found& found = reading_.found;
  Bits& bits = begun_.emplace_back(found.bit_words());
  entry = static_cast<int>(begun_.size());
  for (const int term : reading_.book.places[static_cast<std::size_t>(place)]) {
    if (!found.is_told(term)) continue;
    if (reading_.book.terms[static_cast<std::size_t>(term)].within_sentence) {
      unite(bits, found.mark(term));
    } else {
      Bits marks = found.mark(term);
      fill_below(marks);
      unite(bits, marks);
    }
  }
  return bits;
}

const Bits& Live::fill(int place) {
  int& entry = filled_slot_[static_cast<std::size_t>(place)];
  if (entry) return filled_[static_cast<std::size_t>(entry - 1)];
  Bits& bits = filled_.emplace_back(reading_.found.bit_words());
  entry = static_cast<int>(filled_.size());
  for (const int term : reading_.book.places[static_cast<std::size_t>(place)]) {
    if (reading_.found.is_told(term)) unite(bits, reading_.found.mark(term));
  }
  return bits;
}

}  // namespace kotowari
