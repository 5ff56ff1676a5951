#include "stands.h"

namespace kotowari {

namespace {

constexpr std::size_t kStandsPerSign = 3;  // strings that begin at a place, as a rule

struct Stand {
  int slot;
  Place place;
};

// A thread's own table, all zero between two texts. It is asked for once a text: a lookup in thread storage takes time.
Numbers& slots_of_thread(std::size_t strings) {
  thread_local Numbers slots;
  if (slots.size() < strings) slots.resize(strings);
  return slots;
}

}  // namespace

Stands::Stands(const Book& book, bool is_shared)
    : book_(book),
      told_(book.terms.size()),
      held_(book.sets.size()),
      own_slots_(is_shared ? book.first_clues.size() : 0),
      slot_of_string_(is_shared ? own_slots_ : slots_of_thread(book.first_clues.size())) {
  for (std::size_t term = 0; term < book.terms.size(); ++term) told_[term] = book.terms[term].always;
}

void Stands::collect(const Text& small) {
  collect_places(small);
  collect_tellings();
}

Stands::~Stands() {
  for (const int key : keys_) slot_of_string_[static_cast<std::size_t>(key)] = 0;
}

void Stands::collect_places(const Text& small) {
  std::vector<Stand> stands;
  const auto expected = static_cast<std::size_t>(small.size) * kStandsPerSign;
  stands.reserve(expected);
  keys_.reserve(expected);
  places_.firsts.reserve(expected + 1);
  book_.strings.scan(small, [&](int key, int start, int end) {
    int& slot = slot_of_string_[static_cast<std::size_t>(key)];
    if (!slot) {
      keys_.push_back(key);
      places_.firsts.push_back(0);
      slot = static_cast<int>(keys_.size());
    }
    ++places_.firsts[static_cast<std::size_t>(slot - 1)];
    stands.push_back({slot - 1, {start, end}});
  });
  add_up(places_.firsts);
  Numbers next = places_.firsts;
  places_.items.resize(stands.size());
  for (const Stand& stand : stands) {
    places_.items[static_cast<std::size_t>(next[static_cast<std::size_t>(stand.slot)]++)] = stand.place;
  }
}

void Stands::collect_tellings() {
  const auto each_clue = [this](auto&& take) {
    for (std::size_t slot = 0; slot < keys_.size(); ++slot) {
      const auto key = static_cast<std::size_t>(keys_[slot]);
      for (int clue = book_.first_clues[key]; clue < book_.first_clues[key + 1]; ++clue) {
        take(static_cast<int>(slot), clue, static_cast<std::size_t>(book_.clues[static_cast<std::size_t>(clue)].term));
      }
    }
  };
  tellings_.firsts.resize(book_.terms.size());
  each_clue([this](int, int, std::size_t term) { ++tellings_.firsts[term]; });
  add_up(tellings_.firsts);
  tellings_.items.resize(static_cast<std::size_t>(tellings_.firsts.back()));
  Numbers next = tellings_.firsts;
  each_clue([&](int slot, int clue, std::size_t term) {
    told_[term] = 1;
    tellings_.items[static_cast<std::size_t>(next[term]++)] = {slot, clue};
  });
  for (const int key : keys_) {
    for (const int set : book_.sets_of_string[key]) held_[static_cast<std::size_t>(set)] = 1;
  }
}

}  // namespace kotowari
