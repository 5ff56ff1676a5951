// Sets and branches in the form in which they are quick to ask.

#include "regex_tables.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace kotowari::regex {
namespace {

constexpr char32_t kAsciiEnd = 0x80;
constexpr char32_t kMostKeys = 64;  // of one alternative
constexpr unsigned kHashBits = 32;

// Whether the next character is worth looking at before the alternative is tried.
bool is_selective(const Entry& entry) { return !entry.open && count_characters(entry.first) <= kMostKeys; }

}  // namespace

char32_t count_characters(const CodeRanges& ranges) {
  char32_t count = 0;
  for (const CodeRange range : ranges) count += range.high - range.low + 1;
  return count;
}

bool contains(const CodeRanges& ranges, char32_t c) {
  const auto found = std::partition_point(ranges.begin(), ranges.end(), [c](CodeRange r) { return r.high < c; });
  return found != ranges.end() && found->low <= c;
}

CharacterSet ProgramTables::make_set(const CodeRanges& ranges) {
  CharacterSet set;
  for (char32_t c = 0; c < kAsciiEnd; ++c) {
    if (contains(ranges, c)) set.ascii[c >> 6] |= std::uint64_t{1} << (c & 63);
  }
  const CodeRanges outside = complement(ranges);
  set.negated = count_characters(outside) < count_characters(ranges);
  set.begin = static_cast<std::uint32_t>(program_.ranges.size());
  for (CodeRange range : set.negated ? outside : ranges) {
    if (range.high < kAsciiEnd) continue;
    range.low = std::max(range.low, kAsciiEnd);
    program_.ranges.push_back(range);
    const char32_t last = std::min(range.high, static_cast<char32_t>(range.low + 0xFF));
    for (char32_t c = range.low; c <= last; ++c) set.filter[(c >> 6) & 3] |= std::uint64_t{1} << (c & 63);
  }
  set.size = static_cast<std::uint32_t>(program_.ranges.size()) - set.begin;
  return set;
}

int ProgramTables::add_set(const CodeRanges& ranges) {
  const auto [found, is_new] = set_indices_.emplace(ranges, static_cast<int>(program_.sets.size()));
  if (is_new) program_.sets.push_back(make_set(ranges));
  return found->second;
}

int ProgramTables::add_dispatch(const std::vector<Entry>& alternatives) {
  CodeRanges keys;
  for (const Entry& alternative : alternatives) {
    if (is_selective(alternative)) keys.insert(keys.end(), alternative.first.begin(), alternative.first.end());
  }
  normalise(keys);
  Dispatch dispatch{};
  dispatch.other = add_targets(alternatives, [](const Entry& entry) { return !is_selective(entry); });
  dispatch.end = add_targets(alternatives, [](const Entry& entry) { return entry.open; });
  fill_buckets(dispatch, alternatives, keys);
  program_.dispatches.push_back(dispatch);
  return static_cast<int>(program_.dispatches.size()) - 1;
}

void ProgramTables::fill_buckets(Dispatch& dispatch, const std::vector<Entry>& alternatives, const CodeRanges& keys) {
  unsigned bits = 1;
  while ((char32_t{1} << bits) < 2 * count_characters(keys)) ++bits;
  dispatch.shift = kHashBits - bits;
  const std::uint32_t mask = (1U << bits) - 1;
  const std::size_t begin = program_.buckets.size();
  dispatch.begin = static_cast<int>(begin);
  program_.buckets.resize(begin + mask + 1, {kNoKey, 0});
  for (const CodeRange range : keys) {
    for (char32_t c = range.low; c <= range.high; ++c) {
      const auto fits = [c](const Entry& entry) { return entry.open || contains(entry.first, c); };
      std::uint32_t index = hash_character(c, dispatch.shift);
      while (program_.buckets[begin + index].key != kNoKey) index = (index + 1) & mask;
      program_.buckets[begin + index] = {c, add_targets(alternatives, fits)};
    }
  }
}

template <typename Fits>
int ProgramTables::add_targets(const std::vector<Entry>& alternatives, Fits fits) {
  std::vector<int> places;
  for (const Entry& alternative : alternatives) {
    if (fits(alternative)) places.push_back(alternative.place);
  }
  if (places.size() < 2) return places.empty() ? kNoTarget : places.front();
  const auto [found, is_new] = target_lists_.emplace(places, kFirstList - static_cast<int>(program_.targets.size()));
  if (is_new) {
    program_.targets.push_back(static_cast<int>(places.size()));
    program_.targets.insert(program_.targets.end(), places.begin(), places.end());
  }
  return found->second;
}

}  // namespace kotowari::regex
