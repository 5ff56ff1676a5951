// The parser of regular expressions: RE2's syntax as far as it is used, and an exception for all the rest.

#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "regex_syntax.h"

namespace kotowari::regex {
namespace {

constexpr int kMostDepth = 200;
constexpr int kMostRepetitions = 1000;

[[noreturn]] void refuse(const char* what) { throw std::invalid_argument(what); }

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

int hex_value(char32_t c) {
  if (is_digit(c)) return static_cast<int>(c - U'0');
  if (c >= U'a' && c <= U'f') return static_cast<int>(c - U'a') + 10;
  if (c >= U'A' && c <= U'F') return static_cast<int>(c - U'A') + 10;
  return -1;
}

struct Bounds {
  int least;
  int most;
};

class Parser {
 public:
  Parser(const char32_t* source, int size) : rest_(source, static_cast<std::size_t>(size)) {}

  Node parse() {
    folds_ = skip(U"(?i)");
    Node node = parse_alternation(0);
    if (!rest_.empty()) refuse("unbalanced parenthesis");
    // RE2 sees the bytes of a character, and finds an empty \B between them.
    if (node.nullable && has_no_boundary_) refuse("\\B in an expression that can match nothing");
    return node;
  }

 private:
  bool skip(std::u32string_view token) {
    if (rest_.substr(0, token.size()) != token) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  bool is_next(char32_t c) const { return !rest_.empty() && rest_.front() == c; }

  char32_t take() {
    if (rest_.empty()) refuse("unexpected end");
    const char32_t c = rest_.front();
    if (c > kLastCodePoint) refuse("not a code point");
    rest_.remove_prefix(1);
    return c;
  }

  CodeRanges folded(CodeRanges ranges) const {
    normalise(ranges);
    if (folds_) fold_case(ranges);
    return ranges;
  }

  Node literal(char32_t c) const { return make_set(folded({{c, c}})); }

  Node parse_alternation(int depth) {
    if (depth > kMostDepth) refuse("nested too deep");
    std::vector<Node> alternatives;
    do {
      alternatives.push_back(parse_concatenation(depth));
    } while (skip(U"|"));
    return make_alternation(std::move(alternatives));
  }

  Node parse_concatenation(int depth) {
    std::vector<Node> nodes;
    while (!rest_.empty() && !is_next(U'|') && !is_next(U')')) {
      if (parse_bounds()) refuse("nothing to repeat");
      Node node = parse_atom(depth);
      if (const std::optional<Bounds> bounds = parse_bounds()) {
        const bool lazy = skip(U"?");
        node = make_repetition(std::move(node), bounds->least, bounds->most, lazy);
        if (parse_bounds()) refuse("repetition of a repetition");
      }
      nodes.push_back(std::move(node));
    }
    return make_concatenation(std::move(nodes));
  }

  std::optional<Bounds> parse_bounds() {
    if (skip(U"*")) return Bounds{0, kUnlimited};
    if (skip(U"+")) return Bounds{1, kUnlimited};
    if (skip(U"?")) return Bounds{0, 1};
    const std::u32string_view before = rest_;
    const std::optional<Bounds> bounds = parse_braces();
    if (!bounds) rest_ = before;  // a brace that is no quantifier stands for itself
    return bounds;
  }

  std::optional<Bounds> parse_braces() {
    if (!skip(U"{")) return std::nullopt;
    const std::optional<int> least = parse_number();
    if (!least) return std::nullopt;
    int most = *least;
    if (skip(U",")) {
      if (is_next(U'}')) {
        most = kUnlimited;
      } else if (const std::optional<int> number = parse_number()) {
        most = *number;
      } else {
        return std::nullopt;
      }
    }
    if (!skip(U"}")) return std::nullopt;
    if (*least > kMostRepetitions || most > kMostRepetitions) refuse("too many repetitions");
    if (most != kUnlimited && most < *least) refuse("bounds out of order");
    return Bounds{*least, most};
  }

  std::optional<int> parse_number() {
    std::size_t size = 0;
    int number = 0;
    while (size < rest_.size() && is_digit(rest_[size])) {
      number = number * 10 + static_cast<int>(rest_[size] - U'0');
      if (++size > 4) refuse("number too long");
    }
    if (size == 0 || (size > 1 && rest_[0] == U'0')) return std::nullopt;
    rest_.remove_prefix(size);
    return number;
  }

  Node parse_atom(int depth) {
    const char32_t c = take();
    switch (c) {
      case U'(': return parse_group(depth);
      case U'[': return parse_class();
      case U'.': return make_set(complement({{U'\n', U'\n'}}));
      case U'^': return make_assertion(Assertion::kTextStart);
      case U'$': return make_assertion(Assertion::kTextEnd);
      case U'\\': return parse_escape();
      default: return literal(c);
    }
  }

  Node parse_group(int depth) {
    if (!skip(U"?:") && is_next(U'?')) refuse("group of an unknown kind");
    Node node = parse_alternation(depth + 1);
    if (!skip(U")")) refuse("unbalanced parenthesis");
    return node;
  }

  Node parse_escape() {
    if (skip(U"b")) return make_assertion(Assertion::kWordBoundary);
    if (skip(U"B")) {
      has_no_boundary_ = true;
      return make_assertion(Assertion::kNoWordBoundary);
    }
    if (std::optional<CodeRanges> group = parse_named_set()) return make_set(*std::move(group));
    return literal(parse_escaped_character());
  }

  // A backslash has been read, and a set's name may follow; folded and negated the way RE2 does.
  std::optional<CodeRanges> parse_named_set() {
    if (skip(U"p{Han}")) return folded(han_ranges());
    if (rest_.empty()) return std::nullopt;
    CodeRanges ranges;
    switch (rest_.front()) {
      case U'd': case U'D': ranges = {{U'0', U'9'}}; break;
      case U's': case U'S': ranges = {{U'\t', U'\n'}, {U'\f', U'\r'}, {U' ', U' '}}; break;
      case U'w': case U'W': ranges = {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}}; break;
      default: return std::nullopt;
    }
    ranges = folded(std::move(ranges));
    return take() < U'a' ? complement(ranges) : ranges;
  }

  char32_t parse_escaped_character() {
    const char32_t c = take();
    switch (c) {
      case U'n': return U'\n';
      case U't': return U'\t';
      case U'r': return U'\r';
      case U'f': return U'\f';
      case U'v': return U'\v';
      case U'a': return U'\a';
      case U'x': return parse_hexadecimal();
      default: break;
    }
    if (c >= 0x80 || is_digit(c) || is_letter(c)) refuse("unknown escape");
    return c;
  }

  char32_t parse_hexadecimal() {
    const bool braced = skip(U"{");
    char32_t value = 0;
    int digits = 0;
    while (!rest_.empty() && hex_value(rest_.front()) >= 0 && (braced || digits < 2)) {
      value = value * 16 + static_cast<char32_t>(hex_value(take()));
      if (value > kLastCodePoint) refuse("not a code point");
      ++digits;
    }
    if (braced ? digits == 0 || !skip(U"}") : digits != 2) refuse("hexadecimal escape");
    return value;
  }

  Node parse_class() {
    const bool negated = skip(U"^");
    CodeRanges ranges;
    for (bool first = true; first || !is_next(U']'); first = false) {
      if (skip(U"[:")) refuse("named class");
      if (skip(U"\\")) {
        if (const std::optional<CodeRanges> group = parse_named_set()) {
          ranges.insert(ranges.end(), group->begin(), group->end());
          continue;
        }
        ranges.push_back(parse_range(parse_escaped_character()));
      } else {
        ranges.push_back(parse_range(take()));
      }
    }
    take();
    ranges = folded(std::move(ranges));
    return make_set(negated ? complement(ranges) : std::move(ranges));
  }

  CodeRange parse_range(char32_t low) {
    if (rest_.size() < 2 || rest_[0] != U'-' || rest_[1] == U']') return {low, low};
    take();
    const char32_t high = skip(U"\\") ? parse_escaped_character() : take();
    if (high < low) refuse("range out of order");
    return {low, high};
  }

  std::u32string_view rest_;
  bool folds_ = false;
  bool has_no_boundary_ = false;
};

}  // namespace

Node parse_regex(const char32_t* source, int size) {
  if (size < 0) refuse("negative size");
  return Parser(source, size).parse();
}

}  // namespace kotowari::regex
