// Reading: what patterns are tried on, and where they hold (service/facts/hits.py, guards.py and live.py).
#pragma once

#include "classifier.h"
#include "found.h"

namespace kotowari {

struct Reading {
  const Book& book;
  const Text& text;
  const Sentences& sentences;
  Found& found;
  const std::vector<Place>& quotes;
  const Look& look;
  int role = kClientMessage;
};

// A pattern that held, at [start, end).
struct Hit {
  const Pattern* pattern;
  Token anchor;
  int start;
  int end;
  std::optional<Token> partner;  // the other term up to which the anchor is judged
  Place sentence;                // the one the anchor stands in
};

// Whether anything around a hit takes it back.
bool is_taken_back(const Hit& hit, Reading& reading);

// Whether the first thing said after the anchor is that it will not happen.
bool is_negated(const Hit& hit, Reading& reading);

// The places where a pattern holds, one after another.
class Hits {
 public:
  // Without `where` every sentence is looked in.
  Hits(const Pattern& pattern, Reading& reading, const Bits* where);

  // The next hit that nothing takes back.
  std::optional<Hit> next();
  // The next hit that a no behind it takes back and whose anchor begins in a part of the text.
  std::optional<Hit> next_refused(const Place& part);

 private:
  std::optional<Hit> complete(const Token& anchor);
  std::optional<Token> find_nearest(const Token& anchor, const Numbers& place, int first, int high);
  const Tokens& find_near(int term, int first, int high, int until);
  bool is_looked_in(const Token& anchor) const;
  std::optional<Token> next_anchor();
  bool list_anchors();

  const Pattern& pattern_;
  Reading& reading_;
  const Bits* where_;
  Tokens anchors_;  // of a stride of the text
  int listed_ = 0;  // up to where all have been
  std::size_t at_ = 0;
  Tokens single_;
};

// The patterns that may hold in one text, told by where their terms can stand; nothing is searched for.
class Live {
 public:
  explicit Live(Reading& reading)
      : reading_(reading), begun_slot_(reading.book.places.size()), filled_slot_(reading.book.places.size()) {}

  // Tells in which sentences a pattern may begin; false: in none.
  bool narrow(int pattern, Bits& bits);

 private:
  const Bits& begin(int place);
  const Bits& fill(int place);

  Reading& reading_;
  // Of each place the sentences it may begin in, and those it may be filled in: its entry plus one.
  Numbers begun_slot_, filled_slot_;
  std::deque<Bits> begun_, filled_;
};

}  // namespace kotowari
