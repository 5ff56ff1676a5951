// The program that a regular expression is compiled to.

#ifndef KOTOWARI_REGEX_PROGRAM_H_
#define KOTOWARI_REGEX_PROGRAM_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "regex_syntax.h"
#include "text.h"

namespace kotowari::regex {

/// A set of characters in a form that is quick to ask; ranges beyond ASCII lie in the program.
struct CharacterSet {
  std::array<std::uint64_t, 2> ascii{};
  std::array<std::uint64_t, 4> filter{};  // by a code point's low byte: whether a range can contain it
  bool negated = false;                   // whether the ranges are those outside the set
  std::uint32_t begin = 0;
  std::uint32_t size = 0;

  /// Whether the set contains a character.
  bool contains(char32_t c, const CodeRange* pool) const {
    if (c < 0x80) return ((ascii[c >> 6] >> (c & 63)) & 1) != 0;
    if (((filter[(c >> 6) & 3] >> (c & 63)) & 1) == 0) return negated;
    const CodeRange* const first = pool + begin;
    const CodeRange* const last = first + size;
    const CodeRange* const found =
        std::partition_point(first, last, [c](CodeRange range) { return range.high < c; });
    return (found != last && found->low <= c) != negated;
  }
};

/// What an instruction does.
enum class Opcode : std::uint8_t {
  kMatch,
  kCharacter,       // one character: `argument`
  kLiteral,         // `size` characters from literals[argument]
  kFoldedLiteral,   // the same, in any case of ASCII letters
  kSet,             // one of sets[argument]
  kRun,             // from `least` to `most` of sets[argument], as many as possible
  kLazyRun,         // the same, as few as possible
  kBranch,          // dispatches[argument]
  kAssertion,       // the Assertion `argument`
};

constexpr std::uint16_t kUnlimitedRun = 0xFFFF;

/// An instruction; `next` is the one to go on with.
struct Instruction {
  Opcode opcode = Opcode::kMatch;
  std::uint16_t least = 0;
  std::uint16_t most = 0;
  int size = 0;
  int next = 0;
  int argument = 0;
  int follow = -1;  // of a run: the set that the character behind it must be in; -1: any, or none
  int slot = -1;    // its place among those that must not be visited twice at a position; -1: none

  bool is_unlimited() const { return most == kUnlimitedRun; }
};

/// The alternatives worth trying before a character.
struct Bucket {
  char32_t key;
  int targets;  // the only one; kNoTarget; else kFirstList less an offset into targets, where their number stands first
};

constexpr int kNoTarget = -1;
constexpr int kFirstList = -2;

/// A branch's alternatives in order of priority, by the next character.
struct Dispatch {
  int begin;       // of a hash table in buckets
  unsigned shift;  // 32 - log2 of the table's size
  int other;       // targets, as in a bucket, before a character that is no key
  int end;         // targets where no character follows
};

constexpr char32_t kNoKey = 0xFFFFFFFF;

/// Returns the place of a character in a hash table.
inline std::uint32_t hash_character(char32_t c, unsigned shift) {
  return (static_cast<std::uint32_t>(c) * 0x9E3779B1U) >> shift;
}

/// A compiled expression.
struct Program {
  Program() = default;
  /// Copies another one to where all of it lies close together.
  Program(const Program& other, std::pmr::memory_resource* memory);

  bool can_be_empty = true;  // whether a match can begin whatever character follows, or at the end
  int slots = 0;
  int start = 0;
  int leading_run = -1;  // where the program starts or, before most characters, goes in the end, if that is a run
  CharacterSet first;  // the characters that a match can begin with, unless can_be_empty
  std::pmr::vector<Instruction> instructions;
  std::pmr::vector<CodeRange> ranges;
  std::pmr::vector<CharacterSet> sets;
  std::pmr::vector<char32_t> literals;
  std::pmr::vector<Dispatch> dispatches;
  std::pmr::vector<Bucket> buckets;
  std::pmr::vector<int> targets;

  /// Returns the alternatives in order of priority that a bucket or a dispatch tells of.
  Slice<int> list_targets(const int& told) const {
    if (told >= 0) return {&told, &told + 1};
    if (told == kNoTarget) return {nullptr, nullptr};
    const int* const list = targets.data() + (kFirstList - told);
    return {list + 1, list + 1 + *list};
  }
  bool may_begin_with(char32_t c) const { return first.contains(c, ranges.data()); }
};

/// Compiles a syntax tree; throws std::invalid_argument where the program would be too large.
Program compile_regex(const Node& root);

}  // namespace kotowari::regex

#endif  // KOTOWARI_REGEX_PROGRAM_H_
