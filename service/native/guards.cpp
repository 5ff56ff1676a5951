#include "reading.h"

namespace kotowari {

namespace {

constexpr int kBeforeReach = 16;  // signs before the anchor in which somebody else may be named
constexpr int kAfterReach = 24;
constexpr int kOwnName = 2;  // signs that a name may have around it in its own quotes
constexpr int kWholeReach = 80;
constexpr int kMatterReach = 40;
constexpr int kAnswerReach = 6;
constexpr int kNegationReach = 45;
constexpr int kAheadReach = 60;
const std::vector<String> kPlaceParticles = {U"で", U"にて", U"から", U"へ", U"宛", U"経由", U"を使", U"上で"};

// The sentence of a hit; where it spans several, what is said of any part is said of the whole.
Place find_bounds(const Hit& hit, const Reading& reading) {
  if (hit.pattern->scope == Scope::kSentence) return hit.sentence;
  return {std::min(hit.sentence.start, reading.sentences.bounds(hit.start).start),
          std::max(hit.sentence.end, reading.sentences.bounds(hit.end).end)};
}

bool stands_between(int term, int low, int high, Reading& reading) {
  if (term < 0) return false;
  const Tokens& tokens = reading.found.before(term, high + 1);
  auto token = std::lower_bound(tokens.begin(), tokens.end(), low, begins_before);
  for (; token != tokens.end() && token->start <= high; ++token) {
    if (token->end <= high + 1) return true;
  }
  return false;
}

bool stand_between(const Numbers& terms, int low, int high, Reading& reading) {
  return std::any_of(terms.begin(), terms.end(), [&](int term) { return stands_between(term, low, high, reading); });
}

// Whether a heading has the words of a kind.
bool is_headed(const Token& heading, int term, Reading& reading) {
  return term >= 0 && reading.found.first_after(term, heading.start, heading.end).has_value();
}

// Whether the anchor stands under a heading that the pattern does not belong to.
bool is_out_of_place(const Hit& hit, Reading& reading) {
  const Pattern& pattern = *hit.pattern;
  if (pattern.section.empty() && pattern.not_section.empty()) return false;
  std::optional<Token> opened;
  if (reading.book.special.heading_any >= 0) {
    for (const Token& token : reading.found.before(reading.book.special.heading_any, hit.anchor.start)) {
      if (token.end <= hit.anchor.start) opened = token;
    }
  }
  const auto is_under = [&](int term) { return opened && is_headed(*opened, term, reading); };
  if (std::any_of(pattern.not_section.begin(), pattern.not_section.end(), is_under)) return true;
  return !pattern.section.empty() && !std::any_of(pattern.section.begin(), pattern.section.end(), is_under);
}

// Whether a term anywhere in the text speaks against the pattern; a role is not read from quoted words.
bool counts_against(const Pattern& pattern, int term, Reading& reading) {
  if (term < 0) return false;
  if (pattern.fact != kRole) return reading.found.stands(term);
  const Tokens& tokens = reading.found.get(term);
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    return std::none_of(reading.quotes.begin(), reading.quotes.end(), [&](const Place& quote) {
      return quote.start <= token.start && token.end <= quote.end;
    });
  });
}

// Whether a term that the pattern names as a guard stands in its place.
bool is_guarded(const Hit& hit, Reading& reading) {
  const Pattern& pattern = *hit.pattern;
  Found& found = reading.found;
  if (found.is_any_told(pattern.unless)) {
    const Place bounds = find_bounds(hit, reading);
    if (stand_between(pattern.unless, bounds.start, bounds.end, reading)) return true;
  }
  for (const int term : pattern.unless_text) {
    if (counts_against(pattern, term, reading)) return true;
  }
  if (reading.role != kWorkerQuestion) {
    const int first = std::max(hit.sentence.start, hit.anchor.start - kBeforeReach);
    if (stand_between(pattern.unless_before, first, hit.anchor.start, reading)) return true;
  }
  const int last = std::min(hit.sentence.end, hit.anchor.end + kAfterReach);
  return std::any_of(pattern.unless_after.begin(), pattern.unless_after.end(), [&](int term) {
    return found.first_after(term, hit.anchor.end, last + 1).has_value();
  });
}

// Whether the anchor is what the job is about: Zoomの使い方の記事, 電話番号の欄を必須に.
bool is_subject(const Hit& hit, Reading& reading) {
  const Special& special = reading.book.special;
  const Token& anchor = hit.anchor;
  if (reading.found.opens(special.as_job_subject, anchor.end)) return true;
  const int low = std::max(hit.sentence.start, anchor.start - kMatterReach);
  if (stands_between(special.matter_opens, low, anchor.start - 1, reading)) return true;
  if (!hit.partner || hit.partner->start < anchor.end) return false;
  const bool is_wish = hit.partner->term == special.talk_request || hit.partner->term == special.wish;
  if (is_wish && reading.found.first_after(special.work_deed, anchor.end, hit.partner->end)) return true;
  for (const String& particle : kPlaceParticles) {
    if (starts_with(reading.text, particle, anchor.end)) return false;
  }
  return reading.found.first_after(special.work_mark, anchor.end, hit.partner->start).has_value();
}

// Whether the anchor is part of quoted words: a title, a label. 「L○NE」 alone in its quotes is a name.
bool is_quoted(const Token& anchor, const Reading& reading) {
  return std::any_of(reading.quotes.begin(), reading.quotes.end(), [&](const Place& quote) {
    const int around = (quote.end - quote.start) - (anchor.end - anchor.start);
    return quote.start <= anchor.start && anchor.end <= quote.end && around > kOwnName;
  });
}

// Whether the refusal stands before the anchor, as in English and Chinese: never ask for your phone number.
bool is_ruled_out(const Hit& hit, int low, Reading& reading) {
  const int ahead = reading.book.special.negation_ahead;
  if (ahead < 0) return false;
  std::optional<Token> last;
  for (const Token& token : reading.found.before(ahead, hit.anchor.start)) {
    if (token.start >= hit.anchor.start) break;
    if (low <= token.start && token.end <= hit.anchor.start) last = token;
  }
  if (!last || hit.anchor.start - last->end > kAheadReach) return false;
  return !reading.found.first_after(reading.book.special.turn_ahead, last->end, hit.anchor.start);
}

// Whether the writer puts a question and answers it with a no.
bool answers_itself(Reading& reading, int high) {
  if (reading.text.at(high) != U'?') return false;
  const int end = std::min(high + kAnswerReach, reading.text.size);
  return reading.found.first_after(reading.book.special.answer_no, high, end).has_value();
}

// Whether the clause ends in a no that covers its wishes too: お送りいただくものではありません.
bool is_taken_back_whole(int start, int high, Reading& reading) {
  const std::optional<Token> whole = reading.found.first_after(reading.book.special.negation_whole, start, high);
  if (!whole || whole->start - start > kWholeReach) return false;
  return !reading.found.first_after(reading.book.special.clause_break, start, whole->start);
}

}  // namespace

bool is_taken_back(const Hit& hit, Reading& reading) {
  const Pattern& pattern = *hit.pattern;
  if (is_out_of_place(hit, reading) || is_guarded(hit, reading)) return true;
  if (!pattern.subject_counts && is_subject(hit, reading)) return true;
  if (!pattern.quoted_counts && reading.role != kWorkerQuestion && is_quoted(hit.anchor, reading)) return true;
  return pattern.negatable && is_negated(hit, reading);
}

bool is_negated(const Hit& hit, Reading& reading) {
  const Special& special = reading.book.special;
  Found& found = reading.found;
  const int start = hit.anchor.end;
  if (reading.role == kWorkerQuestion) {  // a worker who tells of it negates other things: 何も教えていません
    return found.first_after(special.negation, start, start + 2).has_value();
  }
  const Place bounds = find_bounds(hit, reading);
  if (is_ruled_out(hit, bounds.start, reading) || answers_itself(reading, bounds.end)) return true;
  if (is_taken_back_whole(start, bounds.end, reading)) return true;
  const std::optional<Token> negation = found.first_after(special.negation, start, bounds.end);
  if (!negation || negation->start - start > kNegationReach) return false;
  const int end = negation->start;
  return !found.first_after(special.commitment, start, end) && !found.first_after(special.turn, start, end);
}

}  // namespace kotowari
