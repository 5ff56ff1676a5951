#include "veiled.h"

namespace kotowari {

namespace {

// A text without gaps, masks and vowels, look-alikes made one, and where its letters stood.
struct Bare {
  String letters;
  Numbers places;
};

Bare strip_disguise(const Book& book, const Text& text) {
  Bare bare;
  bare.letters.reserve(static_cast<std::size_t>(text.size));
  bare.places.reserve(static_cast<std::size_t>(text.size));
  for (int at = 0; at < text.size; ++at) {
    const char32_t sign = text[at];
    const auto left = sign < book.bare_letters.size() ? book.bare_letters[sign] : static_cast<std::int32_t>(sign);
    if (left < 0) continue;
    bare.letters.push_back(static_cast<char32_t>(left));
    bare.places.push_back(at);
  }
  return bare;
}

// A word may begin with signs that the bare form leaves out.
void add_starts(const BareTable& table, const Bare& bare, std::vector<Veil>& veils) {
  for (const int number : table.always) veils[static_cast<std::size_t>(number)].is_anywhere = true;
  table.strings.scan(view(bare.letters), [&](int key, int start, int) {
    const int first = start > 0 ? bare.places[static_cast<std::size_t>(start - 1)] + 1 : 0;
    for (const int number : table.owners[static_cast<std::size_t>(key)]) {
      Numbers& starts = veils[static_cast<std::size_t>(number)].starts;
      for (int at = first; at <= bare.places[static_cast<std::size_t>(start)]; ++at) starts.push_back(at);
    }
  });
}

// Hashes turn most signs down.
bool holds_mask(const Book& book, const Text& text) {
  std::uint64_t hashes = 0;
  for (const char32_t mask : book.masks) hashes |= std::uint64_t{1} << hash_opening(mask);
  return std::any_of(text.signs, text.signs + text.size, [&](char32_t sign) {
    return (hashes >> hash_opening(sign) & 1) != 0 && book.masks.find(sign) != String::npos;
  });
}

}  // namespace

std::vector<Veil> find_veils(const Book& book, const Text& text) {
  const Bare bare = strip_disguise(book, text);
  std::vector<Veil> veils(book.veiled.size());
  add_starts(book.bare_plain, bare, veils);
  if (holds_mask(book, text)) add_starts(book.bare_masked, bare, veils);
  for (Veil& veil : veils) {
    std::sort(veil.starts.begin(), veil.starts.end());
    veil.starts.erase(std::unique(veil.starts.begin(), veil.starts.end()), veil.starts.end());
  }
  return veils;
}

String write_plainly(const Book& book, const Text& text, const std::map<int, Tokens>& veiled) {
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
