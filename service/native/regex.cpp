// An expression's public face: where a match may begin, and the attempts from left to right.

#include "regex.h"

#include <algorithm>

#include "regex_matcher.h"
#include "regex_openings.h"
#include "regex_program.h"
#include "regex_syntax.h"

namespace kotowari {

regex::Scratch& regex::thread_scratch() {
  thread_local Scratch scratch;
  return scratch;
}

Regex::Regex(const char32_t* source, int size, std::pmr::memory_resource* memory)
    : program_(std::allocate_shared<regex::Program>(
          std::pmr::polymorphic_allocator<regex::Program>(memory),
          regex::compile_regex(regex::parse_regex(source, size)), memory)) {
  openings_ = regex::find_openings(*program_);
  const int run = program_->leading_run;
  if (run >= 0 && run != program_->start && program_->instructions[static_cast<std::size_t>(run)].is_unlimited()) {
    openings_without_run_ = std::allocate_shared<Openings>(std::pmr::polymorphic_allocator<Openings>(memory),
                                                           regex::find_openings_without_run(*program_));
  }
}

bool Regex::may_hold(char32_t c) const {
  const regex::Program& program = *program_;
  const auto takes = [&](const regex::Instruction& instruction) {
    const auto argument = static_cast<std::size_t>(instruction.argument);
    switch (instruction.opcode) {
      case regex::Opcode::kCharacter: return static_cast<char32_t>(instruction.argument) == c;
      case regex::Opcode::kLiteral:
      case regex::Opcode::kFoldedLiteral: {
        const char32_t* const literal = program.literals.data() + argument;
        return std::find(literal, literal + instruction.size, c) != literal + instruction.size;
      }
      case regex::Opcode::kSet:
      case regex::Opcode::kRun:
      case regex::Opcode::kLazyRun: return program.sets[argument].contains(c, program.ranges.data());
      default: return false;
    }
  };
  return std::any_of(program.instructions.begin(), program.instructions.end(), takes);
}

int Regex::find_opening(const Openings& openings, const Context& context, int position, int until, int high) {
  const std::uint8_t* const hashes = context.hashes;
  const auto& seconds = openings[0];
  for (const int end = std::min(until, high - 1); position < end; ++position) {
    if ((seconds[hashes[position]] >> hashes[position + 1] & 1) == 0) continue;
    if (may_go_on(openings, hashes + position, high - position)) return position;
  }
  const bool is_last = position < until && position + 1 == high;
  return is_last && seconds[hashes[position]] == kAnyNext ? position : high;
}

int Regex::skip_vain(const Context& context, int position, int end, int high) const {
  if (!openings_without_run_) return std::max(position + 1, end);
  const int opening = find_opening(*openings_without_run_, context, position + 1, end, high);
  return opening < end ? opening : std::max(position + 1, end);
}

bool Regex::find_at(const Context& context, int low, int high, Match& match) const {
  const regex::Program& program = *program_;
  if (!program.can_be_empty && (low == high || !program.may_begin_with(context.text[low]))) return false;
  const int end = regex::Matcher(program, context, low, high).match_at(low);
  if (end == regex::kNoMatch) return false;
  match = {low, end};
  return true;
}

bool Regex::find_from_left(const Context& context, int low, int high, int until, Match& match) const {
  const regex::Program& program = *program_;
  const auto find_start = [&](int position) {
    if (program.can_be_empty) return position;
    int start = position == context.low ? position : find_opening(openings_, context, position, until, high);
    // Characters that cannot begin a match may have the hashes of some that can.
    while (start < high && !program.may_begin_with(context.text[start])) {
      start = find_opening(openings_, context, start + 1, until, high);
    }
    return start < high ? start : high + 1;
  };
  const int last = std::min(high, until - 1);
  int start = find_start(low);
  if (start > last) return false;
  regex::Matcher matcher(program, context, low, high);
  while (start <= last) {
    if (matcher.is_vain(start)) {
      start = find_start(skip_vain(context, start, matcher.vain_end(), high));
      continue;
    }
    const int end = matcher.match_at(start);
    if (end != regex::kNoMatch) {
      match = {start, end};
      return true;
    }
    start = find_start(start + 1);
  }
  return false;
}

}  // namespace kotowari
