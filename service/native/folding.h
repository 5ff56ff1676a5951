// Folding: how a text as it was pasted is made comparable (service/intake).
#pragma once

#include <array>
#include <map>
#include <string_view>

#include "view.h"

namespace kotowari {

class Stream;  // of the numbers of a blueprint
using Letters = std::u32string_view;
using Signs = std::map<char32_t, char32_t>;  // by sign

// Which sign counts as which.
class FoldTable {
 public:
  void read(Stream& stream);
  // Writes for every sign what it counts as.
  void translate(View& view) const;

 private:
  // What a sign counts as: a letter; kSame; below it strings, by number.
  std::int32_t find(char32_t sign) const;
  void set(char32_t sign, std::int32_t fold);
  const String& string_of(std::int32_t fold) const;

  Numbers blocks_;  // of each block of signs where its folds lie
  std::vector<std::int32_t> folds_;
  std::vector<String> strings_;
};

// The kana of syllables in small Latin letters.
class Syllables {
 public:
  static constexpr std::size_t kLongest = 3;  // letters

  void add(const String& syllable, const String& kana);
  // Returns nothing where letters, no more than of the longest, are no syllable.
  const String* find(Letters letters) const {
    const String& kana = kana_[number(letters)];
    return kana.empty() ? nullptr : &kana;
  }

 private:
  static constexpr std::size_t kSorts = 27;  // of letters: none, and the 26 there are

  static std::size_t number(Letters letters) {
    std::size_t number = 0;
    for (const char32_t letter : letters) number = number * kSorts + (letter - U'a' + 1);
    return number;
  }

  std::vector<String> kana_ = std::vector<String>(kSorts * kSorts * kSorts);
};

// Japanese in Latin letters (service/intake/romaji.py tells what each table holds).
struct Romaji {
  using Writings = std::map<String, String, std::less<>>;

  void read(Stream& stream);
  bool holds_hint(const Text& text) const;

  std::vector<String> hints, telling_ends, sure_words, kept, after_noun;  // all but the first two are sorted
  std::array<bool, 128> opens_hint{};
  Syllables syllables;
  Writings whole, written;
  Signs vowel_of;
  std::map<char32_t, Numbers> sizes;  // of the listed words by their first kana, the longest first
};

struct Folding {
  void read(Stream& stream);

  FoldTable table;
  std::array<std::array<char32_t, 0x100>, 2> voiced{};  // by mark and kana; 0: that has no such sound
  Signs kana_of;                                        // kanji and dashes that pass for katakana
  Signs small_of;                                       // capitals beyond ASCII
  Romaji romaji;
};

// Folds and squeezes a text; romaji is read as Japanese.
View read_text(const Folding& folding, const Text& original);
// A text in small letters, sign for sign.
String make_small(const Folding& folding, const Text& text);

// The changes that join voice marks to their letters.
Changes join_marks(const Folding& folding, const Text& text);
// The changes that read kanji and dashes as kana: amid kana, or where a small one follows (千ャット).
Changes restore_kana(const Folding& folding, const Text& text);
// The changes that join letters set apart one by one.
Changes join_letters(const Text& text);
// The changes that join lines which were broken in the midst of a sentence.
Changes join_lines(const Text& text);
// The changes that make Japanese of a romaji text; none where it is none.
Changes write_romaji(const Romaji& romaji, const Text& text);

inline bool holds(Letters letters, char32_t sign) { return letters.find(sign) != Letters::npos; }
inline bool is_long_katakana(char32_t sign) { return (sign >= U'ァ' && sign <= U'ヺ') || sign == U'ー'; }

}  // namespace kotowari
