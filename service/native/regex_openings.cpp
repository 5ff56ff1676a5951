// The openings of a program, found by walking it as far as its second character.

#include "regex_openings.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "regex.h"

namespace kotowari::regex {
namespace {

constexpr Mask kAll = ~Mask{0};
constexpr char32_t kMostListed = 4096;  // characters of a range: more have every hash
constexpr char32_t kAsciiEnd = 0x80;

Mask mark(char32_t c) { return Mask{1} << hash_opening(c); }

// Marks a character in any case: those that RE2 takes for s and k are among them.
Mask mark_folded(char32_t c) {
  Mask mask = mark(c);
  if (c >= U'a' && c <= U'z') mask |= mark(c - (U'a' - U'A'));
  if (c == U's') mask |= mark(0x17F);
  if (c == U'k') mask |= mark(0x212A);
  return mask;
}

bool is_run(const Instruction& instruction) {
  return instruction.opcode == Opcode::kRun || instruction.opcode == Opcode::kLazyRun;
}

class Walk {
 public:
  explicit Walk(const Program& program) : program_(program), firsts_(program.instructions.size()) {}

  Openings find() {
    Openings openings{};
    std::vector<int> consuming;
    const bool is_empty = !list_consuming(program_.start, consuming);
    if (is_empty || program_.can_be_empty) {
      openings.fill(kAll);
      return openings;
    }
    for (const int place : consuming) {
      const Instruction& instruction = at(place);
      const Mask first = mark_first(instruction), second = mark_second(instruction);
      for (std::size_t bit = 0; bit < openings.size(); ++bit) {
        if ((first >> bit & 1) != 0) openings[bit] |= second;
      }
    }
    return openings;
  }

 private:
  const Instruction& at(int place) const { return program_.instructions[static_cast<std::size_t>(place)]; }

  // Lists the instructions that can take the first character from a place on, elsewhere than at the text's start; false:
  // a match may end before.
  bool list_consuming(int start, std::vector<int>& consuming) const {
    std::vector<bool> seen(program_.instructions.size());
    std::vector<int> places{start};
    while (!places.empty()) {
      const int place = places.back();
      places.pop_back();
      if (seen[static_cast<std::size_t>(place)]) continue;
      seen[static_cast<std::size_t>(place)] = true;
      const Instruction& instruction = at(place);
      switch (instruction.opcode) {
        case Opcode::kMatch: return false;
        case Opcode::kBranch: add_targets(instruction, places); break;
        case Opcode::kAssertion:
          // At the text's start a search tries in any case.
          if (static_cast<Assertion>(instruction.argument) != Assertion::kTextStart) places.push_back(instruction.next);
          break;
        default:
          if (is_run(instruction) && instruction.least == 0) places.push_back(instruction.next);
          consuming.push_back(place);
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

  void add_list(int list, std::vector<int>& places) const {
    const int* const targets = program_.targets.data() + list;
    places.insert(places.end(), targets + 1, targets + 1 + targets[0]);
  }

  // Marks the first characters from a place on; all where a match may end there.
  Mask mark_from(int place) {
    Mask& known = firsts_[static_cast<std::size_t>(place)];
    if (known != 0) return known;
    std::vector<int> consuming;
    if (!list_consuming(place, consuming)) return known = kAll;
    for (const int each : consuming) known |= mark_first(at(each));
    return known;
  }

  Mask mark_first(const Instruction& instruction) const {
    switch (instruction.opcode) {
      case Opcode::kCharacter: return mark(static_cast<char32_t>(instruction.argument));
      case Opcode::kLiteral: return mark(letter(instruction, 0));
      case Opcode::kFoldedLiteral: return mark_folded(letter(instruction, 0));
      default: return mark_set(program_.sets[static_cast<std::size_t>(instruction.argument)]);
    }
  }

  Mask mark_second(const Instruction& instruction) {
    const bool is_literal = instruction.opcode == Opcode::kLiteral || instruction.opcode == Opcode::kFoldedLiteral;
    if (is_literal && instruction.size > 1) {
      return instruction.opcode == Opcode::kLiteral ? mark(letter(instruction, 1)) : mark_folded(letter(instruction, 1));
    }
    if (!is_run(instruction)) return mark_from(instruction.next);
    const Mask again = instruction.most > 1 ? mark_first(instruction) : Mask{0};
    return instruction.least > 1 ? again : again | mark_from(instruction.next);
  }

  char32_t letter(const Instruction& literal, int index) const {
    return program_.literals[static_cast<std::size_t>(literal.argument + index)];
  }

  Mask mark_set(const CharacterSet& set) const {
    if (set.negated) return kAll;
    Mask mask = 0;
    for (char32_t c = 0; c < kAsciiEnd; ++c) {
      if ((set.ascii[c >> 6] >> (c & 63) & 1) != 0) mask |= mark(c);
    }
    for (std::uint32_t index = set.begin; index < set.begin + set.size; ++index) {
      const CodeRange range = program_.ranges[index];
      if (range.high - range.low >= kMostListed) return kAll;
      for (char32_t c = range.low; c <= range.high; ++c) mask |= mark(c);
    }
    return mask;
  }

  const Program& program_;
  std::vector<Mask> firsts_;  // of each place what was marked; 0: nothing yet
};

}  // namespace

Openings find_openings(const Program& program) { return Walk(program).find(); }

}  // namespace kotowari::regex
