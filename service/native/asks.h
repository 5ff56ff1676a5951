// Asks: of everything that reads as one kind of request, the one to be told of (service/facts/asks.py).
#pragma once

#include "facts.h"

namespace kotowari {

// One ask of each kind: those that patterns see, then those that the letters tell alone.
std::vector<FoundAsk> find_asks(Reading& reading, Live& live, const std::vector<Hit>& futures);

}  // namespace kotowari
