// Surface: what of a text is known before any term is searched for. It stays as it is, so that threads can share it.
#pragma once

#include <atomic>
#include <map>
#include <memory>

#include "classifier.h"
#include "stands.h"

namespace kotowari {

struct Unveiled {
  std::map<int, Tokens> words;  // in disguise, by term
  Look look;                    // at the text with them written plainly
};

// The tokens of terms in a whole text, so that one thread need not search for what the other has found.
class Shelf {
 public:
  explicit Shelf(std::size_t terms) : tokens_(terms) {}
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  ~Shelf() {
    for (const std::atomic<const Tokens*>& tokens : tokens_) delete tokens.load();
  }

  template <typename Search>
  const Tokens& get(int term, Search&& search) {
    std::atomic<const Tokens*>& place = tokens_[static_cast<std::size_t>(term)];
    const Tokens* found = place.load(std::memory_order_acquire);
    if (found) return *found;
    auto own = std::make_unique<const Tokens>(search());
    return place.compare_exchange_strong(found, own.get(), std::memory_order_acq_rel) ? *own.release() : *found;
  }

 private:
  std::vector<std::atomic<const Tokens*>> tokens_;
};

struct Surface {
  Surface(std::shared_ptr<const Book> the_book, const Text& original);
  // Adds the tokens of an expression that begin at some of the given places in a part of the text.
  void find_at(const Expression& expression, const Numbers& starts, Place part, Tokens& tokens) const;
  // Adds all tokens of an expression in a part of the text.
  void find_all(const Expression& expression, Place part, Tokens& tokens) const;

  const std::shared_ptr<const Book> kept_book;
  const Book& book;
  const View view;
  const Text text;
  const bool is_shared;  // by threads
  const Sentences sentences;
  const std::vector<Place> quotes;
  const std::vector<std::uint8_t> hashes;  // of each sign, for the expressions' openings
  Stands stands;
  Unveiled unveiled;
  mutable Shelf shelf;  // where it is shared
};

// Folds a text and finds what stands in it.
std::shared_ptr<const Surface> look_over(const std::shared_ptr<const Book>& book, const Text& original);

constexpr std::size_t kMostMatches = 40;  // of one expression in one text; hostile texts repeat, honest ones do not

// Whether a match is a word by itself: not part of a longer one in its script, not beside what its term forbids.
bool stands_alone(const Term& term, const Text& text, int start, int end);

}  // namespace kotowari
