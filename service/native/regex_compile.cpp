// The compiler of regular expressions, from the last node to the first: each knows what follows it.

#include <optional>
#include <stdexcept>
#include <utility>

#include "regex_program.h"
#include "regex_tables.h"

namespace kotowari::regex {
namespace {

constexpr std::size_t kMostInstructions = 20000;

// A character of a literal, and whether it stands for the letter's other cases too.
struct LiteralCharacter {
  char32_t character;
  bool cased;
  bool folds;
};

bool is_cased(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == 0x17F || c == 0x212A;
}

std::optional<LiteralCharacter> find_literal(const Node& node) {
  if (node.kind != Node::Kind::kSet || node.set.empty()) return std::nullopt;
  const char32_t c = node.set.front().low;
  if (node.set.size() == 1 && node.set.front().high == c) return LiteralCharacter{c, is_cased(c), false};
  if (c < U'A' || c > U'Z' || node.set.front().high != c) return std::nullopt;
  CodeRanges orbit = {{c, c}};
  fold_case(orbit);
  if (count_characters(node.set) != count_characters(orbit)) return std::nullopt;
  for (const CodeRange range : orbit) {
    if (!contains(node.set, range.low)) return std::nullopt;
  }
  return LiteralCharacter{c + (U'a' - U'A'), true, true};
}

class Compiler {
 public:
  Program compile(const Node& root) {
    Entry match;
    match.place = add(Instruction());
    const Entry start = compile(root, match);
    program_.start = start.place;
    program_.can_be_empty = start.open;
    if (!start.open) program_.first = tables_.make_set(start.first);
    number_slots();
    find_leading_run();
    return std::move(program_);
  }

 private:
  int add(const Instruction& instruction) {
    if (program_.instructions.size() >= kMostInstructions) throw std::invalid_argument("expression too large");
    program_.instructions.push_back(instruction);
    return static_cast<int>(program_.instructions.size()) - 1;
  }

  Entry compile(const Node& node, const Entry& next) {
    switch (node.kind) {
      case Node::Kind::kEmpty: return next;
      case Node::Kind::kSet: return compile_set(node, next);
      case Node::Kind::kAssertion: return compile_assertion(node, next);
      case Node::Kind::kConcatenation: return compile_concatenation(node, next);
      case Node::Kind::kAlternation: return compile_alternation(node, next);
      case Node::Kind::kRepetition: break;
    }
    const bool is_run = node.children.front().kind == Node::Kind::kSet && !(node.lazy && node.most == kUnlimited);
    return is_run ? compile_run(node, next) : compile_repetition(node, next);
  }

  Entry compile_assertion(const Node& node, const Entry& next) {
    Instruction instruction;
    instruction.opcode = Opcode::kAssertion;
    instruction.argument = static_cast<int>(node.assertion);
    instruction.next = next.place;
    return {add(instruction), next.open, next.first};
  }

  Entry compile_set(const Node& node, const Entry& next) {
    if (find_literal(node)) return compile_literal(&node, 1, next);
    Instruction instruction;
    instruction.opcode = Opcode::kSet;
    instruction.argument = tables_.add_set(node.set);
    instruction.next = next.place;
    return {add(instruction), false, node.set};
  }

  Entry compile_literal(const Node* nodes, std::size_t size, const Entry& next) {
    Instruction instruction;
    instruction.opcode = Opcode::kLiteral;
    instruction.argument = static_cast<int>(program_.literals.size());
    instruction.size = static_cast<int>(size);
    instruction.next = next.place;
    for (std::size_t i = 0; i < size; ++i) {
      const LiteralCharacter literal = *find_literal(nodes[i]);
      program_.literals.push_back(literal.character);
      if (literal.folds) instruction.opcode = Opcode::kFoldedLiteral;
    }
    if (size == 1 && instruction.opcode == Opcode::kLiteral) {
      instruction.opcode = Opcode::kCharacter;
      instruction.argument = static_cast<int>(program_.literals.back());
      program_.literals.pop_back();
    }
    return {add(instruction), false, nodes->set};
  }

  // Returns where the longest literal that ends before `end` begins; its cased letters all fold, or none does.
  static std::size_t find_literal_begin(const std::vector<Node>& nodes, std::size_t end) {
    std::optional<bool> folds;
    std::size_t begin = end;
    for (; begin > 0; --begin) {
      const std::optional<LiteralCharacter> literal = find_literal(nodes[begin - 1]);
      if (!literal || (literal->cased && folds && *folds != literal->folds)) break;
      if (literal->cased) folds = literal->folds;
    }
    return begin;
  }

  Entry compile_concatenation(const Node& node, Entry next) {
    for (std::size_t end = node.children.size(); end > 0;) {
      const std::size_t begin = find_literal_begin(node.children, end);
      if (begin < end) {
        next = compile_literal(&node.children[begin], end - begin, next);
        end = begin;
      } else {
        next = compile(node.children[--end], next);
      }
    }
    return next;
  }

  Entry compile_alternation(const Node& node, const Entry& next) {
    std::vector<Entry> alternatives;
    for (const Node& child : node.children) alternatives.push_back(compile(child, next));
    return compile_branch(add(Instruction()), alternatives);
  }

  Entry compile_run(const Node& node, Entry next) {
    const CodeRanges& set = node.children.front().set;
    int least = node.least;
    if (node.most == kUnlimited) {
      next = add_run(set, 0, kUnlimitedRun, false, next);
      if (least == 0) return next;
      return least == 1 ? compile_set(node.children.front(), next) : add_run(set, least, least, false, next);
    }
    return add_run(set, least, node.most, node.lazy, next);
  }

  Entry add_run(const CodeRanges& set, int least, int most, bool lazy, const Entry& next) {
    Instruction instruction;
    instruction.opcode = lazy ? Opcode::kLazyRun : Opcode::kRun;
    instruction.least = static_cast<std::uint16_t>(least);
    instruction.most = static_cast<std::uint16_t>(most);
    instruction.argument = tables_.add_set(set);
    instruction.next = next.place;
    if (!next.open) instruction.follow = tables_.add_set(next.first);
    Entry entry{add(instruction), least == 0 && next.open, set};
    if (least == 0) unite(entry.first, next.first);
    return entry;
  }

  Entry compile_repetition(const Node& node, Entry next) {
    const Node& child = node.children.front();
    int least = node.least;
    if (node.most == kUnlimited) {
      // Where an iteration can match nothing, RE2 makes x* of (x+)?, to keep the priorities.
      const bool is_plus = least > 0 || child.nullable;
      next = compile_loop(child, node.lazy, is_plus, least == 0 && is_plus, next);
      if (is_plus) --least;
    } else {
      const Entry behind = next;
      for (int i = node.least; i < node.most; ++i) {
        next = compile_choice(add(Instruction()), compile(child, next), behind, node.lazy);
      }
    }
    for (; least > 0; --least) next = compile(child, next);
    return next;
  }

  Entry compile_loop(const Node& child, bool lazy, bool is_plus, bool optional, const Entry& next) {
    Entry again;
    again.place = add(Instruction());
    const Entry body = compile(child, again);
    const Entry loop = compile_choice(again.place, body, next, lazy);
    if (!is_plus) return loop;
    return optional ? compile_choice(add(Instruction()), body, next, lazy) : body;
  }

  Entry compile_choice(int place, const Entry& more, const Entry& behind, bool lazy) {
    if (lazy) return compile_branch(place, {behind, more});
    return compile_branch(place, {more, behind});
  }

  Entry compile_branch(int place, const std::vector<Entry>& alternatives) {
    Entry entry{place, false, {}};
    branches_.emplace_back();
    for (const Entry& alternative : alternatives) {
      entry.open = entry.open || alternative.open;
      entry.first.insert(entry.first.end(), alternative.first.begin(), alternative.first.end());
      branches_.back().push_back(alternative.place);
    }
    normalise(entry.first);
    Instruction& instruction = program_.instructions[static_cast<std::size_t>(place)];
    instruction.opcode = Opcode::kBranch;
    instruction.argument = tables_.add_dispatch(alternatives);
    return entry;
  }

  static void unite(CodeRanges& ranges, const CodeRanges& others) {
    ranges.insert(ranges.end(), others.begin(), others.end());
    normalise(ranges);
  }

  // To visit an instruction twice at one position is vain; it is noted where paths meet, which bounds all work.
  void number_slots() {
    std::vector<int> arrivals(program_.instructions.size());
    const auto arrive = [&arrivals](int place, int times) { arrivals[static_cast<std::size_t>(place)] += times; };
    arrive(program_.start, 1);
    for (const Instruction& instruction : program_.instructions) {
      const bool is_run = instruction.opcode == Opcode::kRun || instruction.opcode == Opcode::kLazyRun;
      if (instruction.opcode == Opcode::kBranch) {
        for (const int place : branches_[static_cast<std::size_t>(instruction.argument)]) arrive(place, 1);
      } else if (instruction.opcode != Opcode::kMatch) {
        arrive(instruction.next, is_run ? 2 : 1);
      }
    }
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
      Instruction& instruction = program_.instructions[i];
      const bool is_unlimited = instruction.opcode == Opcode::kRun && instruction.is_unlimited();
      if (arrivals[i] > 1 || is_unlimited) instruction.slot = program_.slots++;
    }
  }

  void find_leading_run() {
    const auto at = [this](int place) -> const Instruction& {
      return program_.instructions[static_cast<std::size_t>(place)];
    };
    int place = program_.start;
    if (at(place).opcode == Opcode::kBranch) {
      place = find_common(program_.dispatches[static_cast<std::size_t>(at(place).argument)]);
    }
    if (place >= 0 && at(place).opcode == Opcode::kRun) program_.leading_run = place;
  }

  // Returns the alternative that is all there is before most characters or, where they are few, the last one before each;
  // -1: there is none.
  int find_common(const Dispatch& dispatch) const {
    if (dispatch.other != kNoTarget) return std::max(dispatch.other, -1);
    int common = -1;
    const std::size_t size = (std::size_t{0xFFFFFFFFU} >> dispatch.shift) + 1;
    for (std::size_t index = 0; index < size; ++index) {
      const Bucket& bucket = program_.buckets[static_cast<std::size_t>(dispatch.begin) + index];
      if (bucket.key == kNoKey) continue;
      const Slice<int> targets = program_.list_targets(bucket.targets);
      const int last = targets.size() > 0 ? targets.last[-1] : -1;
      if (last < 0 || (common >= 0 && common != last)) return -1;
      common = last;
    }
    return common;
  }

  std::vector<std::vector<int>> branches_;  // the alternatives of each dispatch
  Program program_;
  ProgramTables tables_{program_};
};

}  // namespace

Program::Program(const Program& other, std::pmr::memory_resource* memory)
    : can_be_empty(other.can_be_empty),
      slots(other.slots),
      start(other.start),
      leading_run(other.leading_run),
      first(other.first),
      instructions(other.instructions, memory),
      ranges(other.ranges, memory),
      sets(other.sets, memory),
      literals(other.literals, memory),
      dispatches(other.dispatches, memory),
      buckets(other.buckets, memory),
      targets(other.targets, memory) {}

Program compile_regex(const Node& root) { return Compiler().compile(root); }

}  // namespace kotowari::regex
