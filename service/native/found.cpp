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

const Tokens& Found::get(int term) {
  if (!is_told(term)) return kNoTokens;
  Searched& known = searched(term);
  if (known.is_kept) return known.kept;
  known.is_kept = true;
  Tokens kept = search(term);
  for (const int covering : book_.terms[static_cast<std::size_t>(term)].covered_by) {
    if (kept.empty()) break;
    for (const Token& cover : search(covering)) {
      const auto is_covered = [&](const Token& token) { return cover.start <= token.start && token.end <= cover.end; };
      kept.erase(std::remove_if(kept.begin(), kept.end(), is_covered), kept.end());
    }
  }
  known.kept = std::move(kept);
  return known.kept;
}

const Tokens& Found::search(int term) {
  if (!is_told(term)) return kNoTokens;
  Searched& known = searched(term);
  if (known.raw) return *known.raw;
  const auto search_text = [&] { return search_all(term, {0, text_.size}, false); };
  if (!surface_.is_shared) known.own = search_text();
  known.raw = surface_.is_shared ? &surface_.shelf.get(term, search_text) : &known.own;
  return *known.raw;
}

Tokens Found::search_all(int term, Place part, bool is_part) {
  Tokens tokens;
  if (const auto hidden = surface_.unveiled.words.find(term); hidden != surface_.unveiled.words.end()) tokens = hidden->second;
  choose_words(term, spotted_.words(term), tokens);
  if (is_part) {
    const auto is_outside = [&](const Token& token) { return token.start < part.start || token.end > part.end; };
    tokens.erase(std::remove_if(tokens.begin(), tokens.end(), is_outside), tokens.end());
  }
  for (const Candidate& candidate : spotted_.candidates(term)) {
    const Expression& expression = book_.expressions[static_cast<std::size_t>(candidate.expression)];
    if (candidate.has_starts) {
      surface_.find_at(expression, candidate.starts, part, tokens);
    } else {
      find_in_windows(expression, candidate, part, tokens);
    }
  }
  sort_stably(tokens, comes_before);
  return tokens;
}

// Adds the tokens an expression of the same words would find: from the left, the longest, none inside another.
void Found::choose_words(int number, const std::vector<Place>& places, Tokens& tokens) const {
  const Term& term = book_.terms[static_cast<std::size_t>(number)];
  int at = 0;
  std::size_t count = 0;
  for (const Place& place : places) {
    if (place.start < at) continue;
    at = term.overlapping ? place.start + 1 : place.end;
    if (!term.is_free() && !stands_alone(term, text_, place.start, place.end)) continue;
    tokens.push_back({number, place.start, place.end});
    if (++count >= kMostMatches) return;
  }
}

void Found::find_in_windows(const Expression& expression, const Candidate& candidate, Place part,
                            Tokens& tokens) const {
  const std::size_t most = tokens.size() + kMostMatches;
  any_window(candidate, part, [&](const Place& window) {
    surface_.find_all(expression, window, tokens);
    return tokens.size() >= most;
  });
  if (tokens.size() > most) tokens.resize(most);
}

const Token* Found::first_after(int term, int start, int end) {
  if (term < 0) return nullptr;
  const Tokens& tokens = get(term);
  const auto first = std::lower_bound(tokens.begin(), tokens.end(), start, begins_before);
  return first != tokens.end() && first->start < end ? &*first : nullptr;
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
  if (is_new) entry->second = search_all(term, {start, std::min(end, text_.size)}, true);
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
