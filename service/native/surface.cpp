#include "surface.h"

#include "parallel.h"
#include "second_thread.h"
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

std::map<int, Tokens> find_disguised(const Surface& surface) {
  std::map<int, Tokens> words;
  const std::vector<Veil> veils = find_veils(surface.book, surface.text);
  for (std::size_t number = 0; number < veils.size(); ++number) {
    const Expression& expression = surface.book.veiled[number];
    Tokens tokens;
    Progress progress;
    const int end = surface.text.size;
    if (veils[number].is_anywhere) {
      surface.find_all(expression, {0, end}, end, progress, tokens);
    } else {
      surface.find_at(expression, veils[number].starts, {0, end}, end, progress, tokens);
    }
    if (!tokens.empty()) words[expression.term] = std::move(tokens);
  }
  return words;
}

// How two threads look at a text together: at its disguised words, then at what it looks like without.
class Looking {
  struct Plain {
    std::map<int, Tokens> words;  // in disguise
    String letters;               // with them written plainly
    std::unique_ptr<Pieces<std::vector<Odds>>> stretches;
  };

  Plain& find_plain() {
    return plain_.finish([this](std::size_t) {
      Plain plain{find_disguised(*surface_), {}, {}};
      std::size_t count = 0;
      if (surface_->book.has_classifier) {
        plain.letters = write_plainly(surface_->book, surface_->text, plain.words);
        count = static_cast<std::size_t>(count_stretches(view(plain.letters)));
      }
      plain.stretches = std::make_unique<Pieces<std::vector<Odds>>>(count);
      return plain;
    })[0];
  }
  auto weigh(const Plain& plain) const {
    return [this, &plain](std::size_t at) {
      return weigh_stretch(surface_->book.classifier, view(plain.letters), static_cast<int>(at));
    };
  }

 public:
  explicit Looking(std::shared_ptr<const Surface> surface) : surface_(std::move(surface)) {}

  void help() {
    Plain& plain = find_plain();
    plain.stretches->take(weigh(plain));
  }

  Unveiled finish() {
    Plain& plain = find_plain();
    std::vector<Odds> parts;
    for (const std::vector<Odds>& stretch : plain.stretches->finish(weigh(plain))) {
      parts.insert(parts.end(), stretch.begin(), stretch.end());
    }
    const Book& book = surface_->book;
    return {std::move(plain.words), book.has_classifier ? judge_parts(book.classifier, std::move(parts)) : Look{}};
  }

 private:
  std::shared_ptr<const Surface> surface_;
  Pieces<Plain> plain_{1};
};

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

Surface::Surface(std::shared_ptr<const Book> the_book, const Text& original)
    : kept_book(std::move(the_book)),
      book(*kept_book),
      view(read_text(book.folding, original)),
      text(view.text()),
      is_shared(is_worth_help(text)),
      hashes(hash_signs(text)),
      stands(book, is_shared) {}

std::shared_ptr<const Surface> look_over(const std::shared_ptr<const Book>& book, const Text& original) {
  if (is_worth_help(original)) rouse_second_thread();
  const auto surface = std::make_shared<Surface>(book, original);
  const auto looking = std::make_shared<Looking>(surface);
  if (surface->is_shared) ask_second_thread([looking] { looking->help(); });
  surface->sentences = Sentences(surface->text);
  surface->barriers = Barriers(surface->text);
  surface->quotes = find_quotes(surface->text);
  const String small = make_small(book->folding, surface->text);
  surface->stands.collect(view(small));
  surface->unveiled = looking->finish();
  for (const auto& [term, tokens] : surface->unveiled.words) surface->stands.tell(term);
  return surface;
}

void Surface::find_at(const Expression& expression, const Numbers& starts, Place part, int until, Progress& progress,
                      Tokens& tokens) const {
  const Term& term = book.terms[static_cast<std::size_t>(expression.term)];
  const Context whole = context();
  for (; progress.next < starts.size() && progress.count < kMostMatches; ++progress.next) {
    const int start = starts[progress.next];
    if (start >= std::min(until, part.end)) return;
    if (start < std::max(progress.at, part.start)) continue;
    Match match{};
    if (!expression.regex.search(whole, start, part.end, true, match) || match.end <= start) continue;
    progress.at = term.overlapping ? start + 1 : match.end;
    if (!term.is_free() && !stands_alone(term, text, start, match.end)) continue;
    tokens.push_back({expression.term, start, match.end});
    ++progress.count;
  }
}

void Surface::find_all(const Expression& expression, Place part, int until, Progress& progress, Tokens& tokens) const {
  const Term& term = book.terms[static_cast<std::size_t>(expression.term)];
  const Context whole = context();
  const int end = std::min(until, part.end);
  progress.at = std::max(progress.at, part.start);
  while (progress.at < end && progress.count < kMostMatches) {
    Match match{};
    if (!expression.regex.search_before(whole, progress.at, part.end, end, match)) {
      progress.at = end;
      return;
    }
    progress.at = match.end > match.start && !term.overlapping ? match.end : match.start + 1;
    if (match.end == match.start) continue;
    if (!term.is_free() && !stands_alone(term, text, match.start, match.end)) continue;
    tokens.push_back({expression.term, match.start, match.end});
    ++progress.count;
  }
}

}  // namespace kotowari
