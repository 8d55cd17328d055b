#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "extractors/stories/fingerprint.h"

namespace stakeout {

// The recurring wording of one site: menus, templates of notices and bulletins, legal lines.
//
// Counts, over articles of one host, runs of four content tokens (figures count as equal, so that
// the frame of a monthly bulletin recurs although its numbers change). A run that three or more
// articles share is furniture.
//
// The store need not keep counts: the fingerprints of the last 50 or so articles of the host,
// counted anew, serve as well.
class SiteFurniture {
 public:
  // Counts one article. A verbatim copy of one that is counted already changes nothing: it says
  // nothing about the site's wording.
  void count(const StoryFingerprint& fingerprint);

  // Whether the run of four tokens with this hash is furniture.
  [[nodiscard]] bool has(std::uint64_t run) const;

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> articles_of_run_;
  std::unordered_set<std::uint64_t> counted_texts_;
};

// Marks the tokens of `fingerprint` that are furniture of its site, and unmarks the others. The
// article itself has to be among those counted. What is marked stays in the fingerprint, so it can
// be counted again later.
void mark_furniture(StoryFingerprint& fingerprint, const SiteFurniture& furniture);

}  // namespace stakeout
