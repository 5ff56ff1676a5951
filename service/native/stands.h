// Stands: which strings of the book stand in a text, where, and of which terms they tell.
#pragma once

#include "book.h"

namespace kotowari {

class Stands {
 public:
  // A string that stands and what it says of a term.
  struct Telling {
    int slot;
    int clue;
  };

  // `is_shared`: threads may share it, and any of them may be the last.
  Stands(const Book& book, bool is_shared);
  Stands(const Stands&) = delete;
  Stands& operator=(const Stands&) = delete;
  ~Stands();

  // Finds the strings in a text, given in small letters; it is asked for once.
  void collect(const Text& small);
  // Notes that a term stands, by whatever told of it.
  void tell(int term) { told_[static_cast<std::size_t>(term)] = 1; }
  bool is_told(int term) const { return term >= 0 && told_[static_cast<std::size_t>(term)] != 0; }
  // The slot of a string; -1: it does not stand.
  int slot_of(int string) const { return slot_of_string_[static_cast<std::size_t>(string)] - 1; }
  Slice<Place> places(int slot) const { return places_[slot]; }
  Slice<Telling> tellings(int term) const { return tellings_[term]; }
  // Whether one of the strings of a set stands.
  bool holds(int set) const { return held_[static_cast<std::size_t>(set)] != 0; }

 private:
  void collect_places(const Text& small);
  void collect_tellings();

  const Book& book_;
  std::vector<std::uint8_t> told_, held_;  // of each term, of each set
  Numbers own_slots_;
  Numbers& slot_of_string_;                // of each string of the book its slot plus one; 0: it does not stand
  Numbers keys_;                           // of each slot the string
  Lists<Place> places_;                    // of each slot
  Lists<Telling> tellings_;                // of each term
};

}  // namespace kotowari
