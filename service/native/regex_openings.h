// Which few characters a match may open with: what a search rules most places out by.

#ifndef KOTOWARI_REGEX_OPENINGS_H_
#define KOTOWARI_REGEX_OPENINGS_H_

#include <optional>

#include "regex.h"
#include "regex_program.h"

namespace kotowari::regex {

/// The openings of an expression whose matches may begin with its leading run.
struct RunOpenings {
  Openings behind;     // of what follows the run
  Openings otherwise;  // of the matches that do not begin with the run
  bool is_only;        // whether there are no such ones
};

/// Returns the openings of a program elsewhere than at the text's start; all of them where a match may be empty.
Openings find_openings(const Program& program);

/// Returns the openings around the leading run; nothing where there is no such run, or none that they would tell of.
std::optional<RunOpenings> find_run_openings(const Program& program);

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_OPENINGS_H_
