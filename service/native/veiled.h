// Veiled: which words in disguise a text may hold, and the text with them written plainly (service/facts/disguise.py).
#pragma once

#include <map>

#include "book.h"

namespace kotowari {

// The numbers of the disguised words that may stand in a text, in ascending order.
Numbers list_veiled(const Book& book, const Text& text);

// The text with its disguised words written plainly.
String unveil(const Book& book, const Text& text, const std::map<int, Tokens>& veiled);

}  // namespace kotowari
