// Which two characters a match may open with: what a search rules most places out by.

#ifndef KOTOWARI_REGEX_OPENINGS_H_
#define KOTOWARI_REGEX_OPENINGS_H_

#include <array>
#include <cstdint>

#include "regex_program.h"

namespace kotowari::regex {

/// A bit for each hash of a character.
using Mask = std::uint64_t;

/// Of each hash of a first character the hashes of the second ones that may follow it.
using Openings = std::array<Mask, 64>;

/// Returns the openings of a program elsewhere than at the text's start; all of them where a match may be empty.
Openings find_openings(const Program& program);

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_OPENINGS_H_
