#pragma once

#include <cstddef>
#include <string>

#include "extractors/values/span.h"

namespace stakeout {

// Words of a text that look like a fact and became none, and the rule that kept them out.
struct PassedOver {
  std::string what;  // "name", "sum" or "deal"
  std::string text;  // the words
  Span span;
  std::string name = {};    // of a name: the canonical name of the entity; of a sum: its role
  std::string rule;         // its row in data/passed_over.tsv
  std::string detail = {};  // "needs one of its context words: spyware, Graphite"; or empty
  std::string by = {};      // the words that kept it out; may be empty
  Span by_span = {};        // of `by`
  std::size_t times = 1;    // how often the text has the same words kept out by the same rule
};

}  // namespace stakeout
