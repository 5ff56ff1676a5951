// The library's face: a plain C interface, so that it fits every Python (service/adapters/compiled.py calls it).
#include <exception>

#include "facts.h"

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

// Writes numbers as far as there is room, and counts them all.
class Sheet {
 public:
  Sheet(std::int32_t* room, std::int32_t size) : room_(room), size_(size) {}

  void write(int number) {
    if (count_ < size_) room_[count_] = number;
    ++count_;
  }
  void write_kinds(const std::vector<FoundKind>& kinds) {
    write(static_cast<int>(kinds.size()));
    for (const FoundKind& found : kinds) {
      for (const int number : {found.kind, found.start, found.end}) write(number);
    }
  }
  std::int32_t count() const { return count_; }

 private:
  std::int32_t* room_;
  std::int32_t size_;
  std::int32_t count_ = 0;
};

void write_facts(const FoundFacts& facts, Sheet& sheet) {
  sheet.write(facts.role);
  sheet.write(facts.future);
  sheet.write(static_cast<int>(facts.asks.size()));
  for (const FoundAsk& ask : facts.asks) {
    for (const int number : {ask.kind, ask.start, ask.end, ask.channel, ask.pattern, static_cast<int>(ask.future)}) {
      sheet.write(number);
    }
  }
  for (const auto* kinds : {&facts.stages, &facts.sites, &facts.claims, &facts.signals}) sheet.write_kinds(*kinds);
}

}  // namespace

// The hash of the sources that the library was made from.
KOTOWARI_FACE const char* kotowari_sources() { return KOTOWARI_SOURCES; }

// Reads a blueprint; nothing where it is not one.
KOTOWARI_FACE void* kotowari_open(const std::int32_t* numbers, std::int64_t size) {
  try {
    return new Book(numbers, static_cast<std::size_t>(size));
  } catch (const std::exception&) {
    return nullptr;
  }
}

KOTOWARI_FACE void kotowari_close(void* book) { delete static_cast<Book*>(book); }

// Reads a text into `room`; returns how many numbers there are to tell, more than there is room for or not. -1: it failed.
KOTOWARI_FACE std::int32_t kotowari_read(const void* book, const char32_t* text, const char32_t* small,
                                         std::int32_t length, std::int32_t* room, std::int32_t size) {
  try {
    Sheet sheet(room, size);
    write_facts(read_facts(*static_cast<const Book*>(book), {text, length}, {small, length}), sheet);
    return sheet.count();
  } catch (const std::exception&) {
    return -1;
  }
}
