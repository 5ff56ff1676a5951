#include "reading.h"

namespace kotowari {

namespace {

constexpr int kLongestWish = 40;  // signs: what is sought nearby may be this long

}  // namespace

Hits::Hits(const Pattern& pattern, Reading& reading, const Bits* where)
    : pattern_(pattern), reading_(reading), where_(where) {
  if (pattern.roles && !(pattern.roles >> reading.role & 1)) listed_ = reading.text.size;  // there is no hit
}

// Lists the anchors of the next stride that has any.
bool Hits::list_anchors() {
  anchors_.clear();
  at_ = 0;
  while (anchors_.empty() && listed_ < reading_.text.size) {
    const int until = listed_ + kStride;
    int filled = 0;
    for (const int term : pattern_.needs[0]) {
      const Tokens& tokens = reading_.found.before(term, until);
      const auto first = std::lower_bound(tokens.begin(), tokens.end(), listed_, begins_before);
      const auto last = std::lower_bound(first, tokens.end(), until, begins_before);
      if (first != last) ++filled;
      anchors_.insert(anchors_.end(), first, last);
    }
    if (filled > 1) sort_stably(anchors_, comes_before);
    listed_ = until;
  }
  return !anchors_.empty();
}

std::optional<Token> Hits::next_anchor() {
  if (at_ == anchors_.size() && !list_anchors()) return std::nullopt;
  return anchors_[at_++];
}

bool Hits::is_looked_in(const Token& anchor) const {
  if (!where_) return true;
  const auto number = static_cast<std::size_t>(reading_.sentences.index(anchor.start));
  return (*where_)[number / 64] >> (number % 64) & 1;
}

std::optional<Hit> Hits::next() {
  while (const std::optional<Token> anchor = next_anchor()) {
    if (!is_looked_in(*anchor)) continue;
    std::optional<Hit> hit = complete(*anchor);
    if (hit && !is_taken_back(*hit, reading_)) return hit;
  }
  return std::nullopt;
}

std::optional<Hit> Hits::next_refused(const Place& part) {
  if (!pattern_.negatable) return std::nullopt;
  while (const std::optional<Token> anchor = next_anchor()) {
    if (anchor->start < part.start) continue;
    if (anchor->start >= part.end) break;
    std::optional<Hit> hit = complete(*anchor);
    if (hit && is_negated(*hit, reading_)) return hit;
  }
  return std::nullopt;
}

std::optional<Hit> Hits::complete(const Token& anchor) {
  const bool is_sentence = pattern_.scope == Scope::kSentence;
  const Place sentence = reading_.sentences.bounds(anchor.start);
  const Place around = is_sentence ? sentence : Place{0, reading_.text.size};
  Hit hit{&pattern_, anchor, anchor.start, anchor.end, std::nullopt, sentence};
  Token last = anchor;
  for (std::size_t place = 1; place < pattern_.needs.size(); ++place) {
    const int first = pattern_.ordered ? std::max(around.start, last.end) : around.start;
    const std::optional<Token> partner = find_nearest(anchor, pattern_.needs[place], first, around.end);
    if (!partner) return std::nullopt;
    hit.start = std::min(hit.start, partner->start);
    hit.end = std::max(hit.end, partner->end);
    last = *partner;
    if (!hit.partner || is_sentence) hit.partner = partner;
  }
  return hit;
}

std::optional<Token> Hits::find_nearest(const Token& anchor, const Numbers& place, int first, int high) {
  std::optional<Token> best;
  int best_gap = pattern_.within + 1;
  for (const int term : place) {
    if (!reading_.found.is_told(term)) continue;
    const Tokens& tokens = find_near(term, first, high, std::min(high, anchor.end + pattern_.within) + 1);
    auto token = first ? std::lower_bound(tokens.begin(), tokens.end(), first, begins_before) : tokens.begin();
    for (; token != tokens.end(); ++token) {
      if (token->start - anchor.end > pattern_.within || token->start > high) break;  // the rest is farther still
      const bool is_anchor = token->term == anchor.term && token->start == anchor.start && token->end == anchor.end;
      if (token->end > high + 1 || is_anchor) continue;
      if (pattern_.preceded && token->end > anchor.start) continue;
      const int gap = std::max({token->start - anchor.end, anchor.start - token->end, 0});
      if (gap < best_gap) {
        best = *token;
        best_gap = gap;
      }
    }
  }
  return best;
}

// A term's tokens up to a place; of what is sought nearby only those that are needed.
const Tokens& Hits::find_near(int term, int first, int high, int until) {
  const bool is_nearby = reading_.book.terms[static_cast<std::size_t>(term)].nearby;
  if (!is_nearby || (pattern_.scope != Scope::kSentence && !pattern_.ordered)) return reading_.found.before(term, until);
  if (!pattern_.ordered) return reading_.found.search_between(term, first, high + 1);
  const int end = std::min(high + 1, first + pattern_.within + kLongestWish);
  const std::optional<Token> near = reading_.found.search_first(term, first, end);
  single_.clear();
  if (near) single_.push_back(*near);
  return single_;
}

}  // namespace kotowari
