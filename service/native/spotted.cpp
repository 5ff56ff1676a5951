#include "spotted.h"

#include <utility>

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

// Turns counts into where each begins; the end of all stands last.
void add_up(Numbers& counts) {
  int first = 0;
  for (int& count : counts) first += std::exchange(count, first);
  counts.push_back(first);
}

}  // namespace

Spotted::Spotted(const Book& book, const Text& text, const Text& small, const Sentences& sentences)
    : book_(book),
      text_(text),
      sentences_(sentences),
      bit_words_(static_cast<std::size_t>(sentences.count()) / 64 + 1),
      told_(book.terms.size()),
      slot_of_string_(slots_of_thread(book.first_clues.size())),
      first_tellings_(book.terms.size()),
      weighed_slot_(book.terms.size()),
      starts_slot_(book.sets.size()),
      held_(book.sets.size(), -1),
      open_(book.ways.size(), -1) {
  for (std::size_t term = 0; term < book.terms.size(); ++term) told_[term] = book.terms[term].always;
  collect_places(small);
  collect_tellings();
}

Spotted::~Spotted() {
  for (const int key : keys_) slot_of_string_[static_cast<std::size_t>(key)] = 0;
}

void Spotted::collect_places(const Text& small) {
  std::vector<Stand> stands;
  const auto expected = static_cast<std::size_t>(small.size) * kStandsPerSign;
  stands.reserve(expected);
  keys_.reserve(expected);
  firsts_.reserve(expected + 1);
  book_.strings.scan(small, [&](int key, int start, int end) {
    int& slot = slot_of_string_[static_cast<std::size_t>(key)];
    if (!slot) {
      keys_.push_back(key);
      firsts_.push_back(0);
      slot = static_cast<int>(keys_.size());
    }
    ++firsts_[static_cast<std::size_t>(slot - 1)];
    stands.push_back({slot - 1, {start, end}});
  });
  add_up(firsts_);
  Numbers next = firsts_;
  places_.resize(stands.size());
  for (const Stand& stand : stands) {
    places_[static_cast<std::size_t>(next[static_cast<std::size_t>(stand.slot)]++)] = stand.place;
  }
}

void Spotted::collect_tellings() {
  const auto each_clue = [this](auto&& take) {
    for (std::size_t slot = 0; slot < keys_.size(); ++slot) {
      const auto key = static_cast<std::size_t>(keys_[slot]);
      for (int clue = book_.first_clues[key]; clue < book_.first_clues[key + 1]; ++clue) {
        take(static_cast<int>(slot), clue, static_cast<std::size_t>(book_.clues[static_cast<std::size_t>(clue)].term));
      }
    }
  };
  each_clue([this](int, int, std::size_t term) { ++first_tellings_[term]; });
  add_up(first_tellings_);
  tellings_.resize(static_cast<std::size_t>(first_tellings_.back()));
  Numbers next = first_tellings_;
  each_clue([&](int slot, int clue, std::size_t term) {
    told_[term] = 1;
    tellings_[static_cast<std::size_t>(next[term]++)] = {slot, clue};
  });
}

bool Spotted::holds_one(int set) const {
  std::int8_t& held = held_[static_cast<std::size_t>(set)];
  if (held < 0) {
    const Numbers& strings = book_.sets[static_cast<std::size_t>(set)];
    held = std::any_of(strings.begin(), strings.end(),
                       [this](int key) { return slot_of_string_[static_cast<std::size_t>(key)] != 0; });
  }
  return held != 0;
}

bool Spotted::holds_all(int way) const {
  std::int8_t& open = open_[static_cast<std::size_t>(way)];
  if (open < 0) {
    const Numbers& asked = book_.ways[static_cast<std::size_t>(way)].asked;
    open = std::all_of(asked.begin(), asked.end(), [this](int set) { return holds_one(set); });
  }
  return open != 0;
}

bool Spotted::find_words(int slot, const Clue& clue, std::vector<Place>& words) const {
  if (clue.forms < 0) {
    words.insert(words.end(), places_from(slot), places_to(slot));
    return true;
  }
  bool any = false;
  for (const Place* place = places_from(slot); place != places_to(slot); ++place) {
    const std::vector<String>& forms = book_.forms[static_cast<std::size_t>(clue.forms)];
    const bool is_written = std::any_of(forms.begin(), forms.end(), [&](const String& form) {
      return place->end - place->start == static_cast<int>(form.size()) && starts_with(text_, form, place->start);
    });
    if (is_written) words.push_back(*place);
    any = any || is_written;
  }
  return any;
}

Spotted::Weighed& Spotted::weigh(int term) {
  int& entry = weighed_slot_[static_cast<std::size_t>(term)];
  if (entry) return weighed_[static_cast<std::size_t>(entry - 1)];
  Weighed& weighed = weighed_.emplace_back();
  entry = static_cast<int>(weighed_.size());
  for (const Telling* telling = tellings_from(term); telling != tellings_to(term); ++telling) {
    const Clue& clue = book_.clues[static_cast<std::size_t>(telling->clue)];
    bool holds = clue.is_word && find_words(telling->slot, clue, weighed.words);
    for (int told = clue.first_way; told < clue.last_way; ++told) {
      const int number = book_.told_ways[static_cast<std::size_t>(told)];
      if (!holds_all(number)) continue;
      const Way& way = book_.ways[static_cast<std::size_t>(number)];
      holds = true;
      weighed.sources.push_back({way.expression, telling->slot, &way});
    }
    if (holds) weighed.keys.push_back(telling->slot);
  }
  std::stable_sort(weighed.sources.begin(), weighed.sources.end(),
                   [](const Source& one, const Source& other) { return one.expression < other.expression; });
  return weighed;
}

// The places in reading order where one of a set's strings begins.
const Numbers& Spotted::starts_of(int set) {
  int& entry = starts_slot_[static_cast<std::size_t>(set)];
  if (entry) return starts_[static_cast<std::size_t>(entry - 1)];
  Numbers& starts = starts_.emplace_back();
  entry = static_cast<int>(starts_.size());
  for (const int key : book_.sets[static_cast<std::size_t>(set)]) {
    const int slot = slot_of_string_[static_cast<std::size_t>(key)] - 1;
    if (slot < 0) continue;
    for (const Place* place = places_from(slot); place != places_to(slot); ++place) starts.push_back(place->start);
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  return starts;
}

// Lists the only places where a match may begin; false where that is not known.
bool Spotted::list_starts(Sources::const_iterator first, Sources::const_iterator last, Numbers& starts) {
  Numbers sets;
  for (auto source = first; source != last; ++source) {
    const int opening = source->way->opening;
    if (!source->way->before) {
      for (const Place* place = places_from(source->slot); place != places_to(source->slot); ++place) {
        starts.push_back(place->start);
      }
    } else if (opening < 0) {
      return false;
    } else if (std::find(sets.begin(), sets.end(), opening) == sets.end()) {
      sets.push_back(opening);
    }
  }
  for (const int set : sets) {
    const Numbers& known = starts_of(set);
    starts.insert(starts.end(), known.begin(), known.end());
  }
  if (!std::is_sorted(starts.begin(), starts.end())) std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  return true;
}

// Returns where a match may lie that holds one of the strings, in reading order, none touching another.
std::vector<Place> Spotted::join_windows(Sources::const_iterator first, Sources::const_iterator last) const {
  std::vector<Place> windows, joined;
  for (auto source = first; source != last; ++source) {
    for (const Place* place = places_from(source->slot); place != places_to(source->slot); ++place) {
      windows.push_back({std::max(place->start - source->way->before, 0),
                         std::min(place->end + source->way->after, text_.size)});
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

void Spotted::place(int term, Weighed& weighed) {
  weighed.is_placed = true;
  for (const int expression : book_.terms[static_cast<std::size_t>(term)].always_tried) {
    weighed.candidates.push_back({expression, false, {}, {}});
  }
  const Sources& sources = weighed.sources;
  for (auto first = sources.begin(); first != sources.end();) {
    const auto last = std::find_if(first, sources.end(),
                                   [&](const Source& source) { return source.expression != first->expression; });
    Candidate candidate{first->expression, false, {}, {}};
    candidate.has_starts = list_starts(first, last, candidate.starts);
    if (!candidate.has_starts) candidate.windows = join_windows(first, last);
    weighed.candidates.push_back(std::move(candidate));
    first = last;
  }
}

const std::vector<Candidate>& Spotted::candidates(int term) {
  Weighed& weighed = weigh(term);
  if (!weighed.is_placed) place(term, weighed);
  return weighed.candidates;
}

Bits Spotted::mark(int term) {
  if (book_.terms[static_cast<std::size_t>(term)].always) return Bits(bit_words_, ~std::uint64_t{0});
  Bits bits(bit_words_);
  for (const int slot : weigh(term).keys) {
    for (const Place* place = places_from(slot); place != places_to(slot); ++place) mark_end(bits, place->end);
  }
  return bits;
}

}  // namespace kotowari
