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
      if (end != kExhausted) return end < 0 ? fail(start) : end;
      remembers_ = true;
      low_ = start;
      scratch().stack.clear();
    }
    const int end = run<true>(start);
    return end < 0 ? fail(start) : end;
  }

  /// Whether an attempt is sure to fail: what it would begin with has failed behind a run through here.
  bool is_vain(int start) const {
    if (start > vain_end_) return false;
    if (program_.start == program_.leading_run) return true;
    const int* const targets = program_.targets.data() + find_targets(instruction_at(program_.start), start);
    return targets[0] == 1 && targets[1] == program_.leading_run;
  }

 private:
  const Instruction& instruction_at(int place) const {
    return program_.instructions[static_cast<std::size_t>(place)];
  }

  // Notes how far the run that the program begins with goes: behind each shorter one it has failed, too.
  int fail(int start) {
    if (program_.leading_run < 0 || start <= vain_end_) return kNoMatch;
    const int set = instruction_at(program_.leading_run).argument;
    for (vain_end_ = start; vain_end_ < high_ && is_in(set, vain_end_);) ++vain_end_;
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
    const int* const targets = program_.targets.data() + find_targets(instruction, position_);
    const int count = targets[0];
    if (count == 0) return false;
    for (int i = count; i > 1; --i) scratch().stack.push_back({targets[i], position_, -1});
    place_ = targets[1];
    return true;
  }

  int find_targets(const Instruction& instruction, int position) const {
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
    return run.most == kUnlimitedRun || high_ - position_ < run.most ? high_ : position_ + run.most;
  }

  bool can_follow(const Instruction& run, int position) const {
    return run.follow < 0 || (position < high_ && is_in(run.follow, position));
  }

  template <bool kRemembers>
  bool start_run(const Instruction& run) {
    const int limit = find_limit(run);
    const int bound = position_ + run.least;
    int end = position_;
    while (end < limit && is_in(run.argument, end)) {
      ++end;
      // Whatever follows a run through here has been tried in vain, or is being tried.
      if (kRemembers && run.most == kUnlimitedRun && !visit(run.slot, end)) {
        --end;
        break;
      }
    }
    budget_ -= (end - position_) / 4;
    return end >= bound && settle_run(run, end, bound);
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
  int vain_end_ = -1;  // where the leading run that has failed ends
  int budget_ = kFreeSteps;
  bool remembers_ = false;
};

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_MATCHER_H_
