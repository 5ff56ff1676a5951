// Veiled: which words in disguise a text may hold, and the text with them written plainly (service/facts/disguise.py).
#pragma once

#include <map>

#include "book.h"

namespace kotowari {

// A disguised word that may stand in a text, and the only places where it may begin.
struct Veil {
  bool is_anywhere = false;  // of its bare form nothing is left to go by
  Numbers starts;            // in reading order
};

// Returns of each disguised word of the book where it may stand.
std::vector<Veil> find_veils(const Book& book, const Text& text);

// The text with its disguised words written plainly.
String write_plainly(const Book& book, const Text& text, const std::map<int, Tokens>& veiled);

}  // namespace kotowari
