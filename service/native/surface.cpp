#include "surface.h"

#include "parallel.h"
#include "veiled.h"

namespace kotowari {

namespace {

bool is_katakana(char32_t sign) { return (sign >= U'ァ' && sign <= U'ヶ') || sign == U'ー'; }

bool is_same_script(char32_t neighbour, char32_t edge) {
  if (is_latin(edge)) return is_latin(neighbour) || neighbour == U'_';
  return is_katakana(edge) && is_katakana(neighbour);
}

std::vector<std::uint8_t> hash_signs(const Text& text) {
  std::vector<std::uint8_t> hashes(static_cast<std::size_t>(text.size));
  std::transform(text.signs, text.signs + text.size, hashes.begin(),
                 [](char32_t sign) { return static_cast<std::uint8_t>(hash_opening(sign)); });
  return hashes;
}

}  // namespace

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

Surface::Surface(const Book& the_book, const Text& the_text, const Text& small)
    : book(the_book),
      text(the_text),
      sentences(text),
      quotes(find_quotes(text)),
      hashes(hash_signs(text)),
      stands(book) {
  std::future<void> unveiling = std::async(is_worth_help(text) ? kHelp : std::launch::deferred, [this] {
    find_veiled();
    classify();
  });
  stands.collect(small);
  unveiling.get();
  for (const auto& [term, tokens] : veiled) stands.tell(term);
}

void Surface::find_veiled() {
  const std::vector<Veil> veils = find_veils(book, text);
  for (std::size_t number = 0; number < veils.size(); ++number) {
    const Expression& expression = book.veiled[number];
    Tokens tokens;
    if (veils[number].is_anywhere) {
      find_all(expression, {0, text.size}, tokens);
    } else {
      find_at(expression, veils[number].starts, {0, text.size}, tokens);
    }
    if (!tokens.empty()) veiled[expression.term] = std::move(tokens);
  }
}

void Surface::classify() {
  if (!book.has_classifier) return;
  const String plain = unveil(book, text, veiled);
  look = look_at(book.classifier, {plain.data(), static_cast<int>(plain.size())});
}

void Surface::find_at(const Expression& expression, const Numbers& starts, Place part, Tokens& tokens) const {
  const Term& term = book.terms[static_cast<std::size_t>(expression.term)];
  const Context context{text.signs, 0, text.size, hashes.data()};
  int at = part.start;
  std::size_t count = 0;
  for (const int start : starts) {
    if (start < at || start >= part.end) continue;
    Match match{};
    if (!expression.regex.search(context, start, part.end, true, match) || match.end <= start) continue;
    at = term.overlapping ? start + 1 : match.end;
    if (!term.is_free() && !stands_alone(term, text, start, match.end)) continue;
    tokens.push_back({expression.term, start, match.end});
    if (++count >= kMostMatches) return;
  }
}

void Surface::find_all(const Expression& expression, Place part, Tokens& tokens) const {
  const Term& term = book.terms[static_cast<std::size_t>(expression.term)];
  const Context context{text.signs, 0, text.size, hashes.data()};
  std::size_t count = 0;
  for (int at = part.start; at < part.end && count < kMostMatches;) {
    Match match{};
    if (!expression.regex.search(context, at, part.end, false, match)) return;
    at = match.end > match.start && !term.overlapping ? match.end : match.start + 1;
    if (match.end == match.start) continue;
    if (!term.is_free() && !stands_alone(term, text, match.start, match.end)) continue;
    tokens.push_back({expression.term, match.start, match.end});
    ++count;
  }
}

}  // namespace kotowari
