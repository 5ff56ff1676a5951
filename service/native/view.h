// View: the text made comparable, with the way back to every original sign (service/intake/view.py and edits.py).
#pragma once

#include "text.h"

namespace kotowari {

// Letters that are written for the slice [start, end).
struct Change {
  int start;
  int end;
  String letters;
};
using Changes = std::vector<Change>;

class View {
 public:
  explicit View(const Text& original) : letters_(original.signs, static_cast<std::size_t>(original.size)) {}

  Text text() const { return view(letters_); }
  // Of each sign the slice of the original that it stands for; nothing as long as each stands for the one in its place.
  const std::vector<Place>& places() const { return places_; }
  bool is_moved() const { return is_moved_; }

  // Writes other letters for some slices, which are given in reading order.
  void rewrite(const Changes& changes);
  // Writes another letter for one.
  void write(int at, char32_t letter) { letters_[static_cast<std::size_t>(at)] = letter; }
  // The slice of the original that [start, end) stands for.
  Place locate(Place part) const;

 private:
  Place trace(int at) const { return is_moved_ ? places_[static_cast<std::size_t>(at)] : Place{at, at + 1}; }

  String letters_;
  std::vector<Place> places_;
  bool is_moved_ = false;
};

}  // namespace kotowari
