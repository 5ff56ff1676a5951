// An expression's public face: where a match may begin, and the attempts from left to right.

#include "regex.h"

#include <algorithm>

#include "regex_matcher.h"
#include "regex_openings.h"
#include "regex_program.h"
#include "regex_starts.h"
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
  if (const std::optional<regex::RunOpenings> found = regex::find_run_openings(*program_)) {
    run_openings_ = std::allocate_shared<regex::RunOpenings>(
        std::pmr::polymorphic_allocator<regex::RunOpenings>(memory), *found);
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

bool Regex::find_at(const Context& context, int low, int high, Match& match) const {
  const regex::Program& program = *program_;
  const int end = regex::Matcher(program, context, low, high).match_at(low);
  if (end == regex::kNoMatch) return false;
  match = {low, end};
  return true;
}

bool Regex::find_from_left(const Context& context, int low, int high, int until, Match& match) const {
  const regex::Program& program = *program_;
  const int last = std::min(high, until - 1);
  regex::Starts starts(program, openings_, run_openings_.get(), context, high, until);
  regex::Matcher matcher(program, context, low, high);
  for (int start = starts.next(low, matcher.vain()); start <= last; start = starts.next(start + 1, matcher.vain())) {
    const int end = matcher.match_at(start);
    if (end == regex::kNoMatch) continue;
    match = {start, end};
    return true;
  }
  return false;
}

}  // namespace kotowari
