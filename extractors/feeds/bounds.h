#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extractors/feeds/warnings.h"
#include "extractors/values/feed.h"

// How long the values of a feed may be: well beyond what any reader shows or any publisher needs,
// and short enough that a hostile feed cannot fill a database.

namespace stakeout {

// Titles, authors and the feed's description, in code points.
inline constexpr std::size_t longest_line = 2'000;
// Addresses and ids, in bytes: browsers and servers take less than twice as much.
inline constexpr std::size_t longest_address = 4'096;
// Categories, types and languages, in bytes.
inline constexpr std::size_t longest_word = 500;
// Summaries and contents, in bytes: HTML longer than any article.
inline constexpr std::size_t longest_text = std::size_t{1} << 20U;
// Of one entry.
inline constexpr std::size_t most_categories = 100;
inline constexpr std::size_t most_enclosures = 100;

// Cuts `text` to its first code points, the last of longest_line being "…", with a warning that
// names it `what` ("the feed's title").
void bound_line(std::string& text, std::string_view what, Warnings& warnings);

// Holds what the feed says of itself to these lengths. What is too long for an address or a
// language is dropped, with a warning.
void bound_description(Feed& feed, Warnings& warnings);

// Holds the entries of one feed to these lengths, and all of them together to 64 MiB: a document of
// a few MiB that repeats a relative address or an author may ask for any amount.
class EntryBounds {
 public:
  explicit EntryBounds(Warnings& warnings) : warnings_{warnings} {}

  // Bounds the next entry of the document; every cut has a warning. Lines end in "…", texts neither
  // inside a tag nor a character; addresses that are too long become empty, and an id becomes a
  // hash of it and its beginning, so that it goes on telling entries apart. False, with a warning
  // the first time, when there is no room for the entry.
  [[nodiscard]] bool take(Entry& entry);

 private:
  [[nodiscard]] std::string of_entry(std::string_view what) const;
  void bound_id(std::string& id);
  void bound_address(std::string& address, std::string_view what);
  void bound_text(std::string& html, std::string_view what);
  void bound_lists(Entry& entry);

  Warnings& warnings_;
  std::size_t number_ = 0;  // of the entry, from 1
  std::size_t bytes_ = 0;   // taken so far
  bool is_full_ = false;
};

}  // namespace stakeout
