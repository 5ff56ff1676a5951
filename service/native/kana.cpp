// Kanji and dashes that pass for katakana (service/intake/kana.py).
#include "folding.h"

namespace kotowari {

namespace {

constexpr Letters kLeaning = U"ァィゥェォッャュョー";  // never first in a word
constexpr Letters kCounters = U"ヶヵケカコ";  // 一ヶ月, 三カ所: numbers, not kana
constexpr Letters kCounted = U"月所国条件年日間種点人社";

// Whether the sign at a place is that kana before katakana `after`, `then` behind it.
bool is_kana(const Text& text, int at, char32_t kana, char32_t after, char32_t then) {
  if (!is_long_katakana(text.at(at - 1)) && (!holds(kLeaning, after) || kana == U'ー')) return false;
  // 口コミ (サイト口コミ) and 一ヶ月 (アプリ一ヶ月) are words of their own, not ロ and ー.
  if (text[at] == U'口') return after != U'コ' || then != U'ミ';
  return !holds(kCounters, after) || !holds(kCounted, then);
}

}  // namespace

Changes restore_kana(const Folding& folding, const Text& text) {
  Changes changes;
  char32_t after = 0, then = 0;
  for (int at = text.size - 1; at >= 0; --at) {  // backwards, so that one pass leaves nothing to do
    char32_t sign = text[at];
    if (is_long_katakana(after)) {
      const auto known = folding.kana_of.find(sign);
      if (known != folding.kana_of.end() && is_kana(text, at, known->second, after, then)) {
        sign = known->second;
        changes.push_back({at, at + 1, String(1, sign)});
      }
    }
    then = after;
    after = sign;
  }
  std::reverse(changes.begin(), changes.end());
  return changes;
}

}  // namespace kotowari
