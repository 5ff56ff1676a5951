// Letters set apart one by one, and the signs between them (service/intake/spaced.py).
#include "folding.h"

namespace kotowari {

namespace {

// Each script has its own runs. Glued: hiragana set apart right behind a word (使ってないこ・う・ざ).
enum Kind { kLatin, kKatakana, kHiragana, kHan, kGlued, kMixed };
constexpr Kind kBehindOtherScript[] = {kLatin, kKatakana, kHiragana, kHan};
constexpr int kLeastGaps[] = {2, 2, 2, 1, 2, 5};     // so that there is a run
constexpr int kLeastLetters[] = {3, 3, 3, 2, 3, 6};  // of those that are joined
constexpr int kMostSigns = 3, kMostBreaks = 2;       // in one gap
constexpr Letters kSeparators = U" -・._/*|,~+=:;'()[]<>【】「」『』◆◇■□●○▲△";  // besides pictures
constexpr Letters kGluedSigns = U"・._/*|★☆♪♡";

constexpr bool is_picture(char32_t sign) {
  return (sign >= 0x2600 && sign <= 0x27BF) || (sign >= 0x1F300 && sign <= 0x1FAFF);
}

// Of the signs up to kana whether each may stand between two letters.
constexpr auto kSeparates = [] {
  std::array<bool, 0x3100> separates{};
  for (char32_t sign = 0; sign < separates.size(); ++sign) separates[sign] = is_picture(sign);
  for (const char32_t sign : kSeparators) separates[sign] = true;
  return separates;
}();

bool is_separator(char32_t sign) { return sign < kSeparates.size() ? kSeparates[sign] : is_picture(sign); }

bool is_between(char32_t sign) { return sign == U'\n' || is_separator(sign); }

bool is_hiragana(char32_t sign) { return sign >= U'ぁ' && sign <= U'ゖ'; }

bool is_letter(char32_t sign, Kind kind) {
  const bool is_han = sign >= U'一' && sign <= U'龠';
  switch (kind) {
    case kLatin:
      return is_latin(sign);
    case kKatakana:
      return is_long_katakana(sign);
    case kHiragana:
    case kGlued:
      return is_hiragana(sign) || sign == U'ー';
    case kHan:
      return is_han;
    default:
      return is_hiragana(sign) || is_long_katakana(sign) || is_han || (sign >= U'0' && sign <= U'9');
  }
}

// Returns how many signs from a place on are of a sort; more than `most` are none.
template <typename IsOne>
int count_signs(const Text& text, int at, int most, IsOne is_one) {
  int count = 0;
  while (count <= most && at + count < text.size && is_one(text[at + count])) ++count;
  return count <= most ? count : 0;
}

// Returns how many signs a gap between two letters has; 0: it is none.
int measure_gap(const Text& text, int at, Kind kind) {
  if (kind == kMixed) return text.at(at) == U' ';
  if (kind == kGlued) return at < text.size && holds(kGluedSigns, text[at]);
  if (const int signs = count_signs(text, at, kMostSigns, is_separator)) return signs;
  if (kind != kLatin && kind != kKatakana) return 0;
  return count_signs(text, at, kMostBreaks, [](char32_t sign) { return sign == U'\n'; });
}

struct Run {
  Kind kind;
  int start;
  int end;
};

// Whether a run of a kind begins at a place.
bool is_run(const Text& text, int start, Kind kind, Run& run) {
  if (start >= text.size || !is_letter(text[start], kind)) return false;
  int end = start + 1;
  for (int gaps = 0;; ++gaps) {
    const int gap = measure_gap(text, end, kind);
    if (gap && end + gap < text.size && is_letter(text[end + gap], kind)) {
      end += gap + 1;
      continue;
    }
    run = {kind, start, end};
    return gaps >= kLeastGaps[kind];
  }
}

// Whether a run begins right behind a place or, of mixed scripts, at it; the first kind that fits counts.
bool find_run(const Text& text, int at, Run& run) {
  for (const Kind kind : kBehindOtherScript) {
    if (at == 0 && is_run(text, 0, kind, run)) return true;
    if (!is_letter(text[at], kind) && is_run(text, at + 1, kind, run)) return true;
  }
  return (is_hiragana(text[at]) && is_run(text, at + 1, kGlued, run)) || is_run(text, at, kMixed, run);
}

// Adds the signs between the letters of a run; a last letter that opens a word (A B Cat) is not part of it.
void join_run(const Text& text, Run run, Changes& changes) {
  const std::size_t first = changes.size();
  for (int at = run.start; at < run.end; ++at) {
    if (is_between(text[at])) changes.push_back({at, at + 1, {}});
  }
  int letters = run.end - run.start - static_cast<int>(changes.size() - first);
  const bool is_bounded = run.kind != kHiragana && run.kind != kGlued && run.kind != kMixed;
  if (is_bounded && run.end < text.size && is_letter(text[run.end], run.kind)) {
    --letters;
    for (int last = run.end - 1; changes.size() > first && changes.back().end == last; --last) changes.pop_back();
  }
  if (letters < kLeastLetters[run.kind]) changes.resize(first);
}

// Whether a run may begin right before signs that stand between letters. All but two kanji need another gap behind the
// letter that comes next.
bool may_begin_run(const Text& text, int sign) {
  int next = sign + 1;
  while (next < text.size && next <= sign + kMostSigns && is_between(text[next])) ++next;
  if (next >= text.size) return false;
  return is_between(text.at(next + 1)) || (is_letter(text[next], kHan) && is_letter(text.at(sign - 1), kHan));
}

}  // namespace

Changes join_letters(const Text& text) {
  Changes changes;
  Run run{};
  for (int at = 0, sign = 0;; ++at) {
    // No run begins without a gap behind its first letter.
    sign = std::max(sign, at + 1);
    while (sign < text.size && !is_between(text[sign])) ++sign;
    if (sign >= text.size) break;
    if (!may_begin_run(text, sign)) {
      at = sign - 1;
      continue;
    }
    at = std::max(at, sign - 2);
    if (!find_run(text, at, run)) continue;
    join_run(text, run, changes);
    at = run.end - 1;
  }
  return changes;
}

}  // namespace kotowari
