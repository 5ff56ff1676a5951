// Where a search from left to right makes its attempts: at the places that a match may open at.

#ifndef KOTOWARI_REGEX_STARTS_H_
#define KOTOWARI_REGEX_STARTS_H_

#include <algorithm>
#include <cstdint>

#include "regex.h"
#include "regex_openings.h"
#include "regex_program.h"

namespace kotowari::regex {

/// Returns the first place from a position on, but before `until` and `high`, that a match may open at; if none, `high`.
inline int find_opening(const Openings& openings, const Context& context, int position, int until, int high) {
  const std::uint8_t* const hashes = context.hashes;
  const auto& seconds = openings[0];
  for (const int end = std::min(until, high - 1); position < end; ++position) {
    if ((seconds[hashes[position]] >> hashes[position + 1] & 1) == 0) continue;
    if (may_go_on(openings, hashes + position, high - position)) return position;
  }
  const bool is_last = position < until && position + 1 == high;
  return is_last && seconds[hashes[position]] == kAnyNext ? position : high;
}

/// The places worth an attempt in one window of a text, until a place.
class Starts {
 public:
  /// `run`: the openings around the leading run, if there are any.
  Starts(const Program& program, const Openings& openings, const RunOpenings* run, const Context& context, int high,
         int until)
      : program_(program), openings_(openings), run_(run), context_(context), high_(high), until_(until) {}

  /// Returns the next one from a position on; beyond the window if there is none. `vain`: the places, the last one
  /// included, behind the leading run where all has failed.
  int next(int position, const Match& vain) {
    if (program_.can_be_empty) return position;
    int start = position == context_.low ? position : find(position, vain);
    // Characters that cannot begin a match may have the hashes of some that can.
    while (start < high_ && !program_.may_begin_with(context_.text[start])) start = find(start + 1, vain);
    return start < high_ ? start : high_ + 1;
  }

 private:
  int find(int position, const Match& vain) {
    if (run_ == nullptr) return find_opening(openings_, context_, position, until_, high_);
    const int start = find_run(position, vain);
    if (run_->is_only) return start;
    const int end = std::min(start, until_);
    const int other = find_opening(run_->otherwise, context_, position, end, high_);
    return other < end ? other : start;
  }

  // Returns the first place from which the leading run leads to one where what follows it may open; if none, `high_`.
  int find_run(int position, const Match& vain) {
    const Instruction& run = program_.instructions[static_cast<std::size_t>(program_.leading_run)];
    const int first = position + run.least;
    find_behind(vain.start <= first && first <= vain.end ? vain.end + 1 : first);
    for (; behind_ < high_; find_behind(behind_ + 1)) {
      const int start = go_back(run, position);
      if (start + run.least <= behind_) return start;
    }
    return high_;
  }

  void find_behind(int position) {
    if (behind_ < position) behind_ = find_opening(run_->behind, context_, position, high_, high_);
  }

  // Returns where the longest run begins that leads from a position or later to what follows it.
  int go_back(const Instruction& run, int position) const {
    const CharacterSet& set = program_.sets[static_cast<std::size_t>(run.argument)];
    const int bound = run.is_unlimited() ? position : std::max(position, behind_ - run.most);
    int start = behind_;
    while (start > bound && set.contains(context_.text[start - 1], program_.ranges.data())) --start;
    return start;
  }

  const Program& program_;
  const Openings& openings_;
  const RunOpenings* run_;
  const Context& context_;
  int high_;
  int until_;
  int behind_ = -1;  // the first place where what follows the leading run may open, of those that a run leads to
};

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_STARTS_H_
