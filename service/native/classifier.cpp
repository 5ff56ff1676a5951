#include "classifier.h"

#include <cmath>

namespace kotowari {

namespace {

constexpr int kZero = 128;      // a weight's byte: 0 … 255 stand for -128 … 127
constexpr double kNormUnit = 2;  // squared length of a gram, in halves
constexpr int kLongestPart = 420;
constexpr int kStep = kLongestPart / 2;

// A thread's own marks of the grams it has counted, all zero between two texts.
std::vector<std::uint8_t>& marks_of_thread(std::size_t grams) {
  thread_local std::vector<std::uint8_t> marks;
  if (marks.size() < grams) marks.resize(grams);
  return marks;
}

bool is_gap(char32_t sign) { return sign == U' ' || sign == U'\n' || sign == U'\t' || sign == U'\r'; }

// A part of a text with one space for all gaps; a part without line breaks and double spaces stays as it is.
String simplify(const Text& text) {
  bool is_simple = true;
  for (int at = 0; at < text.size && is_simple; ++at) {
    is_simple = text[at] != U'\n' && !(text[at] == U' ' && text.at(at + 1) == U' ');
  }
  if (is_simple) return String(text.signs, text.signs + text.size);
  String simple;
  bool in_gap = false;
  for (int at = 0; at < text.size; ++at) {
    if (is_gap(text[at])) {
      in_gap = true;
      continue;
    }
    if (in_gap && !simple.empty()) simple.push_back(U' ');
    in_gap = false;
    simple.push_back(text[at]);
  }
  return simple;
}

// Neither shares memory with the other: the compiler may add many lanes at once.
void add_row(const std::uint8_t* __restrict row, int* __restrict sums, std::size_t width) {
  for (std::size_t lane = 0; lane < width; lane += kLanes) {
    for (std::size_t at = 0; at < kLanes; ++at) sums[lane + at] += row[lane + at];
  }
}

// Adds up the rows of the grams that stand in a text, each once; returns how many they are.
int add_rows(const Classifier& classifier, const Text& text, std::vector<int>& sums) {
  const std::size_t width = classifier.row_size();
  std::vector<std::uint8_t>& is_counted = marks_of_thread(classifier.rows.size() / width);
  Numbers counted;
  counted.reserve(static_cast<std::size_t>(text.size) * 2);
  classifier.grams.scan(text, [&](int gram, int, int) {
    std::uint8_t& known = is_counted[static_cast<std::size_t>(gram)];
    if (known) return;
    known = 1;
    counted.push_back(gram);
    add_row(classifier.rows.data() + static_cast<std::size_t>(gram) * width, sums.data(), width);
  });
  for (const int gram : counted) is_counted[static_cast<std::size_t>(gram)] = 0;
  return static_cast<int>(counted.size());
}

Odds weigh_part(const Classifier& classifier, const Text& part) {
  const String simple = simplify(part);
  const std::size_t heads = classifier.heads.size();
  std::vector<int> sums(classifier.row_size());
  const int base = kZero * add_rows(classifier, {simple.data(), static_cast<int>(simple.size())}, sums);
  const double length = sums[heads] ? std::sqrt(sums[heads] / kNormUnit) : 1.0;
  Odds odds(heads);
  for (std::size_t head = 0; head < heads; ++head) {
    const Head& line = classifier.heads[head];
    odds[head] = line.bias + line.scale * (sums[head] - base) / length;
  }
  return odds;
}

// Where a part of a text of some length lies.
Place place_part(int number, int length) { return {number * kStep, std::min(number * kStep + kLongestPart, length)}; }

std::vector<Odds> weigh_parts(const Classifier& classifier, const Text& text) {
  const int beyond = std::max(0, text.size - kLongestPart);
  std::vector<Odds> parts;
  for (int number = 0; number <= (beyond + kStep - 1) / kStep; ++number) {
    const Place part = place_part(number, text.size);
    parts.push_back(weigh_part(classifier, {text.signs + part.start, part.end - part.start}));
  }
  return parts;
}

Odds find_most(const std::vector<Odds>& parts) {
  Odds most = parts[0];
  for (const Odds& odds : parts) {
    for (std::size_t head = 0; head < odds.size(); ++head) most[head] = std::max(most[head], odds[head]);
  }
  return most;
}

}  // namespace

Look look_at(const Classifier& classifier, const Text& text) {
  const Blend& blend = classifier.blend;
  Look look;
  look.parts = weigh_parts(classifier, text);
  look.shut.resize(classifier.heads.size());
  const Odds odds = find_most(look.parts);
  double most = -INFINITY, anything = 0;
  for (std::size_t at = 0; at < odds.size(); ++at) {
    if (classifier.heads[at].ask >= 0) most = std::max(most, odds[at]);
    if (classifier.heads[at].ask == kAnyAsk) anything = odds[at];
  }
  const double base = blend.base + blend.most * most + blend.anything * anything;
  const double against = std::min(anything, 0.0);
  for (std::size_t at = 0; at < odds.size(); ++at) {
    const Head& head = classifier.heads[at];
    if (head.ask == kAnyAsk) continue;
    if (head.ask == kOther) {
      look.shut[at] = odds[at] < blend.look_grave;
      continue;
    }
    const double least = head.grave ? blend.look_grave : blend.look;
    const double both = head.grave ? blend.both_grave : blend.both;
    if (odds[at] < least || (odds[at] < 0.0 && odds[at] + against < both)) {
      look.shut[at] = true;
    } else if (base + blend.own * odds[at] + (head.grave ? blend.grave : 0) >= 0) {
      look.likely.push_back(head.ask);
    }
  }
  return look;
}

Place choose_sentence(const Classifier& classifier, int kind, const Text& text, const Sentences& sentences,
                      const Look& look) {
  std::size_t own = 0;
  while (classifier.heads[own].ask != kind) ++own;
  std::size_t part = 0;
  for (std::size_t at = 1; at < look.parts.size(); ++at) {
    if (look.parts[at][own] > look.parts[part][own]) part = at;
  }
  Place around = place_part(static_cast<int>(part), text.size);
  // With its disguises undone the text may have been longer.
  around.start = std::min(around.start, std::max(0, text.size - kLongestPart));
  Place best = around;
  double most = -INFINITY;
  for (int at = around.start; at < around.end;) {
    Place sentence = sentences.bounds(at);
    at = sentence.end + 1;
    ++sentence.end;
    if (sentence.end - 1 - sentence.start > around.end - around.start) {
      sentence = {std::max(sentence.start, around.start), std::min(sentence.end, around.end)};
    }
    sentence.end = std::min(sentence.end, text.size);
    while (sentence.start < sentence.end && is_space(text[sentence.start])) ++sentence.start;
    while (sentence.start < sentence.end && is_space(text[sentence.end - 1])) --sentence.end;
    if (sentence.start == sentence.end) continue;
    const double odds = weigh_part(classifier, {text.signs + sentence.start, sentence.end - sentence.start})[own];
    if (odds > most) {
      most = odds;
      best = sentence;
    }
  }
  return best;
}

}  // namespace kotowari
