#include "facts.h"

#include "asks.h"
#include "parallel.h"
#include "second_thread.h"

namespace kotowari {

namespace {

constexpr std::size_t kMostHits = 8;  // of one pattern in one text
constexpr Fact kContact = kFacts;     // what no pattern reads, an expression finds it all

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
  std::vector<FoundKind> contacts{};
};

// Everything a thread seeks with; what it finds out on its way serves it alone.
class Seeker {
 public:
  explicit Seeker(const Surface& surface)
      : surface_(surface),
        found_(surface),
        reading_{surface.book, surface.text, surface.sentences, found_, surface.quotes, surface.unveiled.look,
                 kClientMessage},
        live_(reading_) {}

  bool shows_role(int kind) { return find_first(kRole, kind).has_value(); }
  // What is sought from now on is sought in the light of a role.
  void take_role(int role) { reading_.role = role; }
  std::vector<Hit> find_futures();
  Finding seek(Kind kind, const std::vector<Hit>& futures);

 private:
  std::optional<FoundKind> find_first(Fact fact, int kind);
  std::vector<FoundKind> find_contacts(int kind) const;

  const Surface& surface_;
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

std::vector<FoundKind> Seeker::find_contacts(int kind) const {
  const Regex& regex = reading_.book.contacts[static_cast<std::size_t>(kind)];
  std::vector<FoundKind> contacts;
  Match match{};
  for (int at = 0; surface_.find_first(regex, at, match); at = std::max(match.end, match.start + 1)) {
    contacts.push_back({kind, match.start, match.end});
  }
  return contacts;
}

Finding Seeker::seek(Kind kind, const std::vector<Hit>& futures) {
  Finding finding;
  if (kind.fact == kContact) {
    finding.contacts = find_contacts(kind.number);
    return finding;
  }
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
  for (std::size_t number = 0; number < book.contacts.size(); ++number) {
    kinds.push_back({kContact, static_cast<int>(number)});
  }
  return kinds;
}

// Two threads that seek in one text: for the role first, then for all else. It may outlive the reading.
class Search {
  Seeker& open_second() { return second_ ? *second_ : second_.emplace(*surface_); }
  auto seek_role_with(Seeker& seeker) {
    return [this, &seeker](std::size_t at) -> std::uint8_t {
      return seeker.shows_role(surface_->book.kind_order[kRole][at]);
    };
  }
  auto seek_with(Seeker& seeker) {
    return [this, &seeker](std::size_t at) { return seeker.seek(kinds_[at], futures_); };
  }

 public:
  explicit Search(std::shared_ptr<const Surface> surface)
      : surface_(std::move(surface)),
        kinds_(list_kinds(surface_->book)),
        own_(*surface_),
        roles_(surface_->book.kind_order[kRole].size()),
        pieces_(kinds_.size()) {}

  int read_role() {
    const Numbers& kinds = surface_->book.kind_order[kRole];
    const std::vector<std::uint8_t>& shown = roles_.finish(seek_role_with(own_));
    const auto shows = [&](int kind) {
      const auto known = std::find(kinds.begin(), kinds.end(), kind);
      return known != kinds.end() && shown[static_cast<std::size_t>(known - kinds.begin())] != 0;
    };
    const Book& book = surface_->book;
    role_ = shows(book.question_role) ? kWorkerQuestion : shows(book.posting_role) ? kJobPosting : kClientMessage;
    own_.take_role(role_);
    return role_;
  }
  const std::vector<Hit>& find_futures() { return futures_ = own_.find_futures(); }
  const std::vector<Finding>& finish() { return pieces_.finish(seek_with(own_)); }

  // What the second thread does before the role is known, and then.
  void help_with_role() { roles_.take(seek_role_with(open_second())); }
  void help() {
    open_second().take_role(role_);
    pieces_.take(seek_with(*second_));
  }

  const Surface& surface() const { return *surface_; }
  const std::vector<Kind>& kinds() const { return kinds_; }

 private:
  std::shared_ptr<const Surface> surface_;
  std::vector<Kind> kinds_;
  Seeker own_;
  std::optional<Seeker> second_;  // the second thread's
  int role_ = kClientMessage;
  std::vector<Hit> futures_;
  Pieces<std::uint8_t> roles_;
  Pieces<Finding> pieces_;
};

// Asks that patterns saw come first, then those that only the letters told, the likeliest heads' order kept.
void gather_asks(const Search& search, const std::vector<Finding>& findings, std::vector<FoundAsk>& asks) {
  for (const Finding& finding : findings) {
    if (finding.ask && !finding.is_unseen) asks.push_back(*finding.ask);
  }
  for (const int number : search.surface().unveiled.look.likely) {
    for (const Finding& finding : findings) {
      if (finding.ask && finding.is_unseen && finding.ask->kind == number) asks.push_back(*finding.ask);
    }
  }
}

std::vector<FoundKind> gather_places(const Search& search, const std::vector<Finding>& findings, Fact fact) {
  std::vector<FoundKind> places;
  for (std::size_t at = 0; at < findings.size(); ++at) {
    if (search.kinds()[at].fact == fact && findings[at].place) places.push_back(*findings[at].place);
  }
  return places;
}

}  // namespace

FoundFacts read_facts(const std::shared_ptr<const Surface>& surface) {
  auto search = std::make_shared<Search>(surface);
  if (surface->is_shared) ask_second_thread([search] { search->help_with_role(); });
  FoundFacts facts;
  facts.role = search->read_role();
  facts.future = !search->find_futures().empty();
  if (surface->is_shared) ask_second_thread([search] { search->help(); });
  const std::vector<Finding>& findings = search->finish();
  gather_asks(*search, findings, facts.asks);
  facts.stages = gather_places(*search, findings, kStage);
  facts.sites = gather_places(*search, findings, kSite);
  facts.claims = gather_places(*search, findings, kClaim);
  facts.signals = gather_places(*search, findings, kSignal);
  for (const Finding& finding : findings) {
    facts.contacts.insert(facts.contacts.end(), finding.contacts.begin(), finding.contacts.end());
  }
  if (surface->is_shared) leave_behind(std::move(search));
  return facts;
}

}  // namespace kotowari
