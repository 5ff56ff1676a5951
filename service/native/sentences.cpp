#include "sentences.h"

namespace kotowari {

namespace {

constexpr char32_t kFirstSmiley = 0x1F300;

bool ends_sentence(const Text& text, int at) {
  const char32_t sign = text[at];
  if (sign == U'。' || sign == U'\n') return true;
  if (sign == U'!' || sign == U'?') {  // L!NE, a URL's ?
    return !(is_latin_or_digit(text.at(at - 1)) && is_latin_or_digit(text.at(at + 1)));
  }
  const bool is_stop = sign == U'♪' || sign == U'✨' || sign >= kFirstSmiley;
  return is_stop && text.at(at + 1) == U' ';
}

// Adds the lines that begin with >: somebody's earlier words, carried along in the reply.
void add_carried_lines(const Text& text, std::vector<Place>& quotes) {
  for (int start = 0; start <= text.size;) {
    const char32_t* stop = std::find(text.signs + start, text.signs + text.size, U'\n');
    const int end = static_cast<int>(stop - text.signs);
    if (text.at(start) == U'>') quotes.push_back({start, end});
    start = end + 1;
  }
}

}  // namespace

Sentences::Sentences(const Text& text) : size_(text.size) {
  index_.reserve(static_cast<std::size_t>(text.size) + 2);
  int number = 0;
  for (int at = 0; at < text.size; ++at) {
    index_.push_back(number);
    if (ends_sentence(text, at)) {
      ends_.push_back(at);
      ++number;
    }
  }
  index_.push_back(number);
  index_.push_back(number);
}

Place Sentences::bounds(int position) const {
  const auto number = static_cast<std::size_t>(index(position));
  return {number ? ends_[number - 1] + 1 : 0, number < ends_.size() ? ends_[number] : size_};
}

std::vector<Place> find_quotes(const Text& text) {
  std::vector<Place> quotes;
  int opened = -1, straight = -1;
  for (int at = 0; at < text.size; ++at) {
    const char32_t sign = text[at];
    if (sign == U'"') {
      if (straight >= 0) quotes.push_back({straight, at});
      straight = straight < 0 ? at + 1 : -1;
    } else if (sign == U'「' || sign == U'『') {
      opened = at + 1;
    } else if ((sign == U'」' || sign == U'』') && opened >= 0) {
      quotes.push_back({opened, at});
      opened = -1;
    }
  }
  add_carried_lines(text, quotes);
  int quoted = 0;
  for (const Place& quote : quotes) quoted += quote.end - quote.start;
  // A message pasted whole in 「」 is no quotation within itself.
  return 5 * quoted < 4 * text.size ? quotes : std::vector<Place>{};
}

bool is_space(char32_t sign) {
  return (sign >= 0x09 && sign <= 0x0D) || (sign >= 0x1C && sign <= 0x20) || sign == 0x85 || sign == 0xA0 ||
         sign == 0x1680 || (sign >= 0x2000 && sign <= 0x200A) || sign == 0x2028 || sign == 0x2029 || sign == 0x202F ||
         sign == 0x205F || sign == 0x3000;
}

}  // namespace kotowari
