#include "classifier.h"

#include <cmath>

namespace kotowari {

namespace {

constexpr int kZero = 128;      // a weight's byte: 0 … 255 stand for -128 … 127
constexpr double kNormUnit = 2;  // squared length of a gram, in halves
constexpr int kLongestPart = 420;
constexpr int kStep = kLongestPart / 2;
constexpr int kStretch = 12;  // parts

bool is_gap(char32_t sign) { return sign == U' ' || sign == U'\n' || sign == U'\t' || sign == U'\r'; }

bool is_simple(const Text& text) {
  for (int at = 0; at < text.size; ++at) {
    if (text[at] == U'\n' || (text[at] == U' ' && text.at(at + 1) == U' ')) return false;
  }
  return true;
}

// A text with one space for all gaps. If asked, it notes where each sign lies in the text as it was; a space reaches
// from the sign before it to the one behind it, for it stands in no part of the text that begins or ends in its gap.
String simplify(const Text& text, std::vector<Place>* places = nullptr) {
  String simple;
  bool in_gap = false;
  for (int at = 0; at < text.size; ++at) {
    if (is_gap(text[at])) {
      in_gap = true;
      continue;
    }
    if (in_gap && !simple.empty()) {
      simple.push_back(U' ');
      if (places) places->push_back({places->back().start, at + 1});
    }
    in_gap = false;
    simple.push_back(text[at]);
    if (places) places->push_back({at, at + 1});
  }
  return simple;
}

constexpr int kMostNarrow = 0xFFFF / 0xFF;  // rows that add up in 16 bits

// Neither shares memory with the other: the compiler may add many lanes at once.
void add_row(const std::uint8_t* __restrict row, std::uint16_t* __restrict sums, std::size_t width) {
  for (std::size_t lane = 0; lane < width; lane += kLanes) {
    for (std::size_t at = 0; at < kLanes; ++at) sums[lane + at] = static_cast<std::uint16_t>(sums[lane + at] + row[lane + at]);
  }
}

// What the grams of one part add up to, each counted once. More narrow sums than wide ones are added at once.
class Sum {
 public:
  explicit Sum(std::size_t width) : lanes_(width), narrow_(width) {}

  void add(const std::uint8_t* row) {
    add_row(row, narrow_.data(), narrow_.size());
    if (++count_ % kMostNarrow == 0) widen();
  }
  const Numbers& lanes() {
    widen();
    return lanes_;
  }
  int count() const { return count_; }

 private:
  void widen() {
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) lanes_[lane] += std::exchange(narrow_[lane], std::uint16_t{0});
  }

  Numbers lanes_;
  std::vector<std::uint16_t> narrow_;
  int count_ = 0;
};

// Of each gram the last parts that counted it, an even and an odd one: no part has another's number, so that a thread
// need never clear them between two texts.
struct Marks {
  std::vector<std::uint32_t> parts;
  std::uint32_t next = 1;
};

Marks& marks_of_thread(std::size_t grams, int parts) {
  thread_local Marks marks;
  constexpr std::uint32_t kMostParts = 0xFFFF0000;
  if (marks.parts.size() < 2 * grams) marks.parts.resize(2 * grams);
  if (marks.next > kMostParts - static_cast<std::uint32_t>(parts)) marks = {std::vector<std::uint32_t>(2 * grams), 1};
  return marks;
}

// Adds up the parts of one text.
class Adder {
 public:
  Adder(const Classifier& classifier, int parts)
      : classifier_(classifier),
        width_(classifier.row_size()),
        marks_(marks_of_thread(classifier.rows.size() / width_, parts)),
        first_(marks_.next) {
    marks_.next += static_cast<std::uint32_t>(parts);
  }

  void add(int gram, int part, Sum& sum) {
    const std::uint32_t number = first_ + static_cast<std::uint32_t>(part);
    std::uint32_t& last = marks_.parts[2 * static_cast<std::size_t>(gram) + static_cast<std::size_t>(part % 2)];
    if (last == number) return;
    last = number;
    sum.add(classifier_.rows.data() + static_cast<std::size_t>(gram) * width_);
  }

 private:
  const Classifier& classifier_;
  std::size_t width_;
  Marks& marks_;
  std::uint32_t first_;
};

Odds tell_odds(const Classifier& classifier, Sum& sum) {
  const std::size_t heads = classifier.heads.size();
  const Numbers& lanes = sum.lanes();
  const int squared = lanes[heads], base = kZero * sum.count();
  const double length = squared ? std::sqrt(squared / kNormUnit) : 1.0;
  Odds odds(heads);
  for (std::size_t head = 0; head < heads; ++head) {
    const Head& line = classifier.heads[head];
    odds[head] = line.bias + line.scale * (lanes[head] - base) / length;
  }
  return odds;
}

// A part without line breaks and double spaces is weighed as it is.
Odds weigh_part(const Classifier& classifier, const Text& part) {
  Adder adder(classifier, 1);
  Sum sum(classifier.row_size());
  const auto add = [&](int gram, int, int) { adder.add(gram, 0, sum); };
  if (is_simple(part)) {
    classifier.grams.scan(part, add);
  } else {
    classifier.grams.scan(view(simplify(part)), add);
  }
  return tell_odds(classifier, sum);
}

// Where a part of a text of some length lies.
Place place_part(int number, int length) { return {number * kStep, std::min(number * kStep + kLongestPart, length)}; }

// Weighs parts that lie behind one another in one go: each of their grams lies in two of them, or, near the ends and
// borders, in one.
class Weighing {
 public:
  Weighing(const Classifier& classifier, const Text& text, Place numbers)
      : classifier_(classifier),
        text_(text),
        numbers_(numbers),
        adder_(classifier, numbers.end - numbers.start),
        sums_(static_cast<std::size_t>(numbers.end - numbers.start), Sum(classifier.row_size())) {}

  std::vector<Odds> weigh() {
    for (int first = numbers_.start; first < numbers_.end;) {
      const bool is_plain = is_simple(view_part(first));
      int end = first + 1;
      while (end < numbers_.end && is_simple(view_part(end)) == is_plain) ++end;
      weigh_row(first, end, is_plain);
      first = end;
    }
    std::vector<Odds> parts;
    for (Sum& sum : sums_) parts.push_back(tell_odds(classifier_, sum));
    return parts;
  }

 private:
  Text view_part(int number) const {
    const Place part = place_part(number, text_.size);
    return {text_.signs + part.start, part.end - part.start};
  }

  // Weighs the parts from one up to another, all of them as they are or none.
  void weigh_row(int first, int end, bool is_plain) {
    const int start = place_part(first, text_.size).start;
    const Text row{text_.signs + start, place_part(end - 1, text_.size).end - start};
    if (is_plain) {
      classifier_.grams.scan(row, [&](int gram, int low, int high) {
        add(gram, {start + low, start + high}, first, end);
      });
      return;
    }
    std::vector<Place> places;
    const String simple = simplify(row, &places);
    classifier_.grams.scan(view(simple), [&](int gram, int low, int high) {
      const Place from = places[static_cast<std::size_t>(low)], to = places[static_cast<std::size_t>(high - 1)];
      add(gram, {start + from.start, start + to.end}, first, end);
    });
  }

  // Adds a gram to those of the parts from `first` up to `end` that it lies in.
  void add(int gram, Place place, int first, int end) {
    const int last = std::min(place.start / kStep, end - 1);
    for (int number = last; number >= first && place.end <= number * kStep + kLongestPart; --number) {
      const int own = number - numbers_.start;
      adder_.add(gram, own, sums_[static_cast<std::size_t>(own)]);
    }
  }

  const Classifier& classifier_;
  const Text& text_;
  Place numbers_;  // of the parts
  Adder adder_;
  std::vector<Sum> sums_;
};

int count_parts(const Text& text) {
  return text.size <= kLongestPart ? 1 : 1 + (text.size - kLongestPart + kStep - 1) / kStep;
}

Odds find_most(const std::vector<Odds>& parts) {
  Odds most = parts[0];
  for (const Odds& odds : parts) {
    for (std::size_t head = 0; head < odds.size(); ++head) most[head] = std::max(most[head], odds[head]);
  }
  return most;
}

}  // namespace

int count_stretches(const Text& text) { return (count_parts(text) + kStretch - 1) / kStretch; }

std::vector<Odds> weigh_stretch(const Classifier& classifier, const Text& text, int number) {
  const int count = count_parts(text);
  if (count == 1) return {weigh_part(classifier, text)};
  return Weighing(classifier, text, {number * kStretch, std::min((number + 1) * kStretch, count)}).weigh();
}

Look judge_parts(const Classifier& classifier, std::vector<Odds> parts) {
  const Blend& blend = classifier.blend;
  Look look;
  look.parts = std::move(parts);
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
