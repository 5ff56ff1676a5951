// Which few characters a match may open with: what a search rules most places out by.

#ifndef KOTOWARI_REGEX_OPENINGS_H_
#define KOTOWARI_REGEX_OPENINGS_H_

#include "regex.h"
#include "regex_program.h"

namespace kotowari::regex {

/// Returns the openings of a program elsewhere than at the text's start; all of them where a match may be empty.
Openings find_openings(const Program& program);

/// Returns the openings of those matches that do not begin with the leading run.
Openings find_openings_without_run(const Program& program);

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_OPENINGS_H_
