#include "found.h"

namespace kotowari {

namespace {

constexpr int kLongestOpening = 72;  // signs an anchored term may look ahead
const Tokens kNoTokens;

// Calls take(window) for what of a candidate's windows lies in a part of the text, without windows for the part itself,
// until it returns true; says whether it did.
template <typename Take>
bool any_window(const Candidate& candidate, Place part, Take&& take) {
  if (candidate.windows.empty()) return take(part);
  for (const Place& window : candidate.windows) {
    if (window.end <= part.start) continue;
    if (window.start >= part.end) break;
    if (take(Place{std::max(window.start, part.start), std::min(window.end, part.end)})) return true;
  }
  return false;
}

}  // namespace

Found::Found(const Surface& surface)
    : book_(surface.book),
      surface_(surface),
      text_(surface.text),
      spotted_(surface),
      searched_slot_(book_.terms.size()),
      mark_slot_(book_.terms.size()) {}

Found::Searched& Found::searched(int term) {
  int& entry = searched_slot_[static_cast<std::size_t>(term)];
  if (!entry) {
    searched_.emplace_back();
    entry = static_cast<int>(searched_.size());
  }
  return searched_[static_cast<std::size_t>(entry - 1)];
}

const Tokens& Found::before(int term, int until) {
  const Tokens& raw = search(term, until);
  if (raw.empty() || book_.terms[static_cast<std::size_t>(term)].covered_by.empty()) return raw;
  Searched& known = searched(term);
  for (; known.judged < raw.size(); ++known.judged) {
    const Token token = raw[known.judged];
    if (!is_covered(token)) known.kept.push_back(token);
  }
  return known.kept;
}

bool Found::is_covered(const Token& token) {
  for (const int covering : book_.terms[static_cast<std::size_t>(token.term)].covered_by) {
    for (const Token& cover : search(covering, token.start + 1)) {
      if (cover.start > token.start) break;
      if (token.end <= cover.end) return true;
    }
  }
  return false;
}

bool Found::stands(int term) {
  for (int until = kStride; until < text_.size; until += kStride) {
    if (!before(term, until).empty()) return true;
  }
  return !get(term).empty();
}

std::optional<Token> Found::first_after(int term, int start, int end) {
  if (term < 0) return std::nullopt;
  const Tokens& tokens = before(term, end);
  const auto first = std::lower_bound(tokens.begin(), tokens.end(), start, begins_before);
  return first != tokens.end() && first->start < end ? std::optional(*first) : std::nullopt;
}

const Tokens& Found::search(int term, int until) {
  if (!is_told(term)) return kNoTokens;
  Searched& known = searched(term);
  if (known.until < std::min(until, text_.size)) {
    go_on(term, std::min((until + kStride - 1) / kStride * kStride, text_.size), known);
  }
  return known.raw;
}

// Adds the tokens that begin between where the search has come to and another place.
void Found::go_on(int term, int until, Searched& known) {
  Tokens tokens;
  if (const auto hidden = surface_.unveiled.words.find(term); hidden != surface_.unveiled.words.end()) {
    const auto is_next = [&](const Token& token) { return known.until <= token.start && token.start < until; };
    std::copy_if(hidden->second.begin(), hidden->second.end(), std::back_inserter(tokens), is_next);
  }
  choose_words(term, spotted_.words(term), until, known.words, tokens);
  const std::vector<Candidate>& candidates = spotted_.candidates(term);
  known.candidates.resize(candidates.size());
  for (std::size_t at = 0; at < candidates.size(); ++at) {
    find_candidate(candidates[at], {0, text_.size}, until, known.candidates[at], tokens);
  }
  sort_stably(tokens, comes_before);
  known.raw.insert(known.raw.end(), tokens.begin(), tokens.end());
  known.until = until;
}

Tokens Found::search_part(int term, Place part) {
  Tokens tokens;
  if (const auto hidden = surface_.unveiled.words.find(term); hidden != surface_.unveiled.words.end()) tokens = hidden->second;
  Progress words;
  choose_words(term, spotted_.words(term), part.end, words, tokens);
  const auto is_outside = [&](const Token& token) { return token.start < part.start || token.end > part.end; };
  tokens.erase(std::remove_if(tokens.begin(), tokens.end(), is_outside), tokens.end());
  for (const Candidate& candidate : spotted_.candidates(term)) {
    Progress progress;
    find_candidate(candidate, part, part.end, progress, tokens);
  }
  sort_stably(tokens, comes_before);
  return tokens;
}

// Adds the tokens an expression of the same words would find: from the left, the longest, none inside another.
void Found::choose_words(int number, const std::vector<Place>& places, int until, Progress& progress,
                         Tokens& tokens) const {
  const Term& term = book_.terms[static_cast<std::size_t>(number)];
  for (; progress.next < places.size() && progress.count < kMostMatches; ++progress.next) {
    const Place& place = places[progress.next];
    if (place.start >= until) return;
    if (place.start < progress.at) continue;
    progress.at = term.overlapping ? place.start + 1 : place.end;
    if (!term.is_free() && !stands_alone(term, text_, place.start, place.end)) continue;
    tokens.push_back({number, place.start, place.end});
    ++progress.count;
  }
}

void Found::find_candidate(const Candidate& candidate, Place part, int until, Progress& progress,
                           Tokens& tokens) const {
  const Expression& expression = book_.expressions[static_cast<std::size_t>(candidate.expression)];
  if (candidate.has_starts) {
    surface_.find_at(expression, candidate.starts, part, until, progress, tokens);
  } else if (candidate.windows.empty()) {
    surface_.find_all(expression, part, until, progress, tokens);
  } else {
    find_in_windows(candidate, part, until, progress, tokens);
  }
}

void Found::find_in_windows(const Candidate& candidate, Place part, int until, Progress& progress,
                            Tokens& tokens) const {
  const Expression& expression = book_.expressions[static_cast<std::size_t>(candidate.expression)];
  for (; progress.next < candidate.windows.size(); ++progress.next) {
    const Place& window = candidate.windows[progress.next];
    if (window.end <= part.start) continue;
    if (window.start >= std::min(until, part.end)) return;
    const Place cut{std::max(window.start, part.start), std::min(window.end, part.end)};
    surface_.find_all(expression, cut, until, progress, tokens);
    if (until < cut.end) return;  // the rest of the window comes later
  }
}

// Returns the first match of a candidate in a part of the text that is taken for the whole; an empty one: none.
Place Found::search_candidate(const Candidate& candidate, Place part) const {
  const Regex& regex = book_.expressions[static_cast<std::size_t>(candidate.expression)].regex;
  const Context context{text_.signs, part.start, part.end, surface_.hashes.data()};
  Match match{};
  if (!candidate.has_starts) {
    const bool is_found = any_window(candidate, part, [&](const Place& window) {
      return regex.search(context, window.start, window.end, false, match);
    });
    return is_found ? Place{match.start, match.end} : Place{};
  }
  const Numbers& starts = candidate.starts;
  for (auto start = std::lower_bound(starts.begin(), starts.end(), part.start); start != starts.end(); ++start) {
    if (*start >= part.end) break;
    if (regex.search(context, *start, part.end, true, match) && match.end > match.start) {
      return {match.start, match.end};
    }
  }
  return {};
}

std::optional<Token> Found::search_first(int term, int start, int end) {
  if (!is_told(term)) return std::nullopt;
  const auto [entry, is_new] = first_.try_emplace(Key{term, start, end});
  if (!is_new) return entry->second;
  const Place part{start, std::max(start, std::min(end, text_.size))};
  std::optional<Place> best;
  const auto take = [&](const Place& place) {
    if (place.end > place.start && (!best || comes_first(place, *best))) best = place;
  };
  for (const Place& place : spotted_.words(term)) {
    if (part.start <= place.start && place.end <= part.end) take(place);
  }
  for (const Candidate& candidate : spotted_.candidates(term)) take(search_candidate(candidate, part));
  if (best) entry->second = Token{term, best->start, best->end};
  return entry->second;
}

const Tokens& Found::search_between(int term, int start, int end) {
  const auto [entry, is_new] = between_.try_emplace(Key{term, start, end});
  if (is_new) entry->second = search_part(term, {start, std::min(end, text_.size)});
  return entry->second;
}

bool Found::opens(int term, int position) {
  if (term < 0) return false;
  const auto [entry, is_new] = opened_.try_emplace({term, position}, false);
  if (is_new) {
    const Context context{text_.signs, position, std::min(text_.size, position + kLongestOpening),
                          surface_.hashes.data()};
    entry->second = spotted_.any_at(term, position, [&](int number) {
      Match match{};
      const Regex& regex = book_.expressions[static_cast<std::size_t>(number)].regex;
      return regex.search(context, context.low, context.high, true, match);
    });
  }
  return entry->second;
}

const Bits& Found::mark(int term) {
  int& entry = mark_slot_[static_cast<std::size_t>(term)];
  if (!entry) {
    Bits& bits = marks_.emplace_back(spotted_.mark(term));
    entry = static_cast<int>(marks_.size());
    if (const auto hidden = surface_.unveiled.words.find(term); hidden != surface_.unveiled.words.end()) {
      for (const Token& token : hidden->second) spotted_.mark_end(bits, token.end);
    }
  }
  return marks_[static_cast<std::size_t>(entry - 1)];
}

}  // namespace kotowari
