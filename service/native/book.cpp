#include "book.h"

#include <map>
#include <stdexcept>

#include "stream.h"

namespace kotowari {

namespace {

constexpr std::size_t kMostReserved = 10000;  // expressions; what a blueprint says of itself may be wrong
constexpr int kVersion = 3;
constexpr std::size_t kBasicPlane = 0x10000;
constexpr std::size_t kMostHeads = 1000;

Term read_term(Stream& stream, std::size_t terms, std::size_t expressions) {
  Term term;
  term.edges = static_cast<Edges>(stream.number());
  term.overlapping = stream.flag();
  term.nearby = stream.flag();
  term.within_sentence = stream.flag();
  term.always = stream.flag();
  term.severe = stream.flag();
  term.channel = stream.number();
  term.vague = stream.number();
  term.rank = stream.number();
  term.not_before = stream.strings();
  term.not_after = stream.strings();
  term.covered_by = stream.numbers(terms);
  term.always_tried = stream.numbers(expressions);
  term.words = stream.strings();
  term.plain = stream.string();
  return term;
}

Regex read_regex(Stream& stream, std::pmr::memory_resource* memory) {
  const String source = stream.string();
  return Regex(source.data(), static_cast<int>(source.size()), memory);
}

Expression read_expression(Stream& stream, std::size_t terms, std::pmr::memory_resource* memory) {
  const int term = stream.index(terms);
  Regex regex = read_regex(stream, memory);
  const BarrierBits barriers = find_barriers(regex);
  return {term, std::move(regex), barriers};
}

Pattern read_pattern(Stream& stream, std::size_t terms, std::size_t patterns) {
  Pattern pattern;
  pattern.fact = stream.index(kFacts);
  pattern.kind = stream.index(patterns);
  pattern.group = stream.number();
  pattern.roles = stream.number();
  pattern.within = stream.signs(-kEndless);
  pattern.scope = stream.flag() ? Scope::kText : Scope::kSentence;
  pattern.ordered = stream.flag();
  pattern.preceded = stream.flag();
  pattern.quoted_counts = stream.flag();
  pattern.negatable = stream.flag();
  pattern.subject_counts = stream.flag();
  pattern.needs = stream.list<Numbers>([&] { return stream.numbers(terms); });
  if (pattern.needs.empty()) throw std::invalid_argument("a pattern of the blueprint needs nothing");
  for (Numbers* names : {&pattern.unless, &pattern.unless_before, &pattern.unless_after, &pattern.unless_text,
                         &pattern.section, &pattern.not_section}) {
    *names = stream.list<int>([&] { return stream.index_or_none(terms); });
  }
  return pattern;
}

Special read_special(Stream& stream, std::size_t terms) {
  Special special;
  for (int* name : {&special.heading_any, &special.as_job_subject, &special.matter_opens, &special.work_deed,
                    &special.work_mark, &special.negation, &special.negation_whole, &special.clause_break,
                    &special.negation_ahead, &special.turn_ahead, &special.answer_no, &special.commitment,
                    &special.turn, &special.talk_request, &special.wish}) {
    *name = stream.index_or_none(terms);
  }
  return special;
}

BareTable read_bare_table(Stream& stream, std::size_t veiled) {
  BareTable table;
  table.always = stream.numbers(veiled);
  const std::vector<String> words = stream.strings();
  table.strings = Trie(words);
  table.owners = stream.list<Numbers>([&] { return stream.numbers(veiled); });
  if (table.owners.size() != words.size()) throw std::invalid_argument("the blueprint's bare forms and owners differ");
  return table;
}

Classifier read_classifier(Stream& stream, std::size_t patterns) {
  Classifier classifier;
  classifier.heads = stream.list<Head>([&] {
    Head head;
    head.bias = stream.real();
    head.scale = stream.real();
    head.ask = stream.number();
    if (head.ask < kAnyAsk || head.ask >= static_cast<int>(patterns + kMostHeads)) {
      throw std::invalid_argument("a head of the blueprint weighs nothing");
    }
    head.grave = stream.flag();
    return head;
  });
  Blend& blend = classifier.blend;
  for (double* part : {&blend.own, &blend.most, &blend.anything, &blend.base, &blend.grave, &blend.look,
                       &blend.look_grave, &blend.both, &blend.both_grave}) {
    *part = stream.real();
  }
  const std::vector<String> grams = stream.strings();
  classifier.grams = Trie(grams);
  // A row as it is written: the weights, the squared length, and a one that nobody needs here.
  const std::size_t written = classifier.heads.size() + 2;
  if (stream.count() != grams.size() * written) throw std::invalid_argument("the blueprint's weights and grams differ");
  classifier.rows.resize(grams.size() * classifier.row_size());
  for (std::size_t gram = 0; gram < grams.size(); ++gram) {
    std::uint8_t* row = classifier.rows.data() + gram * classifier.row_size();
    for (std::size_t at = 0; at < written; ++at) {
      const int weight = stream.number();
      if (at + 1 < written) row[at] = static_cast<std::uint8_t>(weight);
    }
  }
  return classifier;
}

std::vector<std::int32_t> read_bare_letters(Stream& stream) {
  std::vector<std::int32_t> letters(kBasicPlane);
  for (std::size_t code = 0; code < letters.size(); ++code) letters[code] = static_cast<std::int32_t>(code);
  const std::size_t size = stream.count();
  for (std::size_t at = 0; at < size; ++at) {
    const int code = stream.index(kBasicPlane);
    letters.at(static_cast<std::size_t>(code)) = stream.number();
  }
  return letters;
}

Lists<int> read_sets(Stream& stream, std::size_t string_count) {
  Lists<int> sets;
  for (std::size_t left = stream.count(); left > 0; --left) {
    sets.firsts.push_back(static_cast<int>(sets.items.size()));
    for (const int string : stream.numbers(string_count)) sets.items.push_back(string);
  }
  sets.firsts.push_back(static_cast<int>(sets.items.size()));
  return sets;
}

// Returns of each of `size` members the lists it is in.
Lists<int> invert(const Lists<int>& lists, std::size_t size) {
  Lists<int> inverted{Numbers(lists.items.size()), Numbers(size)};
  for (const int member : lists.items) ++inverted.firsts[static_cast<std::size_t>(member)];
  add_up(inverted.firsts);
  Numbers next = inverted.firsts;
  for (int number = 0; number < static_cast<int>(lists.size()); ++number) {
    for (const int member : lists[number]) {
      inverted.items[static_cast<std::size_t>(next[static_cast<std::size_t>(member)]++)] = number;
    }
  }
  return inverted;
}

}  // namespace

Book::Book(const std::int32_t* numbers, std::size_t size) {
  Stream stream(numbers, size);
  if (stream.number() != kVersion) throw std::invalid_argument("the blueprint is of another version");
  folding.read(stream);
  const std::size_t expression_count = stream.count(), term_count = stream.count();
  for (std::size_t at = 0; at < term_count; ++at) terms.push_back(read_term(stream, term_count, expression_count));
  expressions.reserve(std::min(expression_count, kMostReserved));
  for (std::size_t at = 0; at < expression_count; ++at) {
    expressions.push_back(read_expression(stream, term_count, &memory));
  }
  const std::vector<String> words = stream.strings();
  strings = Trie(words);
  sets = read_sets(stream, words.size());
  sets_of_string = invert(sets, words.size());
  ways = stream.list<Way>([&] { return read_way(stream, expression_count); });
  if (stream.count() != words.size()) throw std::invalid_argument("the blueprint's strings and clues differ");
  for (std::size_t string = 0; string < words.size(); ++string) {
    first_clues.push_back(static_cast<int>(clues.size()));
    for (std::size_t left = stream.count(); left > 0; --left) read_clue(stream, term_count);
  }
  first_clues.push_back(static_cast<int>(clues.size()));
  veiled = stream.list<Expression>([&] { return read_expression(stream, term_count, &memory); });
  const std::size_t veiled_count = veiled.size();
  bare_plain = read_bare_table(stream, veiled_count);
  bare_masked = read_bare_table(stream, veiled_count);
  bare_letters = read_bare_letters(stream);
  masks = stream.string();
  const std::size_t pattern_count = stream.count();
  for (std::size_t at = 0; at < pattern_count; ++at) patterns.push_back(read_pattern(stream, term_count, pattern_count));
  special = read_special(stream, term_count);
  question_role = stream.number();
  posting_role = stream.number();
  contacts = stream.list<Regex>([&] { return read_regex(stream, &memory); });
  has_classifier = stream.flag();
  if (has_classifier) classifier = read_classifier(stream, pattern_count);
  for (const Pattern& pattern : patterns) {
    if (pattern.group < -1 || pattern.group >= static_cast<int>(classifier.heads.size())) {
      throw std::invalid_argument("a pattern of the blueprint belongs to no head");
    }
  }
  index_patterns();
}

Way Book::read_way(Stream& stream, std::size_t expression_count) {
  Way way{};
  way.expression = stream.index(expression_count);
  way.before = stream.signs(0);
  way.after = stream.signs(0);
  way.opening = stream.index_or_none(sets.size());
  way.first_asked = static_cast<int>(asked_sets.size());
  for (const int set : stream.numbers(sets.size())) asked_sets.push_back(set);
  way.last_asked = static_cast<int>(asked_sets.size());
  return way;
}

void Book::read_clue(Stream& stream, std::size_t term_count) {
  Clue clue{};
  clue.term = stream.index(term_count);
  clue.is_word = stream.flag();
  std::vector<String> written = stream.strings();
  clue.forms = written.empty() ? -1 : static_cast<int>(forms.size());
  if (!written.empty()) forms.push_back(std::move(written));
  clue.first_way = static_cast<int>(told_ways.size());
  for (const int way : stream.numbers(ways.size())) told_ways.push_back(way);
  clue.last_way = static_cast<int>(told_ways.size());
  clues.push_back(clue);
}

void Book::index_patterns() {
  kinds.resize(kFacts);
  kind_order.resize(kFacts);
  std::map<Numbers, int> known;
  for (std::size_t number = 0; number < patterns.size(); ++number) {
    Pattern& pattern = patterns[number];
    const auto fact = static_cast<std::size_t>(pattern.fact), kind = static_cast<std::size_t>(pattern.kind);
    if (kinds[fact].size() <= kind) kinds[fact].resize(kind + 1);
    if (kinds[fact][kind].empty()) kind_order[fact].push_back(pattern.kind);
    kinds[fact][kind].push_back(static_cast<int>(number));
    for (Numbers names : pattern.needs) {
      std::sort(names.begin(), names.end());
      const auto [entry, is_new] = known.emplace(names, static_cast<int>(places.size()));
      if (is_new) places.push_back(names);
      pattern.places.push_back(entry->second);
    }
    if (pattern.fact != kAsk) continue;
    if (naming.size() <= kind) naming.resize(kind + 1);
    for (const int term : pattern.needs[0]) {
      std::vector<int>& names = naming[kind];
      const bool is_named = terms[static_cast<std::size_t>(term)].channel >= 0;
      if (is_named && std::find(names.begin(), names.end(), term) == names.end()) names.push_back(term);
    }
  }
  std::size_t asks = kinds[kAsk].size();
  for (const Head& head : classifier.heads) asks = std::max(asks, static_cast<std::size_t>(std::max(head.ask + 1, 0)));
  kinds[kAsk].resize(asks);
  naming.resize(asks);
}

}  // namespace kotowari
