#pragma once

#include <string>

#include "extractors/values/span.h"
#include "extractors/values/words.h"

namespace stakeout {

// One occurrence of an entity in a text.
struct Mention {
  EntityKind kind = EntityKind::vendor;
  std::string name;      // canonical name; of an unlisted entity, the fullest form in the text
  bool listed = true;    // on the watchlist
  std::string text;      // the words as they stand in the text
  Span span;             // of those words
  std::string sentence;  // the sentence around them, white space as in the text
  Span sentence_span;
  std::string reason;  // which alias or rule found it, for a person: "alias \"ICE\" near \"DHS\""
};

}  // namespace stakeout
