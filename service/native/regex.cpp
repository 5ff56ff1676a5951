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

bool Regex::find(const Context& context, int low, int high, bool anchored, Match& match) const {
  const regex::Program& program = *program_;
  const auto can_begin = [&](int position) {
    return program.can_be_empty || (position < high && may_open(context, position, high));
  };
  const int last = anchored ? low : high;
  int start = low;
  while (start <= last && !can_begin(start)) ++start;
  if (start > last) return false;
  regex::Matcher matcher(program, context, low, high);
  for (; start <= last; ++start) {
    if (!can_begin(start)) continue;
    const int end = matcher.match_at(start);
    if (end == regex::kNoMatch) continue;
    match = {start, end};
    return true;
  }
  return false;
}

}  // namespace kotowari
