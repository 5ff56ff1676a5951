#include "view.h"

namespace kotowari {

namespace {

bool is_one_to_one(const Change& change) { return change.end - change.start == 1 && change.letters.size() == 1; }

}  // namespace

void View::rewrite(const Changes& changes) {
  if (std::all_of(changes.begin(), changes.end(), is_one_to_one)) {
    for (const Change& change : changes) write(change.start, change.letters[0]);
    return;
  }
  String letters;
  std::vector<Place> places;
  letters.reserve(letters_.size());
  places.reserve(letters_.size());
  const auto keep = [&](int start, int end) {
    letters.append(letters_, static_cast<std::size_t>(start), static_cast<std::size_t>(end - start));
    if (is_moved_) {
      places.insert(places.end(), places_.begin() + start, places_.begin() + end);
    } else {
      for (int at = start; at < end; ++at) places.push_back({at, at + 1});
    }
  };
  int at = 0;
  for (const Change& change : changes) {
    keep(at, change.start);
    letters += change.letters;
    if (!change.letters.empty()) {
      places.insert(places.end(), change.letters.size(), {trace(change.start).start, trace(change.end - 1).end});
    }
    at = change.end;
  }
  keep(at, text().size);
  letters_ = std::move(letters);
  places_ = std::move(places);
  is_moved_ = true;
}

Place View::locate(Place part) const {
  if (!is_moved_) return part;
  if (part.end > part.start) return {trace(part.start).start, trace(part.end - 1).end};
  int at = 0;  // an empty slice stands before its sign
  if (part.start < text().size) {
    at = trace(part.start).start;
  } else if (text().size > 0) {
    at = trace(text().size - 1).end;
  }
  return {at, at};
}

}  // namespace kotowari
