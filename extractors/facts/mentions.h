#pragma once

#include <memory>
#include <vector>

#include "extractors/facts/watchlist.h"
#include "extractors/text/prose.h"
#include "extractors/values/mention.h"
#include "extractors/values/passed_over.h"

namespace stakeout {

// Finds the vendors and agencies that a text names.
//
// Listed entities are found by their names and aliases, as words of their own and with the case of
// a name; the longest name wins. A one-word form of an entity that has context words counts only in
// a text that holds a longer name of the entity, or one of those words nearby. Entities that are on
// no list are found by their form ("Acme Optics GmbH", "Springfield Police Department") or by what
// the text calls them ("Acme, a spyware maker"). A name is never found inside an address, a
// person's name or the longer name of something else.
//
// Immutable once built, so that any number of threads may share one. Building it takes time in the
// length of the watchlist; find() takes time in the length of the text, however long the list is.
class MentionFinder {
 public:
  explicit MentionFinder(const Watchlist& watchlist);  // copies what it needs
  ~MentionFinder();
  MentionFinder(MentionFinder&&) noexcept;
  MentionFinder& operator=(MentionFinder&&) noexcept;

  // In the order of the text; no two overlap. The first 10,000 at most: each holds a copy of its
  // sentence, and a page made of names alone would hold thousands of copies of itself.
  [[nodiscard]] std::vector<Mention> find(const Prose& prose) const;

  // The names of the list that stand in the text and count as none, with the rules that keep them
  // out; each once for the same words and rule. `found` is what find() gives: names inside longer
  // ones are no news.
  [[nodiscard]] std::vector<PassedOver> passed_over(const Prose& prose,
                                                    const std::vector<Mention>& found) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace stakeout
