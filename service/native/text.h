// Text: code points, the places of words in them, and the few questions asked of single letters.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kotowari {

using String = std::u32string;
using Numbers = std::vector<int>;

// Items that lie side by side and belong to somebody else.
template <typename Item>
struct Slice {
  const Item* first;
  const Item* last;

  const Item* begin() const { return first; }
  const Item* end() const { return last; }
  std::size_t size() const { return static_cast<std::size_t>(last - first); }
};

// Lists that lie behind one another, by number.
template <typename Item>
struct Lists {
  std::vector<Item> items;
  Numbers firsts;  // of each list its first item, then the end

  Slice<Item> operator[](int number) const {
    const int* const first = firsts.data() + number;
    return {items.data() + first[0], items.data() + first[1]};
  }
  std::size_t size() const { return firsts.size() - 1; }
};

// A stable sort takes memory to work in, and most lists are sorted already.
template <typename Item, typename IsBefore>
void sort_stably(std::vector<Item>& items, IsBefore is_before) {
  if (!std::is_sorted(items.begin(), items.end(), is_before)) std::stable_sort(items.begin(), items.end(), is_before);
}

// Turns the sizes of lists into where each begins; the end of all stands last.
inline void add_up(Numbers& sizes) {
  int first = 0;
  for (int& size : sizes) first += std::exchange(size, first);
  sizes.push_back(first);
}

// A text as it is read: code points that belong to the caller.
struct Text {
  const char32_t* signs = nullptr;
  int size = 0;

  char32_t operator[](int at) const { return signs[at]; }
  // The sign at a place; 0 where there is none.
  char32_t at(int place) const { return place >= 0 && place < size ? signs[place] : U'\0'; }
};

// A string's signs, as long as it stands.
inline Text view(const String& signs) { return {signs.data(), static_cast<int>(signs.size())}; }

// A slice [start, end) of a text.
struct Place {
  int start = 0;
  int end = 0;
};

// A term found in a text at [start, end).
struct Token {
  int term = 0;
  int start = 0;
  int end = 0;
};
using Tokens = std::vector<Token>;

// Reading order, the longer first.
inline bool comes_first(const Place& one, const Place& other) {
  return one.start != other.start ? one.start < other.start : one.end > other.end;
}
inline bool comes_before(const Token& one, const Token& other) {
  return comes_first({one.start, one.end}, {other.start, other.end});
}

inline bool begins_before(const Token& token, int place) { return token.start < place; }

inline bool is_latin(char32_t sign) { return (sign >= U'A' && sign <= U'Z') || (sign >= U'a' && sign <= U'z'); }
inline bool is_small_latin(char32_t sign) { return sign >= U'a' && sign <= U'z'; }
inline bool is_latin_or_digit(char32_t sign) { return is_latin(sign) || (sign >= U'0' && sign <= U'9'); }

// A Latin capital's small letter, anything else as it is.
inline char32_t lower(char32_t sign) { return sign >= U'A' && sign <= U'Z' ? sign + (U'a' - U'A') : sign; }

// Whether a text goes on with a string at a place.
inline bool starts_with(const Text& text, const String& string, int at) {
  const int size = static_cast<int>(string.size());
  return at >= 0 && at + size <= text.size && std::equal(string.begin(), string.end(), text.signs + at);
}

// Whether a string stands right before a place.
inline bool ends_with(const Text& text, const String& string, int at) {
  return starts_with(text, string, at - static_cast<int>(string.size()));
}

}  // namespace kotowari
