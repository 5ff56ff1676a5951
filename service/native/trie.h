// Trie: many strings sought in a text at once.
#pragma once

#include <utility>

#include "text.h"

namespace kotowari {

// Strings by number. A walk from every place of a text is as fast as Aho-Corasick here: the strings are short.
class Trie {
 public:
  Trie() = default;
  explicit Trie(const std::vector<String>& strings);

  // Calls found(number, start, end) for every place where a string stands, in reading order, the shorter first.
  template <typename Found>
  void scan(const Text& text, Found&& found) const {
    if (nodes_.empty()) return;
    for (int start = 0; start < text.size; ++start) {
      int node = step_from_root(text[start]);
      for (int at = start + 1; node > 0; ++at) {
        if (nodes_[static_cast<std::size_t>(node)].number >= 0) {
          found(nodes_[static_cast<std::size_t>(node)].number, start, at);
        }
        if (at == text.size) break;
        node = at == start + 1 ? step_second(node, text[start], text[at]) : step(node, text[at]);
      }
    }
  }

 private:
  struct Node {
    int first;   // of its children, which lie side by side in the order of their letters
    int count;   // of its children
    int number;  // of the string that ends here; -1: none
  };

  int step_from_root(char32_t sign) const {
    return sign < roots_.size() ? roots_[sign] : step(0, sign);
  }
  // A first letter is followed by hundreds of others: to search among them takes longer than all further steps.
  int step_second(int node, char32_t first, char32_t second) const {
    if (first >= kBasicPlane || second >= kBasicPlane) return step(node, second);
    const std::uint32_t key = join(first, second);
    for (std::size_t at = place_of(key);; at = (at + 1) & (seconds_.size() - 1)) {
      if (seconds_[at].key == key) return seconds_[at].node;
      if (seconds_[at].node == 0) return 0;
    }
  }
  int step(int node, char32_t sign) const {
    const Node& from = nodes_[static_cast<std::size_t>(node)];
    if (from.count == 0) return 0;
    const char32_t* low = letters_.data() + from.first;
    const char32_t* high = low + from.count;
    const char32_t* found = from.count > 8 ? std::lower_bound(low, high, sign) : std::find(low, high, sign);
    return found != high && *found == sign ? from.first + static_cast<int>(found - low) : 0;
  }

  // Two letters of the basic plane and the node they lead to from the root; 0: none.
  struct Second {
    std::uint32_t key;
    int node;
  };
  static constexpr char32_t kBasicPlane = 0x10000;

  static std::uint32_t join(char32_t first, char32_t second) {
    return static_cast<std::uint32_t>(first) << 16 | static_cast<std::uint32_t>(second);
  }
  std::size_t place_of(std::uint32_t key) const { return (key * 0x9E3779B1U) >> shift_; }
  void index_seconds();

  std::vector<Second> seconds_;  // a hash table, at most half full
  unsigned shift_ = 0;           // 32 less the bits of its size
  std::vector<Node> nodes_;
  std::vector<char32_t> letters_;  // of each node the letter that leads to it
  std::vector<int> roots_;         // of each letter of the basic plane the node it leads to from the root; 0: none
};

}  // namespace kotowari
