#include "trie.h"

#include <numeric>

namespace kotowari {

namespace {

// Sorted strings that share their first letters, and how many letters those are.
struct Branch {
  std::size_t low;
  std::size_t high;
  std::size_t depth;
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
  std::vector<Branch> branches{{0, strings.size(), 0}};
  nodes_.push_back({0, 0, 0, -1});
  for (std::size_t number = 0; number < branches.size(); ++number) {
    Branch branch = branches[number];
    while (branch.low < branch.high && string_at(branch.low).size() == branch.depth) {
      nodes_[number].number = branch.depth ? order[branch.low] : -1;
      ++branch.low;
    }
    nodes_[number].first = static_cast<int>(nodes_.size());
    while (branch.low < branch.high) {
      const char32_t letter = string_at(branch.low)[branch.depth];
      std::size_t end = branch.low;
      while (end < branch.high && string_at(end)[branch.depth] == letter) ++end;
      branches.push_back({branch.low, end, branch.depth + 1});
      nodes_.push_back({letter, 0, 0, -1});
      ++nodes_[number].count;
      branch.low = end;
    }
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
