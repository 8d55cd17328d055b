#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/feed_line.h"
#include "extractors/values/result.h"

namespace stakeout {

// What came of adding a feed to a list.
enum class ListChange : std::uint8_t {
  added,   // a new line at the end
  merged,  // the feed was listed; its line says more now
  listed,  // the same, and there was nothing to say
};

struct AddedFeed {
  ListChange change = ListChange::added;
  std::string url;                // as the list spells it
  std::vector<std::string> tags;  // that are new
  std::string title;              // that is new
};

// What becomes of the title of a listed feed when another one is given.
enum class OldTitle : std::uint8_t { keep, replace };

// The text of a feed list, to be changed as a person would change it: a line more, a tag more on a
// line, a line less. Every other byte (comments, order, blanks, line ends, what nobody can read)
// stays as it is.
class FeedListText {
 public:
  explicit FeedListText(std::string_view bytes);

  // Adds a feed, whose words are clean (see clean_feed_word). A feed is listed when its address has
  // the normal form of a listed one, or else when it is canonically the same as a listed one
  // ("http" and "https", tracking parameters: see canonical_url()), be it one that was just added.
  // Fails, and changes nothing, when the address is no use or the line would be too long.
  [[nodiscard]] Result<AddedFeed> add(const ListedFeed& feed, OldTitle old_title);

  // The listed addresses that `url` means, in their own spelling: the one with its normal form,
  // else those that are canonically the same. Empty when there is none.
  [[nodiscard]] std::vector<std::string> find(std::string_view url) const;

  // The listed feeds' addresses as spelled, each line's, in their order.
  [[nodiscard]] std::vector<std::string> urls() const;

  // Takes out every line of the feed at this address, by normal form. False when it has none.
  bool remove(std::string_view url);

  [[nodiscard]] std::string bytes() const;

 private:
  struct Line {
    std::string bytes;  // with its line end
    FeedLine parsed;
  };
  using Places = std::vector<std::size_t>;  // in lines_, rising

  void note_last_line();
  void append(std::string_view words);
  [[nodiscard]] AddedFeed merge(const Places& places, const ListedFeed& feed, OldTitle old_title);
  void replace_title(Line& line, const std::string& title) const;
  void insert_words(std::size_t place, const ListedFeed& more);

  std::vector<Line> lines_;
  std::string line_end_ = "\n";
  std::unordered_map<std::string, Places> by_address_;  // normal form
  // Canonical form to normal forms.
  std::unordered_map<std::string, std::vector<std::string>> by_document_;
};

}  // namespace stakeout
