#include "spotted.h"

namespace kotowari {

namespace {

constexpr std::size_t kMostStarts = 100000;

// Of each string of the book its slot in the text at hand, plus one; all zero between two texts.
thread_local Numbers slot_of_string;

struct Stand {
  int slot;
  Place place;
};

}  // namespace

Spotted::Spotted(const Book& book, const Text& text, const Text& small, const Sentences& sentences)
    : book_(book),
      text_(text),
      sentences_(sentences),
      bit_words_(static_cast<std::size_t>(sentences.count()) / 64 + 1),
      told_(book.terms.size()),
      telling_slot_(book.terms.size()),
      weighed_slot_(book.terms.size()),
      held_(book.sets.size(), -1) {
  if (slot_of_string.size() < book.clues.size()) slot_of_string.resize(book.clues.size());
  std::vector<Stand> stands;
  book.strings.scan(small, [&](int key, int start, int end) {
    int& slot = slot_of_string[static_cast<std::size_t>(key)];
    if (!slot) {
      keys_.push_back(key);
      firsts_.push_back(0);
      slot = static_cast<int>(keys_.size());
    }
    ++firsts_[static_cast<std::size_t>(slot - 1)];
    stands.push_back({slot - 1, {start, end}});
  });
  int first = 0;
  for (int& count : firsts_) first += std::exchange(count, first);
  Numbers next = firsts_;
  firsts_.push_back(first);
  places_.resize(stands.size());
  for (const Stand& stand : stands) {
    places_[static_cast<std::size_t>(next[static_cast<std::size_t>(stand.slot)]++)] = stand.place;
  }
  for (std::size_t term = 0; term < book.terms.size(); ++term) told_[term] = book.terms[term].always;
  for (std::size_t slot = 0; slot < keys_.size(); ++slot) {
    for (const Clue& clue : book.clues[static_cast<std::size_t>(keys_[slot])]) {
      told_[static_cast<std::size_t>(clue.term)] = 1;
      int& entry = telling_slot_[static_cast<std::size_t>(clue.term)];
      if (!entry) {
        tellings_.emplace_back();
        entry = static_cast<int>(tellings_.size());
      }
      tellings_[static_cast<std::size_t>(entry - 1)].push_back({static_cast<int>(slot), &clue});
    }
  }
}

Spotted::~Spotted() {
  for (const int key : keys_) slot_of_string[static_cast<std::size_t>(key)] = 0;
}

bool Spotted::holds_one(int set) const {
  std::int8_t& held = held_[static_cast<std::size_t>(set)];
  if (held < 0) {
    const Numbers& strings = book_.sets[static_cast<std::size_t>(set)];
    held = std::any_of(strings.begin(), strings.end(),
                       [](int key) { return slot_of_string[static_cast<std::size_t>(key)] != 0; });
  }
  return held != 0;
}

bool Spotted::holds_all(const Way& way) const {
  return std::all_of(way.asked.begin(), way.asked.end(), [this](int set) { return holds_one(set); });
}

bool Spotted::find_words(int slot, const Clue& clue, std::vector<Place>& words) const {
  bool any = false;
  for (int at = firsts_[static_cast<std::size_t>(slot)]; at < firsts_[static_cast<std::size_t>(slot) + 1]; ++at) {
    const Place& place = places_[static_cast<std::size_t>(at)];
    const bool is_written = std::any_of(clue.forms.begin(), clue.forms.end(), [&](const String& form) {
      return place.end - place.start == static_cast<int>(form.size()) && starts_with(text_, form, place.start);
    });
    if (!clue.forms.empty() && !is_written) continue;
    words.push_back(place);
    any = true;
  }
  return any;
}

void Spotted::consider(Weighed& weighed, int expression, Source source) {
  for (Considered& known : weighed.considered) {
    if (known.expression == expression) {
      known.sources.push_back(source);
      return;
    }
  }
  weighed.considered.push_back({expression, {source}});
}

Spotted::Weighed& Spotted::weigh(int term) {
  int& entry = weighed_slot_[static_cast<std::size_t>(term)];
  if (entry) return weighed_[static_cast<std::size_t>(entry - 1)];
  Weighed& weighed = weighed_.emplace_back();
  entry = static_cast<int>(weighed_.size());
  for (const int expression : book_.terms[static_cast<std::size_t>(term)].always_tried) {
    weighed.considered.push_back({expression, {}});
  }
  const int tellings = telling_slot_[static_cast<std::size_t>(term)];
  if (!tellings) return weighed;
  for (const Telling& telling : tellings_[static_cast<std::size_t>(tellings - 1)]) {
    bool holds = telling.clue->is_word && find_words(telling.slot, *telling.clue, weighed.words);
    for (const Way& way : telling.clue->ways) {
      if (!holds_all(way)) continue;
      holds = true;
      consider(weighed, way.expression, {telling.slot, &way});
    }
    if (holds) weighed.keys.push_back(telling.slot);
  }
  return weighed;
}

void Spotted::add_starts(int slot, Numbers& starts) const {
  for (int at = firsts_[static_cast<std::size_t>(slot)]; at < firsts_[static_cast<std::size_t>(slot) + 1]; ++at) {
    starts.push_back(places_[static_cast<std::size_t>(at)].start);
  }
}

// Lists the only places where a match may begin; false where that is not known, or they are too many.
bool Spotted::list_starts(const std::vector<Source>& sources, Numbers& starts) const {
  for (const Source& source : sources) {
    if (!source.way->before) {
      add_starts(source.slot, starts);
    } else if (source.way->opening >= 0) {
      for (const int key : book_.sets[static_cast<std::size_t>(source.way->opening)]) {
        const int slot = slot_of_string[static_cast<std::size_t>(key)];
        if (slot) add_starts(slot - 1, starts);
      }
    } else {
      return false;
    }
  }
  if (starts.size() > kMostStarts) return false;
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  return true;
}

// Returns where a match may lie that holds one of the strings, in reading order, none touching another.
std::vector<Place> Spotted::join_windows(const std::vector<Source>& sources) const {
  std::vector<Place> windows, joined;
  for (const Source& source : sources) {
    const auto slot = static_cast<std::size_t>(source.slot);
    for (int at = firsts_[slot]; at < firsts_[slot + 1]; ++at) {
      const Place& place = places_[static_cast<std::size_t>(at)];
      windows.push_back({std::max(place.start - source.way->before, 0),
                         std::min(place.end + source.way->after, text_.size)});
    }
  }
  std::sort(windows.begin(), windows.end(), comes_first);
  for (const Place& window : windows) {
    if (joined.empty() || window.start > joined.back().end) {
      joined.push_back(window);
    } else {
      joined.back().end = std::max(joined.back().end, window.end);
    }
  }
  return joined;
}

void Spotted::place(Weighed& weighed) const {
  weighed.is_placed = true;
  for (const Considered& considered : weighed.considered) {
    Candidate candidate{considered.expression, false, false, {}, {}};
    if (!considered.sources.empty()) {
      candidate.has_starts = list_starts(considered.sources, candidate.starts);
      candidate.has_windows = !candidate.has_starts;
      if (candidate.has_windows) candidate.windows = join_windows(considered.sources);
    }
    weighed.candidates.push_back(std::move(candidate));
  }
}

const std::vector<Candidate>& Spotted::candidates(int term) {
  Weighed& weighed = weigh(term);
  if (!weighed.is_placed) place(weighed);
  return weighed.candidates;
}

Bits Spotted::mark(int term) {
  if (book_.terms[static_cast<std::size_t>(term)].always) return Bits(bit_words_, ~std::uint64_t{0});
  Bits bits(bit_words_);
  for (const int slot : weigh(term).keys) {
    for (int at = firsts_[static_cast<std::size_t>(slot)]; at < firsts_[static_cast<std::size_t>(slot) + 1]; ++at) {
      mark_end(bits, places_[static_cast<std::size_t>(at)].end);
    }
  }
  return bits;
}

}  // namespace kotowari
