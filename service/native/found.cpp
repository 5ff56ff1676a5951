#include "found.h"

#include "veiled.h"

namespace kotowari {

namespace {

constexpr std::size_t kMostMatches = 40;  // of one expression in one text; hostile texts repeat, honest ones do not
constexpr int kLongestOpening = 72;       // signs an anchored term may look ahead
const Tokens kNoTokens;

bool is_katakana(char32_t sign) { return (sign >= U'ァ' && sign <= U'ヶ') || sign == U'ー'; }

bool is_same_script(char32_t neighbour, char32_t edge) {
  if (is_latin(edge)) return is_latin(neighbour) || neighbour == U'_';
  return is_katakana(edge) && is_katakana(neighbour);
}

// Whether a match is a word by itself: not part of a longer one in its script, not beside what its term forbids.
bool stands_alone(const Term& term, const Text& text, int start, int end) {
  const bool left = term.edges == Edges::kBoth || term.edges == Edges::kLeft;
  const bool right = term.edges == Edges::kBoth || term.edges == Edges::kRight;
  if (left && start > 0 && is_same_script(text[start - 1], text[start])) return false;
  if (right && end < text.size && is_same_script(text[end], text[end - 1])) return false;
  for (const String& string : term.not_before) {
    if (starts_with(text, string, end)) return false;
  }
  for (const String& string : term.not_after) {
    if (ends_with(text, string, start)) return false;
  }
  return true;
}

// Returns what of a candidate's windows lies in a part of the text; without windows the part itself.
std::vector<Place> cut_windows(const Candidate& candidate, Place part) {
  if (candidate.windows.empty()) return {part};
  std::vector<Place> cut;
  for (const Place& window : candidate.windows) {
    if (window.end <= part.start) continue;
    if (window.start >= part.end) break;
    cut.push_back({std::max(window.start, part.start), std::min(window.end, part.end)});
  }
  return cut;
}

}  // namespace

Found::Found(const Book& book, const Text& text, const Text& small, const Sentences& sentences)
    : book_(book),
      text_(text),
      small_(small),
      hashes_(static_cast<std::size_t>(text.size)),
      sentences_(sentences),
      searched_slot_(book.terms.size()),
      mark_slot_(book.terms.size()) {
  std::transform(text.signs, text.signs + text.size, hashes_.begin(),
                 [](char32_t sign) { return static_cast<std::uint8_t>(hash_opening(sign)); });
  find_veiled();
}

void Found::find_veiled() {
  const std::vector<Veil> veils = find_veils(book_, text_);
  for (std::size_t number = 0; number < veils.size(); ++number) {
    const Expression& expression = book_.veiled[number];
    Tokens tokens;
    if (veils[number].is_anywhere) {
      find_all(expression, {0, text_.size}, tokens);
    } else {
      find_at(expression, veils[number].starts, {0, text_.size}, tokens);
    }
    if (!tokens.empty()) veiled_[expression.term] = std::move(tokens);
  }
}

Spotted& Found::spotted() {
  if (!spotted_) {
    spotted_.emplace(book_, text_, small_, sentences_);
    for (const auto& [term, tokens] : veiled_) spotted_->tell(term);
  }
  return *spotted_;
}

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
  if (!known.is_searched) {
    known.is_searched = true;
    known.raw = search_all(term, {0, text_.size}, false);
  }
  return known.raw;
}

Tokens Found::search_all(int term, Place part, bool is_part) const {
  Tokens tokens;
  if (const auto hidden = veiled_.find(term); hidden != veiled_.end()) tokens = hidden->second;
  choose_words(term, spotted_->words(term), tokens);
  if (is_part) {
    const auto is_outside = [&](const Token& token) { return token.start < part.start || token.end > part.end; };
    tokens.erase(std::remove_if(tokens.begin(), tokens.end(), is_outside), tokens.end());
  }
  for (const Candidate& candidate : spotted_->candidates(term)) {
    const Expression& expression = book_.expressions[static_cast<std::size_t>(candidate.expression)];
    if (candidate.has_starts) {
      find_at(expression, candidate.starts, part, tokens);
    } else {
      find_in_windows(expression, candidate, part, tokens);
    }
  }
  std::stable_sort(tokens.begin(), tokens.end(), comes_before);
  return tokens;
}

// Adds the tokens an expression of the same words would find: from the left, the longest, none inside another.
void Found::choose_words(int number, std::vector<Place> places, Tokens& tokens) const {
  const Term& term = book_.terms[static_cast<std::size_t>(number)];
  std::sort(places.begin(), places.end(), comes_first);
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

void Found::find_at(const Expression& expression, const Numbers& starts, Place part, Tokens& tokens) const {
  const Term& term = book_.terms[static_cast<std::size_t>(expression.term)];
  const Context context{text_.signs, 0, text_.size, hashes_.data()};
  int at = part.start;
  std::size_t count = 0;
  for (const int start : starts) {
    if (start < at || start >= part.end) continue;
    Match match{};
    if (!expression.regex.search(context, start, part.end, true, match) || match.end <= start) continue;
    at = term.overlapping ? start + 1 : match.end;
    if (!term.is_free() && !stands_alone(term, text_, start, match.end)) continue;
    tokens.push_back({expression.term, start, match.end});
    if (++count >= kMostMatches) return;
  }
}

void Found::find_all(const Expression& expression, Place part, Tokens& tokens) const {
  const Term& term = book_.terms[static_cast<std::size_t>(expression.term)];
  const Context context{text_.signs, 0, text_.size, hashes_.data()};
  std::size_t count = 0;
  for (int at = part.start; at < part.end && count < kMostMatches;) {
    Match match{};
    if (!expression.regex.search(context, at, part.end, false, match)) return;
    at = match.end > match.start && !term.overlapping ? match.end : match.start + 1;
    if (match.end == match.start) continue;
    if (!term.is_free() && !stands_alone(term, text_, match.start, match.end)) continue;
    tokens.push_back({expression.term, match.start, match.end});
    ++count;
  }
}

void Found::find_in_windows(const Expression& expression, const Candidate& candidate, Place part,
                            Tokens& tokens) const {
  Tokens found;
  for (const Place& window : cut_windows(candidate, part)) find_all(expression, window, found);
  if (found.size() > kMostMatches) found.resize(kMostMatches);
  tokens.insert(tokens.end(), found.begin(), found.end());
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
  const Context context{text_.signs, part.start, part.end, hashes_.data()};
  Match match{};
  if (!candidate.has_starts) {
    for (const Place& window : cut_windows(candidate, part)) {
      if (regex.search(context, window.start, window.end, false, match)) return {match.start, match.end};
    }
    return {};
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
  for (const Place& place : spotted_->words(term)) {
    if (part.start <= place.start && place.end <= part.end) take(place);
  }
  for (const Candidate& candidate : spotted_->candidates(term)) take(search_candidate(candidate, part));
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
                          hashes_.data()};
    entry->second = spotted().any_at(term, position, [&](int number) {
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
    Bits& bits = marks_.emplace_back(spotted().mark(term));
    entry = static_cast<int>(marks_.size());
    if (const auto hidden = veiled_.find(term); hidden != veiled_.end()) {
      for (const Token& token : hidden->second) spotted_->mark_end(bits, token.end);
    }
  }
  return marks_[static_cast<std::size_t>(entry - 1)];
}

}  // namespace kotowari
