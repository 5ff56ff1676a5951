#include "facts.h"

#include "asks.h"
#include "parallel.h"

namespace kotowari {

namespace {

constexpr std::size_t kMostHits = 8;  // of one pattern in one text

// One kind of a fact that is sought.
struct Kind {
  Fact fact;
  int number;
};

// What was found of a kind.
struct Finding {
  std::optional<FoundAsk> ask = std::nullopt;
  bool is_unseen = false;  // no pattern saw the ask, the letters told it
  std::optional<FoundKind> place = std::nullopt;
};

// Everything a thread seeks with; what it finds out on its way serves it alone.
class Seeker {
 public:
  explicit Seeker(const Surface& surface, int role = kClientMessage)
      : found_(surface),
        reading_{surface.book, surface.text, surface.sentences, found_, surface.quotes, surface.unveiled.look, role},
        live_(reading_) {}

  // Reads the role; what is sought from now on is sought in its light.
  int read_role();
  std::vector<Hit> find_futures();
  Finding seek(Kind kind, const std::vector<Hit>& futures);

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

Finding Seeker::seek(Kind kind, const std::vector<Hit>& futures) {
  Finding finding;
  if (kind.fact != kAsk) {
    finding.place = find_first(kind.fact, kind.number);
    return finding;
  }
  AskFinder finder(reading_, live_, futures);
  finding.ask = finder.find(kind.number);
  const Numbers& likely = reading_.look.likely;
  if (finding.ask || std::find(likely.begin(), likely.end(), kind.number) == likely.end()) return finding;
  finding.ask = finder.find_unseen(kind.number);
  finding.is_unseen = true;
  return finding;
}

// All that is sought. Asks with many patterns come first, lest one of them is still at hand when nothing else is left.
std::vector<Kind> list_kinds(const Book& book) {
  std::vector<Kind> kinds;
  for (const Fact fact : {kAsk, kStage, kSite, kClaim, kSignal}) {
    for (const int number : book.kind_order[fact]) kinds.push_back({fact, number});
    if (fact != kAsk) continue;
    const auto count = [&](Kind kind) { return book.kinds[kAsk][static_cast<std::size_t>(kind.number)].size(); };
    std::stable_sort(kinds.begin(), kinds.end(), [&](Kind one, Kind other) { return count(one) > count(other); });
  }
  return kinds;
}

// What a helping thread goes by; it may outlive the reading.
struct Task {
  std::shared_ptr<const Surface> surface;
  std::vector<Kind> kinds;
  std::vector<Hit> futures;
  int role;
  Pieces<Finding> pieces;

  Task(std::shared_ptr<const Surface> the_surface, std::vector<Kind> the_kinds, std::vector<Hit> the_futures, int the_role)
      : surface(std::move(the_surface)),
        kinds(std::move(the_kinds)),
        futures(std::move(the_futures)),
        role(the_role),
        pieces(kinds.size()) {}

  auto seek_with(Seeker& seeker) {
    return [this, &seeker](std::size_t at) { return seeker.seek(kinds[at], futures); };
  }
};

// Asks that patterns saw come first, then those that only the letters told, the likeliest heads' order kept.
void gather_asks(const Task& task, const std::vector<Finding>& findings, std::vector<FoundAsk>& asks) {
  for (const Finding& finding : findings) {
    if (finding.ask && !finding.is_unseen) asks.push_back(*finding.ask);
  }
  for (const int number : task.surface->unveiled.look.likely) {
    for (const Finding& finding : findings) {
      if (finding.ask && finding.is_unseen && finding.ask->kind == number) asks.push_back(*finding.ask);
    }
  }
}

std::vector<FoundKind> gather_places(const Task& task, const std::vector<Finding>& findings, Fact fact) {
  std::vector<FoundKind> places;
  for (std::size_t at = 0; at < findings.size(); ++at) {
    if (task.kinds[at].fact == fact && findings[at].place) places.push_back(*findings[at].place);
  }
  return places;
}

}  // namespace

FoundFacts read_facts(const std::shared_ptr<const Surface>& surface) {
  Seeker seeker(*surface);
  const int role = seeker.read_role();
  const auto task = std::make_shared<Task>(surface, list_kinds(surface->book), seeker.find_futures(), role);
  if (surface->is_shared) {
    ask_for_help([task] {
      Seeker helper(*task->surface, task->role);
      task->pieces.take(task->seek_with(helper));
    });
  }
  const std::vector<Finding>& findings = task->pieces.finish(task->seek_with(seeker));
  FoundFacts facts;
  facts.role = role;
  facts.future = !task->futures.empty();
  gather_asks(*task, findings, facts.asks);
  facts.stages = gather_places(*task, findings, kStage);
  facts.sites = gather_places(*task, findings, kSite);
  facts.claims = gather_places(*task, findings, kClaim);
  facts.signals = gather_places(*task, findings, kSignal);
  return facts;
}

}  // namespace kotowari
