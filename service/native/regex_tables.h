// The tables of a program that is being compiled.

#ifndef KOTOWARI_REGEX_TABLES_H_
#define KOTOWARI_REGEX_TABLES_H_

#include <map>
#include <vector>

#include "regex_program.h"
#include "regex_syntax.h"

namespace kotowari::regex {

/// Where a part of a program begins, and with which characters it can; `open`: whatever follows.
struct Entry {
  int place = 0;
  bool open = true;
  CodeRanges first;
};

/// Returns how many characters are in normalised ranges.
char32_t count_characters(const CodeRanges& ranges);

/// Whether normalised ranges contain a character.
bool contains(const CodeRanges& ranges, char32_t c);

/// Adds sets and branches to a program, equal ones once.
class ProgramTables {
 public:
  explicit ProgramTables(Program& program) : program_(program) {}

  /// Makes the set of normalised ranges; its ranges lie in the program.
  CharacterSet make_set(const CodeRanges& ranges);

  /// Returns the index of a set.
  int add_set(const CodeRanges& ranges);

  /// Adds a branch to alternatives in order of priority, and returns its index.
  int add_dispatch(const std::vector<Entry>& alternatives);

 private:
  void fill_buckets(Dispatch& dispatch, const std::vector<Entry>& alternatives, const CodeRanges& keys);

  // Returns what a bucket tells of the alternatives that fit.
  template <typename Fits>
  int add_targets(const std::vector<Entry>& alternatives, Fits fits);

  Program& program_;
  std::map<CodeRanges, int> set_indices_;
  std::map<std::vector<int>, int> target_lists_;
};

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_TABLES_H_
