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
}

int Regex::find_opening(const Context& context, int position, int until, int high) const {
  const std::uint8_t* const hashes = context.hashes;
  const auto& seconds = openings_[0];
  for (const int end = std::min(until, high - 1); position < end; ++position) {
    if ((seconds[hashes[position]] >> hashes[position + 1] & 1) == 0) continue;
    if (may_go_on(hashes + position, high - position)) return position;
  }
  const bool is_last = position < until && position + 1 == high;
  return is_last && seconds[hashes[position]] == kAnyNext ? position : high;
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
    int start = position == context.low ? position : find_opening(context, position, until, high);
    // Characters that cannot begin a match may have the hashes of some that can.
    while (start < high && !program.may_begin_with(context.text[start])) {
      start = find_opening(context, start + 1, until, high);
    }
    return start < high ? start : high + 1;
  };
  const int last = std::min(high, until - 1);
  int start = find_start(low);
  if (start > last) return false;
  regex::Matcher matcher(program, context, low, high);
  for (; start <= last; start = find_start(start + 1)) {
    if (matcher.is_vain(start)) continue;
    const int end = matcher.match_at(start);
    if (end == regex::kNoMatch) continue;
    match = {start, end};
    return true;
  }
  return false;
}

}  // namespace kotowari
