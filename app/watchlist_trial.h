#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "extractors/facts/watchlist.h"
#include "storage/reader.h"

namespace stakeout {

// A name as it would be looked for.
struct TrialName {
  Entity entity;      // whose name it would be; as the watchlist has it, where it is listed
  std::string alias;  // the name or alias that is tried
};

// A place in a stored text where the alias would count.
struct TrialHit {
  std::string article_id;
  std::string story_id;
  std::string outlet;
  std::string url;
  std::string day;
  std::string text;
  std::string sentence;
  std::size_t start = 0;  // code points, as in v_mentions
  std::size_t end = 0;
  std::string mention_of;  // the entity whose mention it is already; empty: of none
};

// What an alias would have found in the store.
struct Trial {
  std::size_t candidates = 0;   // articles that have the words
  std::size_t read = 0;         // of those, the newest that were read
  std::vector<TrialHit> hits;   // the newest article first, each in the order of the text
  std::size_t passed_over = 0;  // articles in which the words stand and do not count
  std::vector<std::string> passed_sentences;  // of the newest of them
  std::size_t lower_case = 0;                 // times that the words stand in lower case alone
};

// The ids of the articles whose latest text has the words of an alias, the newest first: by the
// full-text index, so that the words may be of another name, too. Throws StorageError.
[[nodiscard]] Table articles_with_words(Reader& reader, const std::string& alias);

// Runs the crawl's own matcher, with the alias added to the watchlist, over the latest texts of the
// articles that have its words: of these the newest `most`. The full-text index picks them; only
// where an alias is written in a script without blanks between words every text is searched for it.
// `progress` is told how many were read. Throws StorageError.
[[nodiscard]] Trial try_alias(Reader& reader, Watchlist watchlist, const TrialName& name,
                              std::size_t most, const std::function<void(std::size_t)>& progress);

}  // namespace stakeout
