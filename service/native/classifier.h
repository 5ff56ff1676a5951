// Classifier: how likely a text asks for each thing (service/facts/classifier.py and second_look.py).
#pragma once

#include "book.h"
#include "sentences.h"

namespace kotowari {

using Odds = std::vector<double>;  // of each head

// What the classifier says of one text.
struct Look {
  std::vector<bool> shut;  // of each head whether its patterns are not worth trying; empty: nothing is shut
  Numbers likely;          // the kinds of asks that are there anyway
  std::vector<Odds> parts;

  bool is_shut(int group) const { return group >= 0 && !shut.empty() && shut[static_cast<std::size_t>(group)]; }
};

// A text in which disguised words stand plainly is weighed by stretches, so that threads can share them.
int count_stretches(const Text& text);
// Returns the odds of a stretch's parts.
std::vector<Odds> weigh_stretch(const Classifier& classifier, const Text& text, int number);
// Returns what all parts of a text say.
Look judge_parts(const Classifier& classifier, std::vector<Odds> parts);

// Returns the sentence that speaks most of an ask, without the gaps around it.
Place choose_sentence(const Classifier& classifier, int kind, const Text& text, const Sentences& sentences,
                      const Look& look);

}  // namespace kotowari
