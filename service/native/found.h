// Found: the tokens of one text by term, each term searched for when it is first asked for (service/facts/matcher.py).
#pragma once

#include <map>
#include <optional>
#include <tuple>

#include "spotted.h"

namespace kotowari {

class Found {
 public:
  Found(const Book& book, const Text& text, const Text& small, const Sentences& sentences);

  const Text& text() const { return text_; }
  bool is_told(int term) { return spotted().is_told(term); }
  bool is_any_told(const Numbers& terms) {
    return std::any_of(terms.begin(), terms.end(), [this](int term) { return is_told(term); });
  }
  // The tokens of a term but those that are only part of a longer word with another meaning; none for a term not told.
  const Tokens& get(int term);
  // The first token that begins in [start, end).
  const Token* first_after(int term, int start, int end);
  // The first token of a term within [start, end), looked for only there.
  std::optional<Token> search_first(int term, int start, int end);
  // A term's tokens within [start, end), looked for only there.
  const Tokens& search_between(int term, int start, int end);
  // Whether an anchored term begins right at a position.
  bool opens(int term, int position);
  // The sentences in which a term's matches can end.
  const Bits& mark(int term);
  Spotted& spotted();
  // The words in disguise that were found, by term.
  const std::map<int, Tokens>& veiled() const { return veiled_; }

 private:
  using Key = std::tuple<int, int, int>;

  struct Searched {
    bool is_searched = false, is_kept = false;
    Tokens raw, kept;
  };

  Searched& searched(int term);
  const Tokens& search(int term);
  Tokens search_all(int term, Place part, bool is_part) const;
  void find_at(const Expression& expression, const Numbers& starts, Place part, Tokens& tokens) const;
  void find_all(const Expression& expression, Place part, Tokens& tokens) const;
  void find_in_windows(const Expression& expression, const Candidate& candidate, Place part, Tokens& tokens) const;
  void choose_words(int term, std::vector<Place> places, Tokens& tokens) const;
  Place search_candidate(const Candidate& candidate, Place part) const;
  void find_veiled();

  const Book& book_;
  const Text& text_;
  const Text& small_;
  std::vector<std::uint8_t> hashes_;  // of each sign, for the expressions' openings
  const Sentences& sentences_;
  mutable std::optional<Spotted> spotted_;
  std::map<int, Tokens> veiled_;
  Numbers searched_slot_, mark_slot_;  // of each term its entry, plus one
  std::deque<Searched> searched_;
  std::deque<Bits> marks_;
  std::map<Key, Tokens> between_;
  std::map<Key, std::optional<Token>> first_;
  std::map<std::pair<int, int>, bool> opened_;
};

}  // namespace kotowari
