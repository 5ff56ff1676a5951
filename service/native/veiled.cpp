#include "veiled.h"

namespace kotowari {

namespace {

// The text without gaps, masks and vowels, look-alikes made one.
String strip_disguise(const Book& book, const Text& text) {
  String bare;
  bare.reserve(static_cast<std::size_t>(text.size));
  for (int at = 0; at < text.size; ++at) {
    const char32_t sign = text[at];
    const auto left = sign < book.bare_letters.size() ? book.bare_letters[sign] : static_cast<std::int32_t>(sign);
    if (left >= 0) bare.push_back(static_cast<char32_t>(left));
  }
  return bare;
}

void add_owners(const BareTable& table, const Text& bare, std::vector<bool>& held) {
  for (const int number : table.always) held[static_cast<std::size_t>(number)] = true;
  table.strings.scan(bare, [&](int key, int, int) {
    for (const int number : table.owners[static_cast<std::size_t>(key)]) held[static_cast<std::size_t>(number)] = true;
  });
}

bool holds_mask(const Book& book, const Text& text) {
  return std::any_of(text.signs, text.signs + text.size, [&](char32_t sign) {
    return book.masks.find(sign) != String::npos;
  });
}

}  // namespace

Numbers list_veiled(const Book& book, const Text& text) {
  const String stripped = strip_disguise(book, text);
  const Text bare{stripped.data(), static_cast<int>(stripped.size())};
  std::vector<bool> held(book.veiled.size());
  add_owners(book.bare_plain, bare, held);
  if (holds_mask(book, text)) add_owners(book.bare_masked, bare, held);
  Numbers numbers;
  for (std::size_t number = 0; number < held.size(); ++number) {
    if (held[number]) numbers.push_back(static_cast<int>(number));
  }
  return numbers;
}

String unveil(const Book& book, const Text& text, const std::map<int, Tokens>& veiled) {
  Tokens hidden;
  for (const auto& [number, tokens] : veiled) {
    const Term& term = book.terms[static_cast<std::size_t>(number)];
    for (const Token& token : tokens) {
      const String written(text.signs + token.start, text.signs + token.end);
      if (std::find(term.words.begin(), term.words.end(), written) == term.words.end()) hidden.push_back(token);
    }
  }
  std::sort(hidden.begin(), hidden.end(), [&](const Token& one, const Token& other) {
    if (one.start != other.start || one.end != other.end) return comes_before(one, other);
    return book.terms[static_cast<std::size_t>(one.term)].rank < book.terms[static_cast<std::size_t>(other.term)].rank;
  });
  String plain;
  int at = 0;
  for (const Token& token : hidden) {
    if (token.start < at) continue;
    plain.append(text.signs + at, text.signs + token.start);
    plain += book.terms[static_cast<std::size_t>(token.term)].plain;
    at = token.end;
  }
  return plain.append(text.signs + at, text.signs + text.size);
}

}  // namespace kotowari
