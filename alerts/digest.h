#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stakeout {

// One line of a digest: what happened, the words that say so, and where they stand. Plain text,
// UTF-8; empty: not given.
struct DigestLine {
  std::string
      text;  // "Paragon Solutions — U.S. Immigration and Customs Enforcement: USD 2,000,000"
  std::vector<std::string> facts;  // "signed 2024-09", "status: signed → stop_work"
  std::string quote;               // the sentence that says so
  std::string source;              // "Harbor Courier, 2025-03-03, and 3 copies"
  std::string url;
  std::string why{};                    // what found it: "\"ICE\", found by the alias ..."
  std::optional<std::int64_t> story{};  // by which a reader can mute it
  bool is_quoted_above = false;         // the quote stands in an earlier line: not printed again
};

// Lines under one name.
struct DigestGroup {
  std::string heading;  // a vendor's name; empty: lines that stand for themselves
  std::vector<DigestLine> lines;
};

struct DigestSection {
  std::string heading;
  std::vector<DigestGroup> groups;
  bool is_warning = false;  // it takes back what was said before: to be seen first
};

// What one message says: the alerts that a reader has not had yet.
struct Digest {
  std::string subject;                  // what is inside, in a few words
  std::string period;                   // "since 2025-03-03T23:30:00Z"
  std::vector<DigestSection> sections;  // only those that have something to say
  std::size_t alerts = 0;               // how many alerts are behind it
  std::string watch{};                  // the one vendor or agency that it is about, or empty
  std::string more{};                   // what was left out of it, or empty
};

// The digest as plain text of at most 78 columns (but for addresses), ready to be read in a
// terminal or as the text part of a mail.
[[nodiscard]] std::string render_text(const Digest& digest);

// The digest as one HTML page without scripts or remote content, for narrow and wide, light and
// dark windows. Everything that comes from outside is escaped, and only http and https links are
// made.
[[nodiscard]] std::string render_html(const Digest& digest);

// What stands in the body of that page, to be put into another.
[[nodiscard]] std::string render_html_part(const Digest& digest);

}  // namespace stakeout
