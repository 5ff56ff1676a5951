// An expression's public face: where a match may begin, and the attempts from left to right.

#include "regex.h"

#include "regex_matcher.h"
#include "regex_openings.h"
#include "regex_program.h"
#include "regex_syntax.h"

namespace kotowari {

regex::Scratch& regex::thread_scratch() {
  thread_local Scratch scratch;
  return scratch;
}

Regex::Regex(const char32_t* source, int size)
    : program_(std::make_shared<const regex::Program>(regex::compile_regex(regex::parse_regex(source, size)))) {
  openings_ = regex::find_openings(*program_);
}

template <typename HashAt>
int Regex::find_opening(const char32_t* text, int position, int high, HashAt hash_at) const {
  const auto& seconds = openings_[0];
  for (; position + 1 < high; ++position) {
    const unsigned next = hash_at(position + 1);
    if ((seconds[hash_at(position)] >> next & 1) == 0) continue;
    if (may_go_on(text + position, next, high - position)) return position;
  }
  return position < high && seconds[hash_at(position)] == kAnyNext ? position : high;
}

int Regex::find_opening(const Context& context, int position, int high) const {
  if (const std::uint8_t* hashes = context.hashes) {
    return find_opening(context.text, position, high, [hashes](int at) -> unsigned { return hashes[at]; });
  }
  return find_opening(context.text, position, high, [&](int at) { return hash_opening(context.text[at]); });
}

bool Regex::find(const Context& context, int low, int high, bool anchored, Match& match) const {
  const regex::Program& program = *program_;
  if (anchored) {
    if (low == high && !program.can_be_empty) return false;
    const int end = regex::Matcher(program, context, low, high).match_at(low);
    if (end == regex::kNoMatch) return false;
    match = {low, end};
    return true;
  }
  const auto find_start = [&](int position) {
    if (program.can_be_empty) return position;
    const int start = position == context.low ? position : find_opening(context, position, high);
    return start < high ? start : high + 1;
  };
  int start = find_start(low);
  if (start > high) return false;
  regex::Matcher matcher(program, context, low, high);
  for (; start <= high; start = find_start(start + 1)) {
    if (matcher.is_vain(start)) continue;
    const int end = matcher.match_at(start);
    if (end == regex::kNoMatch) continue;
    match = {start, end};
    return true;
  }
  return false;
}

}  // namespace kotowari
