// The openings of a program, found by walking it character by character.

#include "regex_openings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace kotowari::regex {
namespace {

// A bit for each hash of a character.
using Mask = std::uint64_t;

constexpr Mask kAll = ~Mask{0};
constexpr char32_t kMostListed = 4096;  // characters of a range: more have every hash
constexpr char32_t kAsciiEnd = 0x80;

Mask mark_character(char32_t c) { return Mask{1} << hash_opening(c); }

// Marks a character in any case: those that RE2 takes for s and k are among them.
Mask mark_folded(char32_t c) {
  Mask mask = mark_character(c);
  if (c >= U'a' && c <= U'z') mask |= mark_character(c - (U'a' - U'A'));
  if (c == U's') mask |= mark_character(0x17F);
  if (c == U'k') mask |= mark_character(0x212A);
  return mask;
}

// Returns the place of the lowest bit of a mask that is not 0.
std::size_t find_bit(Mask mask) {
  std::size_t bit = 0;
  for (; (mask & 0xFF) == 0; mask >>= 8) bit += 8;
  for (; (mask & 1) == 0; mask >>= 1) ++bit;
  return bit;
}

bool is_run(const Instruction& instruction) {
  return instruction.opcode == Opcode::kRun || instruction.opcode == Opcode::kLazyRun;
}

// An instruction, and how many characters it has taken: it is to take the next one.
using Step = std::pair<int, int>;

class Walk {
 public:
  explicit Walk(const Program& program)
      : program_(program), seen_(program.instructions.size()), set_masks_(program.sets.size()) {}

  // Returns the openings of what matches from an instruction on; nothing that begins with the one at `left_out` is
  // walked; -1: all is.
  Openings find(int start, int left_out) {
    Openings openings{};
    std::vector<Step> steps;
    if (left_out >= 0) seen_[static_cast<std::size_t>(left_out)] = listing_ + 1;
    bool ends = !list_steps(start, steps);
    for (auto& level : openings) {
      if (ends) {
        level.fill(kAll);
      } else {
        ends = mark_level(level, steps);
      }
    }
    return openings;
  }

 private:
  const Instruction& at(int place) const { return program_.instructions[static_cast<std::size_t>(place)]; }

  // Marks what may follow the characters that steps take, and replaces these by the next ones; true: a match may end.
  bool mark_level(std::array<Mask, 64>& level, std::vector<Step>& steps) {
    std::vector<Step> all_next;
    bool ends = false;
    for (const Step& step : steps) {
      const std::size_t begin = all_next.size();
      const bool is_last = !list_next(step, all_next);
      Mask nexts = is_last ? kAll : 0;
      for (std::size_t index = begin; index < all_next.size() && nexts != kAll; ++index) {
        nexts |= mark(all_next[index]);
      }
      ends = ends || is_last;
      for (Mask left = mark(step); left != 0; left &= left - 1) level[find_bit(left)] |= nexts;
    }
    std::sort(all_next.begin(), all_next.end());
    all_next.erase(std::unique(all_next.begin(), all_next.end()), all_next.end());
    steps = std::move(all_next);
    return ends;
  }

  // Lists the steps behind one; false: a match may end there.
  bool list_next(Step step, std::vector<Step>& steps) {
    const Instruction& instruction = at(step.first);
    const int taken = step.second + 1;
    if (is_run(instruction)) {
      const bool is_unlimited = instruction.is_unlimited();
      if (is_unlimited || taken < instruction.most) steps.emplace_back(step.first, taken);
      return taken < instruction.least || list_steps(instruction.next, steps);
    }
    if (taken >= instruction.size) return list_steps(instruction.next, steps);
    steps.emplace_back(step.first, taken);
    return true;
  }

  // Lists the steps that can be the first from a place on, elsewhere than at the text's start; false: a match may
  // end before.
  bool list_steps(int start, std::vector<Step>& steps) {
    ++listing_;
    places_.assign(1, start);
    while (!places_.empty()) {
      const int place = places_.back();
      places_.pop_back();
      if (std::exchange(seen_[static_cast<std::size_t>(place)], listing_) == listing_) continue;
      const Instruction& instruction = at(place);
      switch (instruction.opcode) {
        case Opcode::kMatch: return false;
        case Opcode::kBranch: add_targets(instruction, places_); break;
        case Opcode::kAssertion:
          // At the text's start a search tries in any case.
          if (static_cast<Assertion>(instruction.argument) == Assertion::kTextStart) break;
          places_.push_back(instruction.next);
          break;
        default:
          if (is_run(instruction) && instruction.least == 0) places_.push_back(instruction.next);
          steps.emplace_back(place, 0);
      }
    }
    return true;
  }

  // Adds all alternatives of a branch, whatever character they are tried before.
  void add_targets(const Instruction& branch, std::vector<int>& places) const {
    const Dispatch& dispatch = program_.dispatches[static_cast<std::size_t>(branch.argument)];
    add_list(dispatch.other, places);
    add_list(dispatch.end, places);
    const std::size_t size = (std::size_t{0xFFFFFFFFU} >> dispatch.shift) + 1;
    for (std::size_t index = 0; index < size; ++index) {
      const Bucket& bucket = program_.buckets[static_cast<std::size_t>(dispatch.begin) + index];
      if (bucket.key != kNoKey) add_list(bucket.targets, places);
    }
  }

  void add_list(const int& told, std::vector<int>& places) const {
    const Slice<int> targets = program_.list_targets(told);
    places.insert(places.end(), targets.begin(), targets.end());
  }

  // Marks the characters that a step can take.
  Mask mark(Step step) {
    const Instruction& instruction = at(step.first);
    switch (instruction.opcode) {
      case Opcode::kCharacter: return mark_character(static_cast<char32_t>(instruction.argument));
      case Opcode::kLiteral: return mark_character(letter(instruction, step.second));
      case Opcode::kFoldedLiteral: return mark_folded(letter(instruction, step.second));
      default: break;
    }
    Mask& known = set_masks_[static_cast<std::size_t>(instruction.argument)];
    if (known == 0) known = mark_set(program_.sets[static_cast<std::size_t>(instruction.argument)]);
    return known;
  }

  char32_t letter(const Instruction& literal, int index) const {
    return program_.literals[static_cast<std::size_t>(literal.argument + index)];
  }

  Mask mark_set(const CharacterSet& set) const {
    if (set.negated) return kAll;
    Mask mask = 0;
    for (char32_t c = 0; c < kAsciiEnd; ++c) {
      if ((set.ascii[c >> 6] >> (c & 63) & 1) != 0) mask |= mark_character(c);
    }
    for (std::uint32_t index = set.begin; index < set.begin + set.size; ++index) {
      const CodeRange range = program_.ranges[index];
      if (range.high - range.low >= kMostListed) return kAll;
      for (char32_t c = range.low; c <= range.high; ++c) mask |= mark_character(c);
    }
    return mask;
  }

  const Program& program_;
  std::vector<int> places_;       // of the listing that is being made: where it still has to look
  std::vector<int> seen_;         // of each place the last listing that came there
  std::vector<Mask> set_masks_;   // of each set what was marked; 0: nothing yet
  int listing_ = 0;
};

}  // namespace

Openings find_openings(const Program& program) {
  if (!program.can_be_empty) return Walk(program).find(program.start, -1);
  Openings all;
  for (auto& level : all) level.fill(kAll);
  return all;
}

std::optional<RunOpenings> find_run_openings(const Program& program) {
  const int run = program.leading_run;
  if (run < 0 || program.can_be_empty) return std::nullopt;
  RunOpenings openings{Walk(program).find(program.instructions[static_cast<std::size_t>(run)].next, -1), {}, false};
  const auto& firsts = openings.behind[0];
  if (std::all_of(firsts.begin(), firsts.end(), [](Mask mask) { return mask == kAll; })) return std::nullopt;
  openings.is_only = program.start == run;
  if (!openings.is_only) openings.otherwise = Walk(program).find(program.start, run);
  return openings;
}

}  // namespace kotowari::regex
