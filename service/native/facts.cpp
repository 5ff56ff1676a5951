#include "facts.h"

#include <atomic>

#include "asks.h"
#include "parallel.h"

namespace kotowari {

namespace {

constexpr std::size_t kMostHits = 8;  // of one pattern in one text

// One kind of a fact that is sought, and what was found of it.
struct Sought {
  Fact fact;
  int kind;
  std::optional<FoundAsk> ask = std::nullopt;
  bool is_unseen = false;  // no pattern saw the ask, the letters told it
  std::optional<FoundKind> place = std::nullopt;
};

// Everything a thread seeks with; what it finds out on its way serves it alone.
class Seeker {
 public:
  explicit Seeker(const Surface& surface, int role = kClientMessage)
      : found_(surface),
        reading_{surface.book, surface.text, surface.sentences, found_, surface.quotes, surface.look, role},
        live_(reading_) {}

  // Reads the role; what is sought from now on is sought in its light.
  int read_role();
  std::vector<Hit> find_futures();
  void seek(Sought& sought, const std::vector<Hit>& futures);

 private:
  std::optional<FoundKind> find_first(Fact fact, int kind);

  Found found_;
  Reading reading_;
  Live live_;
};

// Returns the first place of a kind.
std::optional<FoundKind> Seeker::find_first(Fact fact, int kind) {
  Bits bits;
  for (const int number : reading_.book.kinds[fact][static_cast<std::size_t>(kind)]) {
    if (!live_.narrow(number, bits)) continue;
    const Pattern& pattern = reading_.book.patterns[static_cast<std::size_t>(number)];
    if (const std::optional<Hit> hit = Hits(pattern, reading_, &bits).next()) {
      return FoundKind{kind, hit->start, hit->end};
    }
  }
  return std::nullopt;
}

int Seeker::read_role() {
  bool is_posting = false;
  for (const int kind : reading_.book.kind_order[kRole]) {
    if (!find_first(kRole, kind)) continue;
    if (kind == reading_.book.question_role) return reading_.role = kWorkerQuestion;
    is_posting = is_posting || kind == reading_.book.posting_role;
  }
  return reading_.role = is_posting ? kJobPosting : kClientMessage;
}

std::vector<Hit> Seeker::find_futures() {
  std::vector<Hit> futures;
  Bits bits;
  for (const int kind : reading_.book.kind_order[kFuture]) {
    for (const int number : reading_.book.kinds[kFuture][static_cast<std::size_t>(kind)]) {
      if (!live_.narrow(number, bits)) continue;
      Hits hits(reading_.book.patterns[static_cast<std::size_t>(number)], reading_, &bits);
      for (std::size_t count = 0; count < kMostHits; ++count) {
        const std::optional<Hit> hit = hits.next();
        if (!hit) break;
        futures.push_back(*hit);
      }
    }
  }
  return futures;
}

void Seeker::seek(Sought& sought, const std::vector<Hit>& futures) {
  if (sought.fact != kAsk) {
    sought.place = find_first(sought.fact, sought.kind);
    return;
  }
  AskFinder finder(reading_, live_, futures);
  sought.ask = finder.find(sought.kind);
  const Numbers& likely = reading_.look.likely;
  if (sought.ask || std::find(likely.begin(), likely.end(), sought.kind) == likely.end()) return;
  sought.ask = finder.find_unseen(sought.kind);
  sought.is_unseen = true;
}

std::vector<Sought> list_sought(const Book& book) {
  std::vector<Sought> all;
  for (const Fact fact : {kAsk, kStage, kSite, kClaim, kSignal}) {
    for (const int kind : book.kind_order[fact]) all.push_back({fact, kind});
  }
  return all;
}

// Seeks everything; in a long text two threads take what is next in turn, and neither's finds touch the other's.
void seek_all(const Surface& surface, Seeker& seeker, int role, const std::vector<Hit>& futures,
              std::vector<Sought>& all) {
  std::atomic<std::size_t> next{0};
  const auto seek_rest = [&](Seeker& own) {
    for (std::size_t at = next++; at < all.size(); at = next++) own.seek(all[at], futures);
  };
  std::future<void> help;
  if (is_worth_help(surface.text)) {
    help = std::async(kHelp, [&] {
      Seeker helper(surface, role);
      seek_rest(helper);
    });
  }
  seek_rest(seeker);
  if (help.valid()) help.get();
}

// Asks that patterns saw come first, then those that only the letters told, the likeliest heads' order kept.
void gather_asks(const std::vector<Sought>& all, const Numbers& likely, std::vector<FoundAsk>& asks) {
  for (const Sought& sought : all) {
    if (sought.ask && !sought.is_unseen) asks.push_back(*sought.ask);
  }
  for (const int kind : likely) {
    for (const Sought& sought : all) {
      if (sought.ask && sought.is_unseen && sought.kind == kind) asks.push_back(*sought.ask);
    }
  }
}

void gather_places(const std::vector<Sought>& all, Fact fact, std::vector<FoundKind>& places) {
  for (const Sought& sought : all) {
    if (sought.fact == fact && sought.place) places.push_back(*sought.place);
  }
}

}  // namespace

FoundFacts read_facts(const Book& book, const Text& text, const Text& small) {
  const Surface surface(book, text, small);
  Seeker seeker(surface);
  FoundFacts facts;
  facts.role = seeker.read_role();
  const std::vector<Hit> futures = seeker.find_futures();
  facts.future = !futures.empty();
  std::vector<Sought> all = list_sought(book);
  seek_all(surface, seeker, facts.role, futures, all);
  gather_asks(all, surface.look.likely, facts.asks);
  gather_places(all, kStage, facts.stages);
  gather_places(all, kSite, facts.sites);
  gather_places(all, kClaim, facts.claims);
  gather_places(all, kSignal, facts.signals);
  return facts;
}

}  // namespace kotowari
