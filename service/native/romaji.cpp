// Japanese in Latin letters (service/intake/romaji.py).
#include <optional>
#include <unordered_map>

#include "folding.h"
#include "stream.h"

namespace kotowari {

namespace {

constexpr Letters kAddressSigns = U"@_/\\=#&";  // in what is no word: an address, a link, a handle
constexpr Letters kVowels = U"あいうえお";
constexpr Letters kNasalBefore = U"bpm";
constexpr std::size_t kLeastWords = 3;
constexpr double kLeastKana = 0.55;  // share of the words that can be read as kana
constexpr std::size_t kShortestFirst = 3, kShortestWithin = 4;  // kana of a listed word that a longer one begins with, or holds
constexpr Letters kSite = U"site";  // して or a site, by what follows

bool is_word_sign(char32_t sign) { return is_latin(sign) || sign == U'\'' || sign == U'-'; }

bool is_listed(const std::vector<String>& sorted, const String& word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

String make_small(Letters word) {
  String small(word);
  for (char32_t& sign : small) sign = lower(sign);
  return small;
}

bool is_address(Letters chunk) {
  if (chunk.find_first_of(kAddressSigns) != Letters::npos) return true;
  for (std::size_t at = 1; at + 1 < chunk.size(); ++at) {
    if (chunk[at] == U'.' && is_small_latin(chunk[at + 1]) && is_word_sign(chunk[at - 1])) return true;
  }
  return false;
}

// A word, or what stands between words.
struct Piece {
  enum Sort { kWord, kGap, kAddress, kSigns } sort;
  int start;
  int end;
};

// Cuts into runs of Latin letters and what stands between them; addresses and handles stay whole.
std::vector<Piece> cut_words(const Text& text) {
  std::vector<Piece> pieces;
  const auto is_gap = [](char32_t sign) { return sign == U' ' || sign == U'\n'; };
  for (int at = 0; at < text.size;) {
    const bool in_gap = is_gap(text[at]);
    int end = at + 1;
    while (end < text.size && is_gap(text[end]) == in_gap) ++end;
    if (in_gap || is_address({text.signs + at, static_cast<std::size_t>(end - at)})) {
      pieces.push_back({in_gap ? Piece::kGap : Piece::kAddress, at, end});
      at = end;
    }
    while (at < end) {
      const int start = at;
      const bool is_word = is_word_sign(text[start]);
      while (at < end && is_word_sign(text[at]) == is_word) ++at;
      pieces.push_back({is_word ? Piece::kWord : Piece::kSigns, start, at});
    }
  }
  return pieces;
}

// Adds the kana of the longest syllable that letters begin with; returns its size, 0 where there is none.
std::size_t read_syllable(const Romaji& romaji, Letters letters, String& kana) {
  for (std::size_t size = std::min(Syllables::kLongest, letters.size()); size > 0; --size) {
    const String* const known = romaji.syllables.find(letters.substr(0, size));
    if (!known) continue;
    kana += *known;
    return size;
  }
  return 0;
}

// Returns the kana of a word in small letters; nothing where it cannot be read.
std::optional<String> spell(const Romaji& romaji, const String& small) {
  String word, kana;
  word.reserve(small.size());
  kana.reserve(small.size());
  std::copy_if(small.begin(), small.end(), std::back_inserter(word), is_small_latin);  // without ' and -
  const Letters letters = word;
  for (std::size_t at = 0; at < word.size();) {
    if (const std::size_t size = read_syllable(romaji, letters.substr(at), kana)) {
      at += size;
      continue;
    }
    const char32_t sign = word[at], after = at + 1 < word.size() ? word[at + 1] : U'\0';
    if (sign == U'n' || (sign == U'm' && holds(kNasalBefore, after))) {
      kana += U'ん';
    } else if (after == sign || (sign == U't' && after == U'c')) {
      kana += U'っ';
    } else {
      return std::nullopt;
    }
    ++at;
  }
  return kana.empty() ? std::nullopt : std::optional<String>(kana);
}

bool lengthens(const Romaji& romaji, char32_t before, char32_t sign) {
  if (sign == U'ー') return true;
  if (!holds(kVowels, sign)) return false;
  const auto vowel = romaji.vowel_of.find(before);
  return vowel != romaji.vowel_of.end() && (sign == vowel->second || (sign == U'う' && vowel->second == U'お'));
}

// Returns how many kana the longest listed word has that stands at a place; 0: there is none.
std::size_t find_word(const Romaji& romaji, Letters kana, std::size_t at) {
  const auto sizes = romaji.sizes.find(kana[at]);
  if (sizes == romaji.sizes.end()) return 0;
  for (const int listed : sizes->second) {
    const auto size = static_cast<std::size_t>(listed);
    if (size < (at ? kShortestWithin : kShortestFirst)) return 0;
    if (size <= kana.size() - at && romaji.written.find(kana.substr(at, size)) != romaji.written.end()) return size;
  }
  return 0;
}

// Returns kana with the listed words in it written as usual; the longest counts.
String write_kanji(const Romaji& romaji, const String& kana) {
  String plain;    // without what only makes a vowel long
  Numbers places;  // where each of its kana stood
  for (std::size_t at = 0; at < kana.size(); ++at) {
    if (at && lengthens(romaji, kana[at - 1], kana[at])) continue;
    plain += kana[at];
    places.push_back(static_cast<int>(at));
  }
  places.push_back(static_cast<int>(kana.size()));
  if (const auto whole = romaji.written.find(plain); whole != romaji.written.end()) return whole->second;
  String written;
  for (std::size_t at = 0; at < plain.size();) {
    if (const std::size_t size = find_word(romaji, plain, at)) {
      written += romaji.written.find(Letters(plain).substr(at, size))->second;
      at += size;
    } else {
      written.append(kana, static_cast<std::size_t>(places[at]), static_cast<std::size_t>(places[at + 1] - places[at]));
      ++at;
    }
  }
  return written;
}

// A word as it stands in a text, and what is known of it.
struct Word {
  String small;
  std::optional<String> kana;
  String written;  // nothing where it is no Japanese: LINE, Zoom, data
};
using Words = std::unordered_map<Letters, Word>;
using Spoken = std::vector<Words::value_type*>;  // in reading order

// What the words are together.
struct Tone {
  bool shouts;
  bool has_site;
};

bool is_telling(const Romaji& romaji, const String& word) {
  const auto ends = [&](const String& end) {
    return word.size() >= end.size() && word.compare(word.size() - end.size(), end.size(), end) == 0;
  };
  return is_listed(romaji.sure_words, word) ||
         std::any_of(romaji.telling_ends.begin(), romaji.telling_ends.end(), ends);
}

// Whether most words can be read as Japanese, and one is nothing else.
bool is_japanese(const Romaji& romaji, const Spoken& spoken) {
  if (spoken.size() < kLeastWords) return false;
  bool is_sure = false;
  std::size_t readable = 0;
  for (const Words::value_type* word : spoken) {
    if (word->second.kana) ++readable;
    is_sure = is_sure || is_telling(romaji, word->second.small);
  }
  return is_sure && static_cast<double>(readable) >= kLeastKana * static_cast<double>(spoken.size());
}

Tone hear(const Romaji& romaji, const Spoken& spoken) {
  std::size_t small = 0;
  bool has_site = false;
  for (std::size_t at = 0; at < spoken.size(); ++at) {
    const auto& [letters, word] = *spoken[at];
    if (letters == word.small) ++small;
    has_site = has_site || (word.small == kSite && at + 1 < spoken.size() &&
                            is_listed(romaji.after_noun, spoken[at + 1]->second.small));
  }
  return {small * 4 < spoken.size(), has_site};
}

String write(const Romaji& romaji, Letters letters, const Word& word, Tone tone) {
  if (is_listed(romaji.kept, word.small) || (tone.has_site && word.small == kSite)) return {};
  const bool is_shouted = letters.size() > 1 && std::none_of(letters.begin(), letters.end(), is_small_latin);
  if (is_shouted && !tone.shouts) return {};
  if (const auto whole = romaji.whole.find(word.small); whole != romaji.whole.end()) return whole->second;
  return word.kana ? write_kanji(romaji, *word.kana) : String{};
}

char32_t write_stop(char32_t sign) { return sign == U'.' ? U'。' : sign == U',' ? U'、' : U'\0'; }

// Lists the Japanese words; the spaces beside them go, full stops and commas are written as Japanese writes them.
Changes list_changes(const Text& text, const std::vector<Piece>& pieces, const std::vector<Letters>& written) {
  Changes changes;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const auto [sort, start, end] = pieces[at];
    const bool behind = at && !written[at - 1].empty();
    const bool before = at + 1 < pieces.size() && !written[at + 1].empty();
    if (!written[at].empty()) {
      changes.push_back({start, end, String(written[at])});
    } else if (sort == Piece::kGap) {
      const bool is_beside = (at && pieces[at - 1].sort == Piece::kAddress) ||
                             (at + 1 < pieces.size() && pieces[at + 1].sort == Piece::kAddress);
      if (is_beside || (!behind && !before)) continue;
      for (int space = start; space < end; ++space) {
        if (text[space] != U'\n') changes.push_back({space, space + 1, {}});
      }
    } else if (behind && write_stop(text[start])) {
      changes.push_back({start, start + 1, String(1, write_stop(text[start]))});
    }
  }
  return changes;
}

}  // namespace

void Syllables::add(const String& syllable, const String& kana) {
  const bool is_known = syllable.size() <= kLongest && std::all_of(syllable.begin(), syllable.end(), is_small_latin);
  if (is_known) kana_[number(syllable)] = kana;
}

bool Romaji::holds_hint(const Text& text) const {
  for (int at = 0; at < text.size; ++at) {
    if (text[at] >= opens_hint.size() || !opens_hint[text[at]]) continue;
    for (const String& hint : hints) {
      if (starts_with(text, hint, at)) return true;
    }
  }
  return false;
}

Changes write_romaji(const Romaji& romaji, const Text& text) {
  if (!romaji.holds_hint(text)) return {};
  const std::vector<Piece> pieces = cut_words(text);
  Words words;
  Spoken spoken;
  const auto letters_of = [&](const Piece& piece) {
    return Letters(text.signs + piece.start, static_cast<std::size_t>(piece.end - piece.start));
  };
  for (const Piece& piece : pieces) {
    if (piece.sort != Piece::kWord) continue;
    const auto [entry, is_new] = words.try_emplace(letters_of(piece));
    if (is_new) entry->second.small = make_small(entry->first);
    if (is_new) entry->second.kana = spell(romaji, entry->second.small);
    spoken.push_back(&*entry);
  }
  if (!is_japanese(romaji, spoken)) return {};
  const Tone tone = hear(romaji, spoken);
  for (auto& [letters, word] : words) word.written = write(romaji, letters, word, tone);
  std::vector<Letters> written(pieces.size());
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    if (pieces[at].sort == Piece::kWord) written[at] = words[letters_of(pieces[at])].written;
  }
  return list_changes(text, pieces, written);
}

void Romaji::read(Stream& stream) {
  const auto read_sorted = [&] {
    std::vector<String> words = stream.strings();
    std::sort(words.begin(), words.end());
    return words;
  };
  const auto read_writings = [&] {
    Writings writings;
    for (std::size_t left = stream.count(); left > 0; --left) {
      const String word = stream.string();
      writings[word] = stream.string();
    }
    return writings;
  };
  hints = stream.strings();
  for (const String& hint : hints) opens_hint.at(hint.at(0)) = true;
  telling_ends = stream.strings();
  sure_words = read_sorted();
  kept = read_sorted();
  after_noun = read_sorted();
  for (const auto& [syllable, kana] : read_writings()) syllables.add(syllable, kana);
  whole = read_writings();
  written = read_writings();
  vowel_of = stream.signs_by_sign();
  for (const auto& [kana, _] : written) {
    Numbers& own = sizes[kana.at(0)];
    own.push_back(static_cast<int>(kana.size()));
  }
  for (auto& [first, own] : sizes) {
    std::sort(own.begin(), own.end(), std::greater<>());
    own.erase(std::unique(own.begin(), own.end()), own.end());
  }
}

}  // namespace kotowari
