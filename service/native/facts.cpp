#include "facts.h"

#include "asks.h"
#include "veiled.h"

namespace kotowari {

namespace {

constexpr std::size_t kMostHits = 8;  // of one pattern in one text

// Returns of each kind of a fact the first place.
std::vector<FoundKind> find_kinds(Fact fact, Reading& reading, Live& live) {
  std::vector<FoundKind> kinds;
  Bits bits;
  for (const int kind : reading.book.kind_order[fact]) {
    for (const int number : reading.book.kinds[fact][static_cast<std::size_t>(kind)]) {
      if (!live.narrow(number, bits)) continue;
      const Pattern& pattern = reading.book.patterns[static_cast<std::size_t>(number)];
      if (const std::optional<Hit> hit = Hits(pattern, reading, &bits).next()) {
        kinds.push_back({kind, hit->start, hit->end});
        break;
      }
    }
  }
  return kinds;
}

std::vector<Hit> find_futures(Reading& reading, Live& live) {
  std::vector<Hit> futures;
  Bits bits;
  for (const int kind : reading.book.kind_order[kFuture]) {
    for (const int number : reading.book.kinds[kFuture][static_cast<std::size_t>(kind)]) {
      if (!live.narrow(number, bits)) continue;
      Hits hits(reading.book.patterns[static_cast<std::size_t>(number)], reading, &bits);
      for (std::size_t count = 0; count < kMostHits; ++count) {
        const std::optional<Hit> hit = hits.next();
        if (!hit) break;
        futures.push_back(*hit);
      }
    }
  }
  return futures;
}

int read_role(Reading& reading, Live& live) {
  int role = kClientMessage;
  for (const FoundKind& found : find_kinds(kRole, reading, live)) {
    if (found.kind == reading.book.question_role) return kWorkerQuestion;
    if (found.kind == reading.book.posting_role) role = kJobPosting;
  }
  return role;
}

}  // namespace

FoundFacts read_facts(const Book& book, const Text& text, const Text& small) {
  const Sentences sentences(text);
  Found found(book, text, small, sentences);
  Reading reading{book, text, sentences, found, find_quotes(text), {}, kClientMessage};
  if (book.has_classifier) {
    const String plain = unveil(book, text, found.veiled());
    reading.look = look_at(book.classifier, {plain.data(), static_cast<int>(plain.size())});
  }
  Live live(reading);
  reading.role = read_role(reading, live);
  const std::vector<Hit> futures = find_futures(reading, live);
  FoundFacts facts;
  facts.role = reading.role;
  facts.future = !futures.empty();
  facts.asks = find_asks(reading, live, futures);
  facts.stages = find_kinds(kStage, reading, live);
  facts.sites = find_kinds(kSite, reading, live);
  facts.claims = find_kinds(kClaim, reading, live);
  facts.signals = find_kinds(kSignal, reading, live);
  return facts;
}

}  // namespace kotowari
