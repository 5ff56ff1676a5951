// The library's face: a plain C interface, so that it fits every Python (service/adapters/compiled.py calls it).
#include <exception>
#include <memory>

#include "facts.h"
#include "second_thread.h"

#ifdef _WIN32
#define KOTOWARI_FACE extern "C" __declspec(dllexport)
#else
#define KOTOWARI_FACE extern "C" __attribute__((visibility("default")))
#endif

#ifndef KOTOWARI_SOURCES
#define KOTOWARI_SOURCES ""
#endif

namespace {

using namespace kotowari;

// What is told of a text, one number after another.
class Sheet {
 public:
  explicit Sheet(const View& view) : view_(view) {}

  void write(int number) { numbers_.push_back(number); }
  // Writes a slice of the text as the one of the original that it stands for.
  void write_part(int start, int end) {
    const Place part = view_.locate({start, end});
    write(part.start);
    write(part.end);
  }
  void write_facts(const FoundFacts& facts);
  void write_view(const Text& original);
  const Numbers& numbers() const { return numbers_; }

 private:
  void write_kinds(const std::vector<FoundKind>& kinds);

  const View& view_;
  Numbers numbers_;
};

void Sheet::write_kinds(const std::vector<FoundKind>& kinds) {
  write(static_cast<int>(kinds.size()));
  for (const FoundKind& found : kinds) {
    write(found.kind);
    write_part(found.start, found.end);
  }
}

void Sheet::write_facts(const FoundFacts& facts) {
  write(facts.role);
  write(facts.future);
  write(static_cast<int>(facts.asks.size()));
  for (const FoundAsk& ask : facts.asks) {
    write(ask.kind);
    write_part(ask.start, ask.end);
    for (const int number : {ask.channel, ask.pattern, static_cast<int>(ask.future)}) write(number);
  }
  for (const auto* kinds : {&facts.stages, &facts.sites, &facts.claims, &facts.signals}) write_kinds(*kinds);
  write(static_cast<int>(facts.contacts.size()));
  for (const FoundKind& contact : facts.contacts) {  // of the folded text
    for (const int number : {contact.kind, contact.start, contact.end}) write(number);
  }
}

// Writes the folded text and where its signs stood; nothing of what is as it was.
void Sheet::write_view(const Text& original) {
  const Text text = view_.text();
  const bool is_same = std::equal(text.signs, text.signs + text.size, original.signs, original.signs + original.size);
  write(view_.is_moved());
  write(is_same ? -1 : text.size);
  if (!is_same) numbers_.insert(numbers_.end(), text.signs, text.signs + text.size);
  for (const Place& place : view_.places()) {
    write(place.start);
    write(place.end);
  }
}

}  // namespace

// The hash of the sources that the library was made from.
KOTOWARI_FACE const char* kotowari_sources() { return KOTOWARI_SOURCES; }

// Reads a blueprint; nothing where it is not one.
KOTOWARI_FACE void* kotowari_open(const std::int32_t* numbers, std::int64_t size) {
  try {
    return new std::shared_ptr<const Book>(std::make_shared<Book>(numbers, static_cast<std::size_t>(size)));
  } catch (const std::exception&) {
    return nullptr;
  }
}

// A thread that still reads keeps its book.
KOTOWARI_FACE void kotowari_close(void* book) { delete static_cast<std::shared_ptr<const Book>*>(book); }

// Reads a text; returns `size` numbers, to be given back to kotowari_forget. Nothing where it failed.
KOTOWARI_FACE std::int32_t* kotowari_read(const void* book, const char32_t* signs, std::int32_t length,
                                          std::int32_t* size) {
  try {
    const Text original{signs, length};
    const auto& own = *static_cast<const std::shared_ptr<const Book>*>(book);
    std::shared_ptr<const Surface> surface = look_over(own, original);
    Sheet sheet(surface->view);
    sheet.write_view(original);
    sheet.write_facts(read_facts(surface));
    auto told = std::make_unique<std::int32_t[]>(sheet.numbers().size());
    std::copy(sheet.numbers().begin(), sheet.numbers().end(), told.get());
    *size = static_cast<std::int32_t>(sheet.numbers().size());
    if (surface->is_shared) leave_behind(std::move(surface));
    return told.release();
  } catch (const std::exception&) {
    return nullptr;
  }
}

KOTOWARI_FACE void kotowari_forget(std::int32_t* numbers) { delete[] numbers; }
