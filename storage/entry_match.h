#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "extractors/values/timestamp.h"
#include "storage/records.h"

namespace stakeout {

// What an entry is known again by. Hashes; nullopt where there is nothing to hash.
struct EntryMarks {
  std::optional<std::int64_t> guid;  // of an entry without guid and link: of its title and date
  std::optional<std::int64_t> link;  // in canonical form, so that tracking parameters do not count
  std::optional<std::int64_t> title;
  std::optional<std::int64_t> body;   // summary and content
  std::optional<std::int64_t> words;  // title, summary and content
  std::optional<Timestamp> published;
  bool is_long = false;  // so many words that nobody writes them twice
};

[[nodiscard]] EntryMarks marks_of(const FeedEntry& entry);

// The entries of a document without those that it repeats: places in `entries`, rising. Of two
// states of one entry (same guid, same link) the one that was updated last stays.
[[nodiscard]] std::vector<std::size_t> distinct_entries(const std::vector<FeedEntry>& entries,
                                                        const std::vector<EntryMarks>& marks);

// Which guids and links of a document tell its entries apart: those used once.
class Distinctive {
 public:
  explicit Distinctive(const std::vector<EntryMarks>& document);
  [[nodiscard]] bool guid(const EntryMarks& entry) const { return is_once(guids_, entry.guid); }
  [[nodiscard]] bool link(const EntryMarks& entry) const { return is_once(links_, entry.link); }

 private:
  static bool is_once(const std::vector<std::int64_t>& sorted, std::optional<std::int64_t> hash);

  std::vector<std::int64_t> guids_;  // sorted, with repetitions
  std::vector<std::int64_t> links_;
};

struct EntryMatches {
  // For each entry of the document the place of the known one that it is; nullopt: it is new.
  std::vector<std::optional<std::size_t>> known;
  bool guids_change = false;  // the feed gives its entries other guids at each fetch
};

// Finds the entries of a document among known ones, by guid, link and words together, since feeds
// get each of them wrong. Each known entry is given away once, on the best evidence first:
//
// 1. guid and link agree, or guid and words do;
// 2. the guid agrees, unless link, title, body and date all speak against it (one guid for all);
// 3. the link agrees, and the words, or title and date, or the body; or one of the two has no guid
//    and title, body and date do not all speak against it; or the guids of this feed change at each
//    fetch, which two entries show that have kept link and words under other guids;
// 4. the words agree: of entries without guid and link; else only together with the date, or, where
//    there is no date, if they are long.
//
// A guid or a link that the document gives to several entries is no evidence in 2 and 3. Linear in
// the entries: of known ones that share a mark 64 are compared at a time.
[[nodiscard]] EntryMatches match_entries(const std::vector<EntryMarks>& document,
                                         const std::vector<EntryMarks>& known);

}  // namespace stakeout
