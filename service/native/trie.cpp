#include "trie.h"

#include <numeric>

namespace kotowari {

namespace {

// Sorted strings that share their first letters, how many letters those are, and the node these lead to.
struct Branch {
  std::size_t low;
  std::size_t high;
  std::size_t depth;
  std::size_t node;
};

}  // namespace

Trie::Trie(const std::vector<String>& strings) {
  std::vector<int> order(strings.size());
  std::iota(order.begin(), order.end(), 0);
  const auto string_at = [&](std::size_t at) -> const String& {
    return strings[static_cast<std::size_t>(order[at])];
  };
  std::sort(order.begin(), order.end(), [&](int one, int other) {
    return strings[static_cast<std::size_t>(one)] < strings[static_cast<std::size_t>(other)];
  });
  nodes_.push_back({0, 0, 0, -1});
  // Depth first: a walk down goes on close to where it is, for most nodes have few children.
  std::vector<Branch> left{{0, strings.size(), 0, 0}};
  while (!left.empty()) {
    Branch branch = left.back();
    left.pop_back();
    while (branch.low < branch.high && string_at(branch.low).size() == branch.depth) {
      nodes_[branch.node].number = branch.depth ? order[branch.low] : -1;
      ++branch.low;
    }
    const std::size_t first = nodes_.size(), known = left.size();
    while (branch.low < branch.high) {
      const char32_t letter = string_at(branch.low)[branch.depth];
      std::size_t end = branch.low;
      while (end < branch.high && string_at(end)[branch.depth] == letter) ++end;
      left.push_back({branch.low, end, branch.depth + 1, nodes_.size()});
      nodes_.push_back({letter, 0, 0, -1});
      branch.low = end;
    }
    nodes_[branch.node].first = static_cast<int>(first);
    nodes_[branch.node].count = static_cast<int>(nodes_.size() - first);
    std::reverse(left.begin() + static_cast<std::ptrdiff_t>(known), left.end());
  }
  roots_.assign(std::size_t{kBasicPlane}, 0);
  for (int child = nodes_[0].first; child < nodes_[0].first + nodes_[0].count; ++child) {
    const char32_t letter = at(child).letter;
    if (letter < kBasicPlane) roots_[letter] = child;
  }
  index_seconds();
}

void Trie::index_seconds() {
  std::vector<Second> pairs;
  for (int child = nodes_[0].first; child < nodes_[0].first + nodes_[0].count; ++child) {
    const char32_t first = at(child).letter;
    const Node& node = at(child);
    for (int next = node.first; next < node.first + node.count && first < kBasicPlane; ++next) {
      const char32_t second = at(next).letter;
      if (second < kBasicPlane) pairs.push_back({join(first, second), next});
    }
  }
  unsigned bits = 1;
  while ((std::size_t{1} << bits) < 2 * pairs.size() + 2) ++bits;
  shift_ = 32 - bits;
  seconds_.assign(std::size_t{1} << bits, {0, 0});
  for (const Second& pair : pairs) {
    std::size_t at = place_of(pair.key);
    while (seconds_[at].node != 0) at = (at + 1) & (seconds_.size() - 1);
    seconds_[at] = pair;
  }
}

}  // namespace kotowari
