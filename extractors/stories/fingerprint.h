#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/result.h"

namespace stakeout {

class Prose;

// What story matching wants to know of an article. UTF-8; an empty string means "not known".
struct StoryDocument {
  std::string url;
  std::string title;
  std::string published;  // "2024-09-27T13:05:00Z" or as much of a date as there is
  std::string site;       // the site's name or host; stands in for the host when there is no url
  std::string text;       // the article's own text
};

// One word or number of a text that carries meaning; function words are left out.
struct StoryToken {
  enum Mark : std::uint8_t {
    name = 1,        // begins with a capital although no sentence begins there
    number = 2,      // holds a digit: a figure, an amount, a year
    quoted = 4,      // stands inside a long quotation
    month = 8,       // names a month
    furniture = 16,  // recurs through its site (see mark_furniture()); weighs nothing
  };

  std::uint32_t word = 0;   // hash of the stem; of the digits for a number
  std::uint8_t rarity = 0;  // inverse document frequency of English prose, in sixteenths
  std::uint8_t marks = 0;   // Mark, or-ed
  std::uint16_t place = 0;  // its number among the text's tokens, function words counted

  [[nodiscard]] bool has(Mark mark) const { return (marks & mark) != 0; }

  friend bool operator==(const StoryToken&, const StoryToken&) = default;
};

// What is kept of an article in order to recognise copies of it: its content tokens in order, at
// most max_tokens of them, and a few facts about the page.
struct StoryFingerprint {
  static constexpr std::size_t max_tokens = 1500;
  static constexpr std::size_t max_title_tokens = 40;

  std::vector<StoryToken> tokens;
  std::vector<StoryToken> title;
  std::uint64_t text_hash = 0;      // of the text's letters and digits: equal for verbatim copies
  std::uint64_t host_hash = 0;      // of the host without "www."; 0 when it is not known
  std::optional<std::int32_t> day;  // of publication, days since 1970-01-01, when known to the day
  std::uint32_t text_tokens = 0;    // how many content tokens the whole text has, kept or not

  friend bool operator==(const StoryFingerprint&, const StoryFingerprint&) = default;
};

// Cuts a document into its fingerprint. Linear in the text.
[[nodiscard]] StoryFingerprint make_fingerprint(const StoryDocument& document);
// The same for a text that has been cut already; it stands in for document.text.
[[nodiscard]] StoryFingerprint make_fingerprint(const StoryDocument& document, const Prose& text);

// The fingerprint as bytes for the store: a version byte, then little-endian fields; 8 bytes a
// token, so 13 kB at most. Bytes of another version, cut short or with something behind them are
// refused; a fingerprint that was refused is made again from the stored text.
[[nodiscard]] std::string to_bytes(const StoryFingerprint& fingerprint);
[[nodiscard]] Result<StoryFingerprint> parse_fingerprint(std::string_view bytes);

// The keys under which an article is indexed: pairs of neighbouring rare tokens, hashed; sorted,
// each once. Those of the opening are all there, of the others every fourth by its hash: some 50
// for an article of 500 words, where copies share ten. Two articles that share at least two keys,
// and whose dates (when both are known) are at most 45 days apart, are worth a compare_stories(). A
// key of more than 60 articles says nothing and is passed over.
//
// Verbatim copies are found by text_hash instead, however many there are. Furniture has no keys, so
// call mark_furniture() first.
[[nodiscard]] std::vector<std::uint64_t> candidate_keys(const StoryFingerprint& fingerprint);

inline constexpr int story_window_days = 45;
inline constexpr std::size_t story_key_limit = 60;
inline constexpr int story_shared_keys = 2;

}  // namespace stakeout
