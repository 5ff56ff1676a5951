// Line breaks in the midst of a sentence (service/intake/line_breaks.py).
#include "folding.h"

namespace kotowari {

namespace {

constexpr Letters kOpenEnds = U"、,をにがはでとへのもて";  // a line that ends so goes on in the next one
constexpr Letters kNeverFirst = U"をんっゃゅょぁぃぅぇぉー、。";  // no sentence begins so
constexpr Letters kClosedEnds = U"。.!?:;)]】」』…♪";
constexpr Letters kItemOpeners = U"\n・-*●■◆▼▽◇□○◎☆★→⇒>※([【「『〈《<#=~_|▶①";
constexpr Letters kNumberEnds = U".):、";
constexpr int kLeastWidth = 16;  // signs
constexpr int kEven = 2;         // signs by which lines of one width may differ

// Whether a line that begins here stands by itself: an item of a list, a heading, an empty one.
bool opens_item(const Text& text, int at) {
  if (at >= text.size || holds(kItemOpeners, text[at])) return true;
  return text[at] >= U'0' && text[at] <= U'9' && at + 1 < text.size && holds(kNumberEnds, text[at + 1]);
}

// Tells of each line whether it ends at one width with the next or the last: a program broke it, wherever it was.
std::vector<bool> find_even(const Text& text, const Numbers& ends) {
  std::vector<bool> even(ends.size());
  for (std::size_t at = 0; at + 1 < ends.size(); ++at) {
    const int before = at ? ends[at - 1] : -1, after = at + 2 < ends.size() ? ends[at + 2] : text.size;
    const int first = ends[at] - before - 1, second = ends[at + 1] - ends[at] - 1;
    if (std::min(first, second) < kLeastWidth || std::abs(first - second) > kEven) continue;
    if (after - ends[at + 1] - 1 > std::max(first, second)) continue;
    for (const std::size_t line : {at, at + 1}) {
      if (!holds(kClosedEnds, text[ends[line] - 1])) even[line] = true;
    }
  }
  return even;
}

bool goes_on(const Text& text, int begin, int end, int next) {
  const char32_t last = text[end - 1], after = text[next];
  return holds(kOpenEnds, last) || (holds(kNeverFirst, after) && !opens_item(text, begin));
}

}  // namespace

Changes join_lines(const Text& text) {
  Numbers ends;
  for (int at = 0; at < text.size; ++at) {
    if (text[at] == U'\n') ends.push_back(at);
  }
  const std::vector<bool> even = find_even(text, ends);
  Changes changes;
  for (std::size_t line = 0; line < ends.size(); ++line) {
    const int begin = line ? ends[line - 1] + 1 : 0, end = ends[line];
    int next = end + 1;
    while (text.at(next) == U' ') ++next;
    if (begin == end || opens_item(text, next)) continue;
    const char32_t last = text[end - 1];
    const bool is_latin = (is_small_latin(last) || last == U',') && is_small_latin(text[next]);
    if (!is_latin && !even[line] && !goes_on(text, begin, end, next)) continue;
    changes.push_back({end, end + 1, is_latin ? U" " : U""});
    if (next > end + 1) changes.push_back({end + 1, next, {}});
  }
  return changes;
}

}  // namespace kotowari
