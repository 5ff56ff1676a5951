// Sentences and quotations, as service/intake/sentences.py finds them.
#pragma once

#include "text.h"

namespace kotowari {

// Where the sentences of a text end.
class Sentences {
 public:
  Sentences() = default;
  explicit Sentences(const Text& text);

  // The number of the sentence that a position lies in.
  int index(int position) const {
    return index_[static_cast<std::size_t>(std::clamp(position, 0, static_cast<int>(index_.size()) - 1))];
  }
  // The sentence around a position.
  Place bounds(int position) const;
  int count() const { return static_cast<int>(ends_.size()) + 1; }

 private:
  int size_ = 0;
  Numbers ends_;
  Numbers index_;  // of each position up to one behind the text's end
};

// Where words are quoted, without the signs.
std::vector<Place> find_quotes(const Text& text);

// Whether Python takes a sign for a gap.
bool is_space(char32_t sign);

}  // namespace kotowari
