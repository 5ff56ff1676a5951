// Trie: many strings sought in a text at once.
#pragma once

#include <array>
#include <memory_resource>
#include <utility>

#include "text.h"

namespace kotowari {

// Strings by number. A walk from every place of a text is as fast as Aho-Corasick here: the strings are short.
class Trie {
 public:
  Trie() = default;
  // An empty one whose strings, once it is given them, lie in a certain memory.
  explicit Trie(std::pmr::memory_resource* memory) : seconds_(memory), nodes_(memory), roots_(memory) {}
  explicit Trie(const std::vector<String>& strings);

  // Calls found(number, start, end) for every place where a string stands, in reading order, the shorter first.
  template <typename Found>
  void scan(const Text& text, Found&& found) const {
    if (nodes_.empty()) return;
    std::array<int, kBlock> seconds;
    for (int begin = 0; begin < text.size; begin += kBlock) {
      const int end = std::min(begin + kBlock, text.size);
      // Most of the time goes into waiting for nodes: those of a whole block are waited for together.
      for (int start = begin; start < end; ++start) seconds[static_cast<std::size_t>(start - begin)] = find_second(text, start);
      for (int start = begin; start < end; ++start) {
        const int node = seconds[static_cast<std::size_t>(start - begin)];
        if (node > 0) __builtin_prefetch(&at(at(node).first));
      }
      for (int start = begin; start < end; ++start) {
        const int root = step_from_root(text[start]);
        if (root > 0 && at(root).number >= 0) found(at(root).number, start, start + 1);
        walk(text, start, seconds[static_cast<std::size_t>(start - begin)], found);
      }
    }
  }

 private:
  struct Node {
    char32_t letter;  // that leads to it
    int first;        // of its children, which lie side by side in the order of their letters
    int count;        // of its children
    int number;       // of the string that ends here; -1: none
  };

  const Node& at(int node) const { return nodes_[static_cast<std::size_t>(node)]; }

  // Goes on from the node that the first two letters lead to.
  template <typename Found>
  void walk(const Text& text, int start, int node, Found&& found) const {
    for (int end = start + 2; node > 0; ++end) {
      if (at(node).number >= 0) found(at(node).number, start, end);
      if (end == text.size) return;
      node = step(node, text[end]);
    }
  }
  int step_from_root(char32_t sign) const {
    return sign < roots_.size() ? roots_[sign] : step(0, sign);
  }
  // Returns the node that the two letters from a place on lead to; 0: none.
  int find_second(const Text& text, int start) const {
    const int root = step_from_root(text[start]);
    if (root == 0 || start + 1 == text.size) return 0;
    const int node = step_second(root, text[start], text[start + 1]);
    __builtin_prefetch(&at(node));
    return node;
  }
  // A first letter is followed by hundreds of others: to search among them takes longer than all further steps.
  int step_second(int node, char32_t first, char32_t second) const {
    if (first >= kBasicPlane || second >= kBasicPlane) return step(node, second);
    const std::uint32_t key = join(first, second);
    for (std::size_t place = place_of(key);; place = (place + 1) & (seconds_.size() - 1)) {
      if (seconds_[place].key == key) return seconds_[place].node;
      if (seconds_[place].node == 0) return 0;
    }
  }
  int step(int node, char32_t sign) const {
    const Node* low = nodes_.data() + at(node).first;
    const Node* const high = low + at(node).count;
    if (at(node).count > kFew) {
      low = std::lower_bound(low, high, sign, [](const Node& child, char32_t letter) { return child.letter < letter; });
    }
    for (; low != high && low->letter <= sign; ++low) {
      if (low->letter == sign) return static_cast<int>(low - nodes_.data());
    }
    return 0;
  }

  // Two letters of the basic plane and the node they lead to from the root; 0: none.
  struct Second {
    std::uint32_t key;
    int node;
  };
  static constexpr char32_t kBasicPlane = 0x10000;
  static constexpr int kBlock = 32;
  static constexpr int kFew = 8;

  static std::uint32_t join(char32_t first, char32_t second) {
    return static_cast<std::uint32_t>(first) << 16 | static_cast<std::uint32_t>(second);
  }
  std::size_t place_of(std::uint32_t key) const { return (key * 0x9E3779B1U) >> shift_; }
  void index_seconds();

  std::pmr::vector<Second> seconds_;  // a hash table, at most half full
  unsigned shift_ = 0;           // 32 less the bits of its size
  std::pmr::vector<Node> nodes_;
  std::pmr::vector<int> roots_;         // of each letter of the basic plane the node it leads to from the root; 0: none
};

}  // namespace kotowari
