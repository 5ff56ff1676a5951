// Found: the tokens of one text by term, each term searched for when it is first asked for (service/facts/matcher.py).
#pragma once

#include <map>
#include <optional>
#include <tuple>

#include "spotted.h"

namespace kotowari {

class Found {
 public:
  explicit Found(const Surface& surface);

  bool is_told(int term) const { return surface_.stands.is_told(term); }
  bool is_any_told(const Numbers& terms) const {
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
  std::size_t bit_words() const { return spotted_.bit_words(); }

 private:
  using Key = std::tuple<int, int, int>;

  struct Searched {
    const Tokens* raw = nullptr;
    Tokens own;
    bool is_kept = false;
    Tokens kept;
  };

  Searched& searched(int term);
  const Tokens& search(int term);
  Tokens search_all(int term, Place part, bool is_part);
  void find_in_windows(const Expression& expression, const Candidate& candidate, Place part, Tokens& tokens) const;
  void choose_words(int term, const std::vector<Place>& places, Tokens& tokens) const;
  Place search_candidate(const Candidate& candidate, Place part) const;

  const Book& book_;
  const Surface& surface_;
  const Text& text_;
  Spotted spotted_;
  Numbers searched_slot_, mark_slot_;  // of each term its entry, plus one
  std::deque<Searched> searched_;
  std::deque<Bits> marks_;
  std::map<Key, Tokens> between_;
  std::map<Key, std::optional<Token>> first_;
  std::map<std::pair<int, int>, bool> opened_;
};

}  // namespace kotowari
