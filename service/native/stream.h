// Stream: the numbers of a blueprint, read one after another and never beyond their end.
#pragma once

#include <cstring>
#include <map>
#include <stdexcept>

#include "text.h"

namespace kotowari {

constexpr int kEndless = 1 << 30;
constexpr std::size_t kSigns = 0x110000;  // that Unicode has room for

// Whatever is out of its bounds is an error, so that a sheet that was not written for this reader is refused.
class Stream {
 public:
  Stream(const std::int32_t* numbers, std::size_t size) : at_(numbers), end_(numbers + size) {}

  int number() {
    if (at_ == end_) throw std::invalid_argument("the blueprint ends too early");
    return *at_++;
  }
  bool flag() { return number() != 0; }
  std::size_t count() {
    const int value = number();
    if (value < 0 || value > end_ - at_) throw std::invalid_argument("the blueprint counts wrongly");
    return static_cast<std::size_t>(value);
  }
  // A number from -1 (none) to below a limit.
  int index_or_none(std::size_t limit) {
    const int value = number();
    if (value < -1 || value >= static_cast<int>(limit)) throw std::invalid_argument("the blueprint points nowhere");
    return value;
  }
  // A number from 0 to below a limit.
  int index(std::size_t limit) {
    const int value = index_or_none(limit);
    if (value < 0) throw std::invalid_argument("the blueprint points nowhere");
    return value;
  }
  // A number of signs; no text has more than kEndless.
  int signs(int least) {
    const int value = number();
    if (value < least || value > kEndless) throw std::invalid_argument("the blueprint measures wrongly");
    return value;
  }
  double real() {
    const std::int32_t halves[2] = {number(), number()};
    double value;
    static_assert(sizeof value == sizeof halves);
    std::memcpy(&value, halves, sizeof value);
    return value;
  }
  String string() {
    String string(count(), U'\0');
    for (char32_t& sign : string) sign = static_cast<char32_t>(index(kSigns));
    return string;
  }
  template <typename Item, typename Read>
  std::vector<Item> list(Read&& read) {
    std::vector<Item> items;
    const std::size_t size = count();
    items.reserve(size);
    for (std::size_t at = 0; at < size; ++at) items.push_back(read());
    return items;
  }
  Numbers numbers(std::size_t limit) {
    return list<int>([&] { return index(limit); });
  }
  // A letter for each of some others.
  std::map<char32_t, char32_t> signs_by_sign() {
    std::map<char32_t, char32_t> signs;
    for (std::size_t left = count(); left > 0; --left) {
      const auto sign = static_cast<char32_t>(index(kSigns));
      signs[sign] = static_cast<char32_t>(index(kSigns));
    }
    return signs;
  }
  std::vector<String> strings() {
    return list<String>([&] { return string(); });
  }

 private:
  const std::int32_t* at_;
  const std::int32_t* end_;
};

}  // namespace kotowari
