#include "folding.h"

#include "stream.h"

namespace kotowari {

namespace {

constexpr int kBlockBits = 7;
constexpr std::size_t kBlockSize = std::size_t{1} << kBlockBits;
constexpr std::int32_t kSame = -1;
constexpr char32_t kUnreadable = 0xFFFD;  // what half of a split character counts as
constexpr char32_t kVoiceMark = 0x3099, kHalfVoiceMark = 0x309A;
constexpr char32_t kFirstKana = 0x3000;

bool is_voice_mark(char32_t sign) { return sign == kVoiceMark || sign == kHalfVoiceMark; }

}  // namespace

void FoldTable::read(Stream& stream) {
  blocks_.assign(kSigns >> kBlockBits, 0);
  folds_.assign(kBlockSize, kSame);  // shared by all blocks in which no sign folds
  for (std::size_t left = stream.count(); left > 0; --left) {
    const auto sign = static_cast<char32_t>(stream.index(kSigns));
    const String letters = stream.string();
    if (letters.size() == 1) {
      set(sign, static_cast<std::int32_t>(letters[0]));
    } else {
      set(sign, kSame - 1 - static_cast<std::int32_t>(strings_.size()));
      strings_.push_back(letters);
    }
  }
  for (char32_t half = 0xD800; half < 0xE000; ++half) set(half, kUnreadable);
}

void FoldTable::set(char32_t sign, std::int32_t fold) {
  int& block = blocks_[sign >> kBlockBits];
  if (block == 0) {
    block = static_cast<int>(folds_.size());
    folds_.resize(folds_.size() + kBlockSize, kSame);
  }
  folds_[static_cast<std::size_t>(block) + sign % kBlockSize] = fold;
}

std::int32_t FoldTable::find(char32_t sign) const {
  const std::size_t block = sign >> kBlockBits;
  return block < blocks_.size() ? folds_[static_cast<std::size_t>(blocks_[block]) + sign % kBlockSize] : kSame;
}

const String& FoldTable::string_of(std::int32_t fold) const { return strings_[static_cast<std::size_t>(kSame - 1 - fold)]; }

void FoldTable::translate(View& view) const {
  Changes changes;
  const int size = view.text().size;
  for (int at = 0; at < size; ++at) {
    const std::int32_t fold = find(view.text()[at]);
    if (fold < kSame) changes.push_back({at, at + 1, string_of(fold)});
    if (fold > kSame) view.write(at, static_cast<char32_t>(fold));
  }
  view.rewrite(changes);
}

void Folding::read(Stream& stream) {
  table.read(stream);
  for (std::array<char32_t, 0x100>& sounds : voiced) {
    for (const auto& [kana, sound] : stream.signs_by_sign()) sounds.at(kana - kFirstKana) = sound;
  }
  kana_of = stream.signs_by_sign();
  small_of = stream.signs_by_sign();
  romaji.read(stream);
}

View read_text(const Folding& folding, const Text& original) {
  View view(original);
  folding.table.translate(view);
  view.rewrite(join_marks(folding, view.text()));
  view.rewrite(join_letters(view.text()));  // before kana are restored: テ-レ-グ-ラ-ム has no ー
  view.rewrite(join_lines(view.text()));
  view.rewrite(write_romaji(folding.romaji, view.text()));
  view.rewrite(restore_kana(folding, view.text()));
  return view;
}

String make_small(const Folding& folding, const Text& text) {
  String small(text.signs, static_cast<std::size_t>(text.size));
  for (char32_t& sign : small) {
    const auto known = sign < 0x80 ? folding.small_of.end() : folding.small_of.find(sign);
    sign = known != folding.small_of.end() ? known->second : lower(sign);
  }
  return small;
}

Changes join_marks(const Folding& folding, const Text& text) {
  Changes changes;
  char32_t letter = 0;
  int last = -1, end = 0;
  for (int at = 0; at < text.size; ++at) {
    if (!is_voice_mark(text[at])) continue;
    if (at > end) letter = text[last = at - 1];
    end = at + 1;
    const auto& sounds = folding.voiced[text[at] == kVoiceMark ? 0 : 1];
    const char32_t sound = letter - kFirstKana < sounds.size() ? sounds[letter - kFirstKana] : U'\0';
    if (sound) {
      while (!changes.empty() && changes.back().start >= last) changes.pop_back();  // other marks between the two
      changes.push_back({last, end, String(1, letter = sound)});
    } else {  // a voice mark with nothing to voice is dropped
      changes.push_back({at, end, {}});
    }
  }
  return changes;
}

}  // namespace kotowari
