// Surface: what of a text is known before any term is searched for. It stays as it is, so that threads can share it.
#pragma once

#include <map>

#include "classifier.h"
#include "stands.h"

namespace kotowari {

struct Surface {
  // `small` is the text in small letters, sign for sign.
  Surface(const Book& book, const Text& text, const Text& small);

  // Adds the tokens of an expression that begin at some of the given places in a part of the text.
  void find_at(const Expression& expression, const Numbers& starts, Place part, Tokens& tokens) const;
  // Adds all tokens of an expression in a part of the text.
  void find_all(const Expression& expression, Place part, Tokens& tokens) const;

  const Book& book;
  const Text& text;
  const Sentences sentences;
  const std::vector<Place> quotes;
  const std::vector<std::uint8_t> hashes;  // of each sign, for the expressions' openings
  Stands stands;
  std::map<int, Tokens> veiled;  // the words in disguise that were found, by term
  Look look;

 private:
  void find_veiled();
  void classify();
};

constexpr std::size_t kMostMatches = 40;  // of one expression in one text; hostile texts repeat, honest ones do not

// Whether a match is a word by itself: not part of a longer one in its script, not beside what its term forbids.
bool stands_alone(const Term& term, const Text& text, int start, int end);

}  // namespace kotowari
