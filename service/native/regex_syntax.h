// The syntax tree of a regular expression, and the sets of code points in it.

#ifndef KOTOWARI_REGEX_SYNTAX_H_
#define KOTOWARI_REGEX_SYNTAX_H_

#include <vector>

namespace kotowari::regex {

constexpr char32_t kLastCodePoint = 0x10FFFF;
constexpr int kUnlimited = -1;

/// The code points from low to high, both included.
struct CodeRange {
  char32_t low;
  char32_t high;
};

inline bool operator<(CodeRange left, CodeRange right) {
  return left.low != right.low ? left.low < right.low : left.high < right.high;
}

/// A set of code points; normalised: ascending, and no two ranges touch.
using CodeRanges = std::vector<CodeRange>;

/// Sorts ranges and joins those that touch.
void normalise(CodeRanges& ranges);

/// Adds every other case of every letter, and normalises.
void fold_case(CodeRanges& ranges);

/// Returns the code points outside normalised ranges.
CodeRanges complement(const CodeRanges& ranges);

/// Returns the Han script.
CodeRanges han_ranges();

/// What must hold at a position.
enum class Assertion { kTextStart, kTextEnd, kWordBoundary, kNoWordBoundary };

/// A node of a syntax tree.
struct Node {
  enum class Kind { kEmpty, kSet, kAssertion, kConcatenation, kAlternation, kRepetition };

  Kind kind = Kind::kEmpty;
  bool nullable = true;  // whether it can match nothing
  bool lazy = false;
  int least = 0;
  int most = 0;
  Assertion assertion = Assertion::kTextStart;
  CodeRanges set;
  std::vector<Node> children;
};

/// Makes a node for one character of a normalised set.
Node make_set(CodeRanges ranges);

/// Makes a node for what must hold at a position.
Node make_assertion(Assertion assertion);

/// Makes a node for the first of several that leads to a match.
Node make_alternation(std::vector<Node> nodes);

/// Makes a node for one after the other.
Node make_concatenation(std::vector<Node> nodes);

/// Makes a node for a node repeated; `most` may be kUnlimited.
Node make_repetition(Node child, int least, int most, bool lazy);

/// Parses an expression; throws std::invalid_argument where its syntax is not supported.
Node parse_regex(const char32_t* source, int size);

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_SYNTAX_H_
