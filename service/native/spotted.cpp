#include "spotted.h"

#include <utility>

namespace kotowari {

namespace {

constexpr int kWorthClipping = 40;  // signs: what a barrier saves in a shorter window takes less time than to find it

}  // namespace

Numbers PlaceSet::take() {
  Numbers places;
  places.reserve(std::exchange(count_, 0));
  for (std::size_t block = 0; block < filled_.size(); ++block) {
    for (std::uint64_t left = std::exchange(filled_[block], 0); left != 0; left &= left - 1) {
      const std::size_t at = block * 64 + static_cast<std::size_t>(__builtin_ctzll(left));
      for (std::uint64_t word = std::exchange(words_[at], 0); word != 0; word &= word - 1) {
        places.push_back(static_cast<int>(at) * 64 + __builtin_ctzll(word));
      }
    }
  }
  return places;
}

Spotted::Spotted(const Surface& surface)
    : book_(surface.book),
      surface_(surface),
      stands_(surface.stands),
      bit_words_(static_cast<std::size_t>(surface.sentences.count()) / 64 + 1),
      weighed_slot_(book_.terms.size()),
      starts_slot_(book_.sets.size()),
      opened_(surface.text.size),
      listed_(surface.text.size),
      open_(book_.ways.size(), -1) {}

bool Spotted::holds_all(int way) const {
  std::int8_t& open = open_[static_cast<std::size_t>(way)];
  if (open < 0) {
    const Slice<int> asked = book_.asked(book_.ways[static_cast<std::size_t>(way)]);
    open = std::all_of(asked.begin(), asked.end(), [this](int set) { return stands_.holds(set); });
  }
  return open != 0;
}

bool Spotted::find_words(int slot, const Clue& clue, std::vector<Place>& words) const {
  if (clue.forms < 0) {
    const Slice<Place> places = stands_.places(slot);
    words.insert(words.end(), places.begin(), places.end());
    return true;
  }
  bool any = false;
  for (const Place& place : stands_.places(slot)) {
    const std::vector<String>& forms = book_.forms[static_cast<std::size_t>(clue.forms)];
    const bool is_written = std::any_of(forms.begin(), forms.end(), [&](const String& form) {
      return place.end - place.start == static_cast<int>(form.size()) && starts_with(surface_.text, form, place.start);
    });
    if (is_written) words.push_back(place);
    any = any || is_written;
  }
  return any;
}

Spotted::Weighed& Spotted::weigh(int term) {
  int& entry = weighed_slot_[static_cast<std::size_t>(term)];
  if (entry) return weighed_[static_cast<std::size_t>(entry - 1)];
  Weighed& weighed = weighed_.emplace_back();
  entry = static_cast<int>(weighed_.size());
  const Slice<Stands::Telling> tellings = stands_.tellings(term);
  weighed.keys.reserve(tellings.size());
  for (const Stands::Telling& telling : tellings) {
    const Clue& clue = book_.clues[static_cast<std::size_t>(telling.clue)];
    bool holds = clue.is_word && find_words(telling.slot, clue, weighed.words);
    for (int told = clue.first_way; told < clue.last_way; ++told) {
      const int number = book_.told_ways[static_cast<std::size_t>(told)];
      if (!holds_all(number)) continue;
      const Way& way = book_.ways[static_cast<std::size_t>(number)];
      holds = true;
      weighed.sources.push_back({way.expression, telling.slot, &way});
    }
    if (holds) weighed.keys.push_back(telling.slot);
  }
  std::sort(weighed.words.begin(), weighed.words.end(), comes_first);
  sort_stably(weighed.sources, [](const Source& one, const Source& other) { return one.expression < other.expression; });
  return weighed;
}

// The places in reading order where one of a set's strings begins.
const Numbers& Spotted::starts_of(int set) {
  int& entry = starts_slot_[static_cast<std::size_t>(set)];
  if (entry) return starts_[static_cast<std::size_t>(entry - 1)];
  for (const int key : book_.sets[set]) {
    const int slot = stands_.slot_of(key);
    if (slot < 0) continue;
    for (const Place& place : stands_.places(slot)) opened_.add(place.start);
  }
  starts_.push_back(opened_.take());
  entry = static_cast<int>(starts_.size());
  return starts_.back();
}

bool Spotted::lies_near(const Way& way, int low, int high) {
  for (const int set : book_.asked(way)) {
    const Numbers& starts = starts_of(set);
    const auto it = std::lower_bound(starts.begin(), starts.end(), low);
    if (it == starts.end() || *it > high) return false;
  }
  return true;
}

// Whether the places where a match may begin are known of all ways.
bool Spotted::knows_starts(Sources::const_iterator first, Sources::const_iterator last) {
  return std::all_of(first, last, [](const Source& source) { return !source.way->before || source.way->opening >= 0; });
}

// Returns the only places where a match may begin.
Numbers Spotted::list_starts(Sources::const_iterator first, Sources::const_iterator last) {
  Numbers sets;
  for (auto source = first; source != last; ++source) {
    if (!source->way->before) {
      for (const Place& place : stands_.places(source->slot)) {
        if (lies_near(*source->way, place.start, place.end + source->way->after)) listed_.add(place.start);
      }
    } else if (std::find(sets.begin(), sets.end(), source->way->opening) == sets.end()) {
      sets.push_back(source->way->opening);
    }
  }
  for (const int set : sets) {
    for (const int start : starts_of(set)) listed_.add(start);
  }
  return listed_.take();
}

// Returns where a match may lie that holds one of the strings, in reading order, none touching another.
std::vector<Place> Spotted::join_windows(Sources::const_iterator first, Sources::const_iterator last) {
  std::vector<Place> windows, joined;
  const BarrierBits barriers = book_.expressions[static_cast<std::size_t>(first->expression)].barriers;
  for (auto source = first; source != last; ++source) {
    for (const Place& place : stands_.places(source->slot)) {
      const Place reach{std::max(place.start - source->way->before, 0),
                        std::min(place.end + source->way->after, surface_.text.size)};
      const bool is_short = reach.end - reach.start < kWorthClipping;
      const Place window = is_short ? reach : surface_.barriers.clip(reach, place, barriers);
      if (lies_near(*source->way, window.start, window.end)) windows.push_back(window);
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
    candidate.has_starts = knows_starts(first, last);
    if (candidate.has_starts) {
      candidate.starts = list_starts(first, last);
    } else {
      candidate.windows = join_windows(first, last);
    }
    if (!candidate.starts.empty() || !candidate.windows.empty()) weighed.candidates.push_back(std::move(candidate));
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
    for (const Place& place : stands_.places(slot)) mark_end(bits, place.end);
  }
  return bits;
}

}  // namespace kotowari
