// Sets of code points, and the nodes of a syntax tree, made as simple as can be without changing what they mean.

#include "regex_syntax.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace kotowari::regex {
namespace {

// Neighbouring alternatives of one character each are a set: their order cannot matter.
void add_alternative(std::vector<Node>& alternatives, Node node) {
  const bool joins = !alternatives.empty() && node.kind == Node::Kind::kSet &&
                     alternatives.back().kind == Node::Kind::kSet;
  if (!joins) {
    alternatives.push_back(std::move(node));
    return;
  }
  CodeRanges& set = alternatives.back().set;
  set.insert(set.end(), node.set.begin(), node.set.end());
  normalise(set);
}

}  // namespace

void normalise(CodeRanges& ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::size_t kept = 0;
  for (const CodeRange range : ranges) {
    if (kept > 0 && range.low <= ranges[kept - 1].high + 1) {
      ranges[kept - 1].high = std::max(ranges[kept - 1].high, range.high);
    } else {
      ranges[kept++] = range;
    }
  }
  ranges.resize(kept);
}

CodeRanges complement(const CodeRanges& ranges) {
  CodeRanges outside;
  char32_t low = 0;
  for (const CodeRange range : ranges) {
    if (low < range.low) outside.push_back({low, range.low - 1});
    low = range.high + 1;
  }
  if (low <= kLastCodePoint) outside.push_back({low, kLastCodePoint});
  return outside;
}

Node make_set(CodeRanges ranges) {
  Node node;
  node.kind = Node::Kind::kSet;
  node.nullable = false;
  node.set = std::move(ranges);
  return node;
}

Node make_assertion(Assertion assertion) {
  Node node;
  node.kind = Node::Kind::kAssertion;
  node.assertion = assertion;
  return node;
}

Node make_alternation(std::vector<Node> nodes) {
  Node node;
  node.kind = Node::Kind::kAlternation;
  for (Node& child : nodes) {
    if (child.kind == Node::Kind::kAlternation) {
      for (Node& inner : child.children) add_alternative(node.children, std::move(inner));
    } else {
      add_alternative(node.children, std::move(child));
    }
  }
  if (node.children.size() == 1) return Node(std::move(node.children.front()));
  const auto is_nullable = [](const Node& child) { return child.nullable; };
  node.nullable = std::any_of(node.children.begin(), node.children.end(), is_nullable);
  return node;
}

Node make_concatenation(std::vector<Node> nodes) {
  Node node;
  node.kind = Node::Kind::kConcatenation;
  for (Node& child : nodes) {
    node.nullable = node.nullable && child.nullable;
    if (child.kind == Node::Kind::kConcatenation) {
      std::move(child.children.begin(), child.children.end(), std::back_inserter(node.children));
    } else if (child.kind != Node::Kind::kEmpty) {
      node.children.push_back(std::move(child));
    }
  }
  if (node.children.empty()) return Node();
  if (node.children.size() == 1) return Node(std::move(node.children.front()));
  return node;
}

Node make_repetition(Node child, int least, int most, bool lazy) {
  if (most == 0 || child.kind == Node::Kind::kEmpty) return Node();
  if (least == 1 && most == 1) return child;
  if (least == 0 && most == 1 && child.kind != Node::Kind::kSet) {
    std::vector<Node> alternatives(2);
    alternatives[lazy ? 1 : 0] = std::move(child);
    return make_alternation(std::move(alternatives));
  }
  Node node;
  node.kind = Node::Kind::kRepetition;
  node.nullable = least == 0 || child.nullable;
  node.lazy = lazy;
  node.least = least;
  node.most = most;
  node.children.push_back(std::move(child));
  return node;
}

}  // namespace kotowari::regex
