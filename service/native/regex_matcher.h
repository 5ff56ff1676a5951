// The matcher: backtracking with a stack of its own, and with a memory of where it has been once that is slow.

#ifndef KOTOWARI_REGEX_MATCHER_H_
#define KOTOWARI_REGEX_MATCHER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "regex.h"
#include "regex_program.h"
#include "regex_scratch.h"

namespace kotowari::regex {

constexpr int kNoMatch = -1;
constexpr int kExhausted = -2;
constexpr int kFreeSteps = 2000;
constexpr int kFreeStepsPerStart = 8;
constexpr std::size_t kGrowth = 64;
constexpr Match kNowhere{-1, -2};

/// Whether \w matches a character, for \b.
inline bool is_word(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || c == U'_';
}

/// Returns the small ASCII letter that a character is a case of, else itself.
inline char32_t fold_ascii(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + (U'a' - U'A');
  if (c == 0x17F) return U's';
  return c == 0x212A ? U'k' : c;
}

/// A search in one window of a text.
class Matcher {
 public:
  Matcher(const Program& program, const Context& context, int low, int high)
      : program_(program), context_(context), text_(context.text), low_(low), high_(high) {}

  ~Matcher() {
    if (scratch_ != nullptr) scratch_->clear();
  }

  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  /// Returns where the match that begins at a position ends; attempts go from left to right.
  int match_at(int start) {
    if (!remembers_) {
      budget_ += kFreeStepsPerStart;
      const int end = run<false>(start);
      if (end != kExhausted) return end < 0 ? fail() : end;
      remembers_ = true;
      low_ = start;
      tried_ = kNowhere;
      scratch().stack.clear();
    }
    const int end = run<true>(start);
    return end < 0 ? fail() : end;
  }

  /// The places behind the leading run, the last one included, where all attempts have failed.
  const Match& vain() const { return vain_; }

 private:
  const Instruction& instruction_at(int place) const {
    return program_.instructions[static_cast<std::size_t>(place)];
  }

  // Notes what an attempt that has failed leaves to the next ones: what has failed behind the leading run.
  int fail() {
    if (tried_.start < 0) return kNoMatch;
    const bool goes_on = vain_.start <= tried_.start && tried_.start <= vain_.end + 1;
    vain_ = goes_on ? Match{vain_.start, std::max(vain_.end, tried_.end)} : tried_;
    tried_ = kNowhere;
    return kNoMatch;
  }

  // Most attempts fail before they need it, and finding a thread's own takes longer than they do.
  Scratch& scratch() {
    if (scratch_ == nullptr) scratch_ = &thread_scratch();
    return *scratch_;
  }

  template <bool kRemembers>
  int run(int start) {
    place_ = program_.start;
    position_ = start;
    do {
      for (;;) {
        const Instruction& instruction = instruction_at(place_);
        if (kRemembers ? instruction.slot >= 0 && !visit(instruction.slot, position_) : --budget_ < 0) {
          if (kRemembers) break;
          return kExhausted;
        }
        if (instruction.opcode == Opcode::kMatch) return position_;
        if (!step<kRemembers>(instruction)) break;
      }
    } while (resume());
    return kNoMatch;
  }

  template <bool kRemembers>
  bool step(const Instruction& instruction) {
    switch (instruction.opcode) {
      case Opcode::kCharacter:
        return position_ < high_ && text_[position_] == static_cast<char32_t>(instruction.argument) &&
               advance(instruction, 1);
      case Opcode::kSet:
        return position_ < high_ && is_in(instruction.argument, position_) && advance(instruction, 1);
      case Opcode::kLiteral: return has_literal(instruction) && advance(instruction, instruction.size);
      case Opcode::kFoldedLiteral: return has_folded(instruction) && advance(instruction, instruction.size);
      case Opcode::kBranch: return branch(instruction);
      case Opcode::kRun: return start_run<kRemembers>(instruction);
      case Opcode::kLazyRun: return start_lazy_run(instruction);
      case Opcode::kAssertion: return holds(instruction) && advance(instruction, 0);
      case Opcode::kMatch: break;
    }
    return false;
  }

  bool advance(const Instruction& instruction, int count) {
    position_ += count;
    place_ = instruction.next;
    return true;
  }

  bool is_in(int set, int position) const {
    return program_.sets[static_cast<std::size_t>(set)].contains(text_[position], program_.ranges.data());
  }

  bool has_literal(const Instruction& instruction) const {
    if (high_ - position_ < instruction.size) return false;
    const char32_t* const literal = program_.literals.data() + instruction.argument;
    return std::equal(literal, literal + instruction.size, text_ + position_);
  }

  bool has_folded(const Instruction& instruction) const {
    if (high_ - position_ < instruction.size) return false;
    const char32_t* const literal = program_.literals.data() + instruction.argument;
    const auto is_same = [](char32_t expected, char32_t found) { return expected == fold_ascii(found); };
    return std::equal(literal, literal + instruction.size, text_ + position_, is_same);
  }

  bool is_word_at(int position) const {
    return position >= context_.low && position < context_.high && is_word(text_[position]);
  }

  bool holds(const Instruction& instruction) const {
    switch (static_cast<Assertion>(instruction.argument)) {
      case Assertion::kTextStart: return position_ == context_.low;
      case Assertion::kTextEnd: return position_ == context_.high;
      case Assertion::kWordBoundary: return is_word_at(position_ - 1) != is_word_at(position_);
      case Assertion::kNoWordBoundary: return is_word_at(position_ - 1) == is_word_at(position_);
    }
    return false;
  }

  bool branch(const Instruction& instruction) {
    const int& told = find_targets(instruction, position_);
    if (told >= 0) {  // most often there is but one
      place_ = told;
      return true;
    }
    if (told == kNoTarget) return false;
    const Slice<int> targets = program_.list_targets(told);
    for (const int* target = targets.last - 1; target != targets.first; --target) {
      scratch().stack.push_back({*target, position_, -1});
    }
    place_ = *targets.first;
    return true;
  }

  const int& find_targets(const Instruction& instruction, int position) const {
    const Dispatch& dispatch = program_.dispatches[static_cast<std::size_t>(instruction.argument)];
    if (position >= high_) return dispatch.end;
    const char32_t c = text_[position];
    const Bucket* const buckets = program_.buckets.data() + dispatch.begin;
    const std::uint32_t mask = 0xFFFFFFFFU >> dispatch.shift;
    for (std::uint32_t i = hash_character(c, dispatch.shift); buckets[i].key != kNoKey; i = (i + 1) & mask) {
      if (buckets[i].key == c) return buckets[i].targets;
    }
    return dispatch.other;
  }

  int find_limit(const Instruction& run) const {
    return run.is_unlimited() || high_ - position_ < run.most ? high_ : position_ + run.most;
  }

  bool can_follow(const Instruction& run, int position) const {
    return run.follow < 0 || (position < high_ && is_in(run.follow, position));
  }

  template <bool kRemembers>
  bool start_run(const Instruction& run) {
    const bool leads = place_ == program_.leading_run;
    const int limit = find_limit(run);
    const int known = leads && !kRemembers ? skip_known(limit) : position_;
    int end = known;
    while (end < limit && is_in(run.argument, end)) {
      ++end;
      // Whatever follows a run through here has been tried in vain, or is being tried.
      if (kRemembers && run.is_unlimited() && !visit(run.slot, end)) {
        --end;
        break;
      }
    }
    budget_ -= (end - known) / 4;
    const int bound = leads ? leave_out_vain(position_ + run.least, end) : position_ + run.least;
    return end >= bound && settle_run(run, end, bound);
  }

  // Returns how far the leading run is known to go: the attempt before has been through most of it.
  int skip_known(int limit) {
    if (position_ < run_.start || position_ > run_.end) run_ = {position_, position_};
    return std::min(run_.end, limit);
  }

  // Returns the first place behind the leading run, of those from `bound` to `end`, that is worth trying.
  int leave_out_vain(int bound, int end) {
    run_.end = std::max(run_.end, end);
    if (end < bound) return bound;
    tried_ = {bound, end};
    return vain_.start <= bound ? std::max(bound, vain_.end + 1) : bound;
  }

  // Goes on behind the longest run that what follows can begin behind.
  bool settle_run(const Instruction& run, int position, int bound) {
    while (!can_follow(run, position)) {
      if (--position < bound) return false;
    }
    if (position > bound) scratch().stack.push_back({place_, position - 1, bound});
    position_ = position;
    place_ = run.next;
    return true;
  }

  bool start_lazy_run(const Instruction& run) {
    const int limit = find_limit(run);
    const int bound = position_ + run.least;
    if (bound > limit) return false;
    for (int position = position_; position < bound; ++position) {
      if (!is_in(run.argument, position)) return false;
    }
    return settle_lazy_run(run, bound, limit);
  }

  bool settle_lazy_run(const Instruction& run, int position, int bound) {
    while (!can_follow(run, position)) {
      if (position >= bound || !is_in(run.argument, position)) return false;
      ++position;
    }
    if (position < bound && is_in(run.argument, position)) scratch().stack.push_back({place_, position + 1, bound});
    position_ = position;
    place_ = run.next;
    return true;
  }

  // Takes up the alternative of highest priority that is left, if any.
  bool resume() {
    while (scratch_ != nullptr && !scratch_->stack.empty()) {
      const Alternative alternative = scratch_->stack.back();
      scratch_->stack.pop_back();
      place_ = alternative.place;
      position_ = alternative.position;
      if (alternative.bound < 0) return true;
      const Instruction& run = instruction_at(place_);
      const bool found = run.opcode == Opcode::kRun ? settle_run(run, position_, alternative.bound)
                                                    : settle_lazy_run(run, position_, alternative.bound);
      if (found) return true;
    }
    return false;
  }

  std::size_t bit_at(int slot, int position) const {
    const auto row = static_cast<std::size_t>(position - low_);
    return row * static_cast<std::size_t>(program_.slots) + static_cast<std::size_t>(slot);
  }

  // Notes a visit; false: it is not the first. The memory grows with the farthest position.
  bool visit(int slot, int position) {
    const std::size_t bit = bit_at(slot, position);
    std::vector<std::uint64_t>& visited = scratch().visited;
    if (bit / 64 >= visited.size()) visited.resize(bit / 64 + kGrowth);
    std::uint64_t& word = visited[bit / 64];
    const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
    if ((word & mask) != 0) return false;
    word |= mask;
    return true;
  }

  const Program& program_;
  const Context& context_;
  const char32_t* text_;
  int low_;
  int high_;
  Scratch* scratch_ = nullptr;  // unless it has been needed
  int place_ = 0;
  int position_ = 0;
  // Of the leading run, the last place included: where it is known to go through, where the attempt has gone on
  // behind it, and where every attempt has in vain.
  Match run_ = kNowhere, tried_ = kNowhere, vain_ = kNowhere;
  int budget_ = kFreeSteps;
  bool remembers_ = false;
};

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_MATCHER_H_
