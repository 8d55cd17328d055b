#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "extractors/stories/fingerprint.h"

namespace stakeout {

// The recurring wording of one site: menus, templates of notices and bulletins, legal lines.
//
// Counts, over articles of one host, runs of four content tokens (figures count as equal, so that
// the frame of a monthly bulletin recurs although its numbers change). A run that three or more
// articles share is furniture.
//
// The store need not keep counts: the fingerprints of the last 20 or so articles of the host,
// counted anew, serve as well, and so does what wording_of() makes of them.
class SiteFurniture {
 public:
  SiteFurniture() = default;
  // Counts only the runs that this article has: all that mark_furniture() asks for when it is the
  // one to be marked.
  explicit SiteFurniture(const StoryFingerprint& article);

  // Counts one article. A verbatim copy of one that is counted already changes nothing: it says
  // nothing about the site's wording.
  void count(const StoryFingerprint& fingerprint) { count(wording_of(fingerprint)); }
  void count(std::string_view wording);

  // All that is counted of an article, for the memory of this process: a third of its fingerprint.
  [[nodiscard]] static std::string wording_of(const StoryFingerprint& fingerprint);

  // Whether the run of four tokens with this hash is furniture.
  [[nodiscard]] bool has(std::uint32_t run) const;

 private:
  struct Run {
    std::uint32_t hash = 0;
    std::uint32_t articles = 0;
    std::uint32_t last_article = 0;  // the number of the last one that has it; 0: an empty slot
  };

  [[nodiscard]] std::size_t slot_of(std::uint32_t run) const;
  Run& add(std::uint32_t run);

  std::vector<Run> runs_ = std::vector<Run>(64);  // by hash; a power of two, half of them empty
  std::size_t count_ = 0;                         // of the runs
  std::uint32_t article_ = 1;                     // the number of the one counted last
  bool is_closed_ = false;                        // takes no further runs
  std::bitset<8192> ends_;  // where it takes none: the lowest bits of those that it has
  std::unordered_set<std::uint64_t> counted_texts_;
};

// Marks the tokens of `fingerprint` that are furniture of its site, and unmarks the others. The
// article itself has to be among those counted. What is marked stays in the fingerprint, so it can
// be counted again later.
void mark_furniture(StoryFingerprint& fingerprint, const SiteFurniture& furniture);

}  // namespace stakeout
