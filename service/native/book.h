// Book: everything a text is read with, as service/facts/blueprint.py writes it down.
#pragma once

#include "folding.h"
#include "pages.h"
#include "barriers.h"
#include "regex.h"
#include "trie.h"

namespace kotowari {

enum class Edges { kBoth, kLeft, kRight, kFree };

struct Term {
  Edges edges;
  bool overlapping;
  bool nearby;           // looked for only beside what it belongs to
  bool within_sentence;  // it ends in the sentence in which the string that tells of it stands
  bool always;           // nothing is sure to stand where it stands
  bool severe;
  int channel;  // -1: none
  int vague;    // how little its channel says
  int rank;     // of its name among all names
  std::vector<String> not_before;
  std::vector<String> not_after;
  Numbers covered_by;
  Numbers always_tried;  // the expressions of which nothing is sure
  std::vector<String> words;  // of a term in disguise
  String plain;               // what a disguised word stands for

  bool is_free() const { return edges == Edges::kFree && not_before.empty() && not_after.empty(); }
};

// A way an expression may match, told of by a string with so many characters of the match around it at most.
struct Way {
  int expression;
  int before;
  int after;
  int opening;    // the set of strings of which one begins the match; -1: not known
  int first_asked;  // of the sets of strings of which one each stands too, among the book's asked sets
  int last_asked;   // behind them
};

// What a string says of a term.
struct Clue {
  int term;
  bool is_word;
  int forms;      // how the word must be written, among the book's forms; -1: in any way
  int first_way;  // of those that it tells of, among the book's told ways
  int last_way;   // behind them
};

// One of a term's expressions.
struct Expression {
  int term;
  Regex regex;
  BarrierBits barriers;
};

enum class Scope { kSentence, kText };

struct Pattern {
  int fact;
  int kind;
  int group;  // the classifier's head that may shut it; -1: none
  int roles;  // a bit each; 0: all
  int within;
  Scope scope;
  bool ordered, preceded, quoted_counts, negatable, subject_counts;
  std::vector<Numbers> needs;
  Numbers places;  // of each of the needs its place in the book's list
  Numbers unless, unless_before, unless_after, unless_text;
  Numbers section, not_section;
};

// The terms that reading itself asks for; -1: the book has none.
struct Special {
  int heading_any, as_job_subject, matter_opens, work_deed, work_mark, negation, negation_whole, clause_break,
      negation_ahead, turn_ahead, answer_no, commitment, turn, talk_request, wish;
};

struct Head {
  double bias;
  double scale;
  int ask;  // the kind of ask it weighs; kOther, kAnyAsk
  bool grave;
};
constexpr std::size_t kLanes = 16;
constexpr int kOther = -1;
constexpr int kAnyAsk = -2;

struct Blend {
  double own, most, anything, base, grave, look, look_grave, both, both_grave;
};

struct Classifier {
  std::vector<Head> heads;
  Blend blend;
  Trie grams;
  std::vector<std::uint8_t> rows;  // of each gram a weight for each head, its squared length, and zeros

  // Whole lanes: sums of as many numbers as a processor adds at once.
  std::size_t row_size() const { return (heads.size() + 1 + kLanes - 1) / kLanes * kLanes; }
};

// The bare forms of disguised words.
struct BareTable {
  Numbers always;
  Trie strings;
  std::vector<Numbers> owners;
};

// The facts, by the numbers that the blueprint gives them.
enum Fact { kAsk, kClaim, kSignal, kStage, kRole, kSite, kFuture, kFacts };
enum Role { kClientMessage, kWorkerQuestion, kJobPosting };

class Stream;  // of the numbers of a blueprint

struct Book {
  explicit Book(const std::int32_t* numbers, std::size_t size);
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  // The sets of strings of which one each stands too where an expression matches in a certain way.
  Slice<int> asked(const Way& way) const {
    return {asked_sets.data() + way.first_asked, asked_sets.data() + way.last_asked};
  }

  LargePages pages;
  std::pmr::monotonic_buffer_resource memory{std::size_t{1} << 21, &pages};  // of what lies in large pages

  Folding folding;
  std::vector<Term> terms;
  Lists<int> sets;            // of strings
  Lists<int> sets_of_string;  // of each string the sets it belongs to
  Trie strings{&memory};
  std::vector<Way> ways;
  Numbers asked_sets;  // of all ways
  std::vector<std::vector<String>> forms;
  // Of all strings: many texts look through them, so they lie close together.
  std::vector<Clue> clues;
  Numbers told_ways;
  Numbers first_clues;          // of each string its first clue, then the end
  std::pmr::vector<Expression> expressions{&memory};
  std::vector<Expression> veiled;
  BareTable bare_plain, bare_masked;
  std::vector<std::int32_t> bare_letters;  // what a letter of the basic plane is stripped to; -1: nothing
  String masks;
  std::vector<Pattern> patterns;
  std::vector<std::vector<Numbers>> kinds;  // by fact and kind the numbers of its patterns
  std::vector<std::vector<int>> kind_order;  // by fact its kinds in the order of the book
  std::vector<Numbers> places;               // terms that may fill a place of some pattern
  std::vector<std::vector<int>> naming;      // by kind of ask the terms that name a channel and begin a pattern
  Special special;
  int question_role, posting_role;  // kinds of the fact role
  std::vector<Regex> contacts;      // what contact details look like
  bool has_classifier = false;
  Classifier classifier;

 private:
  Way read_way(Stream& stream, std::size_t expressions);
  void read_clue(Stream& stream, std::size_t term_count);
  void index_patterns();
};

}  // namespace kotowari
