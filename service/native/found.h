// Found: the tokens of one text by term, each searched for when it is asked for, and only as far (service/facts/matcher.py).
#pragma once

#include <map>
#include <optional>
#include <tuple>

#include "spotted.h"

namespace kotowari {

// A text is searched so many signs at a time: most questions are answered by its beginning.
constexpr int kStride = 2048;

class Found {
 public:
  explicit Found(const Surface& surface);

  bool is_told(int term) const { return surface_.stands.is_told(term); }
  bool is_any_told(const Numbers& terms) const {
    return std::any_of(terms.begin(), terms.end(), [this](int term) { return is_told(term); });
  }
  // The tokens of a term but those that are only part of a longer word with another meaning; none for a term not told.
  // All that begin before a place are among them, and maybe others; they are good until the term is asked for again.
  const Tokens& before(int term, int until);
  const Tokens& get(int term) { return before(term, text_.size); }
  // Whether there is any token of a term.
  bool stands(int term);
  // The first token that begins in [start, end).
  std::optional<Token> first_after(int term, int start, int end);
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

  // What is known of a term: all tokens that begin before `until`, and those of the first `judged` that are kept.
  struct Searched {
    int until = 0;
    Progress words;
    std::vector<Progress> candidates;
    Tokens raw, kept;
    std::size_t judged = 0;
  };

  Searched& searched(int term);
  const Tokens& search(int term, int until);
  void go_on(int term, int until, Searched& known);
  bool is_covered(const Token& token);
  Tokens search_part(int term, Place part);
  void find_candidate(const Candidate& candidate, Place part, int until, Progress& progress, Tokens& tokens) const;
  void find_in_windows(const Candidate& candidate, Place part, int until, Progress& progress, Tokens& tokens) const;
  void choose_words(int term, const std::vector<Place>& places, int until, Progress& progress, Tokens& tokens) const;
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
