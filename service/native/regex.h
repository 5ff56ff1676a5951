// Regular expressions on UTF-32 text whose matches are those of RE2 (leftmost, then by priority).

#ifndef KOTOWARI_REGEX_H_
#define KOTOWARI_REGEX_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>

namespace kotowari {

namespace regex {
struct Program;
struct RunOpenings;
}  // namespace regex

/// Returns the hash, below 64, that the first two characters of a match are looked up by.
inline unsigned hash_opening(char32_t c) { return (static_cast<std::uint32_t>(c) * 0x9E3779B1U) >> 26; }

/// A text: [low, high) are the positions that ^, $ and \b take for the whole of it.
struct Context {
  const char32_t* text;
  int low;
  int high;
  const std::uint8_t* hashes;  // hash_opening of each character
};

/// Where a match lies, as [start, end).
struct Match {
  int start;
  int end;
};

/// Of each hash of a match's n-th character the hashes, as bits, of the next ones that may follow it; for each n.
using Openings = std::array<std::array<std::uint64_t, 64>, 3>;

namespace regex {

constexpr std::uint64_t kAnyNext = ~std::uint64_t{0};  // of a character that may be the last one, too

/// Whether a match that may open with the first two characters may go on behind them; `size`: how many there are.
inline bool may_go_on(const Openings& openings, const std::uint8_t* hashes, int size) {
  const std::uint64_t thirds = openings[1][hashes[1]];
  if (size < 3) return thirds == kAnyNext;
  if ((thirds >> hashes[2] & 1) == 0) return false;
  const std::uint64_t fourths = openings[2][hashes[2]];
  return size < 4 ? fourths == kAnyNext : (fourths >> hashes[3] & 1) != 0;
}

}  // namespace regex

/// A compiled expression; immutable, so that threads can share one.
class Regex {
 public:
  /// Compiles an expression; throws std::invalid_argument where its syntax is not supported.
  Regex(const char32_t* source, int size, std::pmr::memory_resource* memory = std::pmr::get_default_resource());

  /// Finds the first match within [low, high), or, anchored, the one that begins at low; empty ones count.
  bool search(const Context& context, int low, int high, bool anchored, Match& match) const {
    if (context.low < 0 || low < context.low || high < low || context.high < high) return false;
    // Most attempts fail here, so that it is worth doing without a call.
    if (anchored) return (low == high || may_open(context, low, high)) && find_at(context, low, high, match);
    return find_from_left(context, low, high, high + 1, match);
  }
  /// Finds the first match within [low, high) that begins before `until`.
  bool search_before(const Context& context, int low, int high, int until, Match& match) const {
    return context.low <= low && low <= high && high <= context.high && find_from_left(context, low, high, until, match);
  }

  /// Whether a match may hold a character that is no letter.
  bool may_hold(char32_t c) const;

 private:
  // Whether a match may open with the characters at a position.
  bool may_open(const Context& context, int position, int high) const {
    if (position == context.low) return true;
    const std::uint8_t* const hashes = context.hashes + position;
    const std::uint64_t seconds = openings_[0][hashes[0]];
    if (position + 1 >= high) return seconds == regex::kAnyNext;
    return (seconds >> hashes[1] & 1) != 0 && regex::may_go_on(openings_, hashes, high - position);
  }

  bool find_at(const Context& context, int low, int high, Match& match) const;
  bool find_from_left(const Context& context, int low, int high, int until, Match& match) const;

  Openings openings_;
  std::shared_ptr<const regex::RunOpenings> run_openings_;  // if there are any
  std::shared_ptr<const regex::Program> program_;
};

}  // namespace kotowari

#endif  // KOTOWARI_REGEX_H_
