#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "extractors/values/timestamp.h"

namespace stakeout {

// From when back what is stored may be dropped; nullopt: it is kept.
//
// Only of articles that are looked at no more, and that were fetched last before the limit. Nothing
// is dropped that anybody was told or may be: no mention, claim, contract, alert or delivery, none
// of the words that these rest on, and no article, whose address, title, story and marks say that
// it is known.
struct RetentionLimits {
  // The texts of articles that never named anybody, told of a contract, raised an alert, were
  // archived or were corrected by a person. Their SHA-256 stays.
  std::optional<Timestamp> texts;
  // The HTML that feeds gave along with their entries, of articles that have a text of their own.
  std::optional<Timestamp> feed_texts;
};

// What was dropped, or may be.
struct Dropped {
  std::size_t texts = 0;
  std::size_t feed_texts = 0;
  std::int64_t bytes = 0;  // of both

  Dropped& operator+=(const Dropped& more) {
    texts += more.texts;
    feed_texts += more.feed_texts;
    bytes += more.bytes;
    return *this;
  }
};

struct DropStep {
  Dropped dropped;
  std::optional<std::int64_t> next;  // the article to go on behind; nullopt: that was the last
};

}  // namespace stakeout
