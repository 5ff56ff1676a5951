// Facts: what a text asks for, claims and shows, by the numbers of the blueprint (service/facts/extract.py, asks.py).
#pragma once

#include "reading.h"

namespace kotowari {

struct FoundAsk {
  int kind;
  int start;
  int end;
  int channel;  // -1: none
  int pattern;  // that saw it; -1: the classifier
  bool future;
};

struct FoundKind {
  int kind;
  int start;
  int end;
};

struct FoundFacts {
  int role = kClientMessage;
  bool future = false;
  std::vector<FoundAsk> asks;
  std::vector<FoundKind> stages, sites, claims, signals;  // of each kind the first place
  std::vector<FoundKind> contacts;                        // all of them
};

FoundFacts read_facts(const std::shared_ptr<const Surface>& surface);

}  // namespace kotowari
