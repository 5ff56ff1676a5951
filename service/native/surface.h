// Surface: what of a text is known before any term is searched for. It stays as it is, so that threads can share it.
#pragma once

#include <map>
#include <memory>

#include "classifier.h"
#include "stands.h"

namespace kotowari {

struct Unveiled {
  std::map<int, Tokens> words;  // in disguise, by term
  Look look;                    // at the text with them written plainly
};

// How far a text has been searched for an expression.
struct Progress {
  std::size_t next = 0;   // of the starts or windows it is tried at
  int at = 0;             // no match begins before
  std::size_t count = 0;  // of tokens found
};

struct Surface {
  Surface(std::shared_ptr<const Book> the_book, const Text& original);

  // Finds the first match from a place on.
  bool find_first(const Regex& regex, int start, Match& match) const {
    return regex.search(context(), start, text.size, false, match);
  }
  // Adds the tokens of an expression that begin at some of the given places in a part of the text, but before `until`.
  void find_at(const Expression& expression, const Numbers& starts, Place part, int until, Progress& progress,
               Tokens& tokens) const;
  // Adds all tokens of an expression in a part of the text that begin before `until`.
  void find_all(const Expression& expression, Place part, int until, Progress& progress, Tokens& tokens) const;

  const std::shared_ptr<const Book> kept_book;
  const Book& book;
  const View view;
  const Text text;
  const bool is_shared;  // by threads
  const std::vector<std::uint8_t> hashes;  // of each sign, for the expressions' openings
  // What a look at the text needs none of: the second thread may have begun with it.
  Sentences sentences;
  Barriers barriers;
  std::vector<Place> quotes;
  Stands stands;
  Unveiled unveiled;

 private:
  // The whole text, for an expression.
  Context context() const { return {text.signs, 0, text.size, hashes.data()}; }
};

// Folds a text and finds what stands in it.
std::shared_ptr<const Surface> look_over(const std::shared_ptr<const Book>& book, const Text& original);

constexpr std::size_t kMostMatches = 40;  // of one expression in one text; hostile texts repeat, honest ones do not

// Whether a match is a word by itself: not part of a longer one in its script, not beside what its term forbids.
bool stands_alone(const Term& term, const Text& text, int start, int end);

}  // namespace kotowari
