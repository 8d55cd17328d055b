#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// What one host's robots.txt says to one crawler (RFC 9309). A value; empty rules allow everything.
class RobotsRules {
 public:
  // Whether an address may be fetched, given its path with its query ("/a?b"). The longest pattern
  // that matches decides, "allow" wins a tie (2.2.2), and /robots.txt itself is always allowed. No
  // time is lost to patterns with many wildcards: a pattern takes at most its length times that of
  // the address.
  [[nodiscard]] bool is_allowed(std::string_view path_and_query) const;

  // The Crawl-delay of the group that holds, in seconds, the largest of several: not in the
  // RFC, but widely meant. Absent when the line holds no number of 0 or more.
  [[nodiscard]] std::optional<double> crawl_delay() const { return crawl_delay_; }

  // About the memory that the rules take, in bytes.
  [[nodiscard]] std::size_t memory() const;

 private:
  friend RobotsRules parse_robots(std::string_view bytes, std::string_view agent);

  struct Rule {
    std::string pattern;  // in the one spelling that is compared, see robots.cpp
    bool allow = false;
  };
  void add(std::string_view pattern, bool allow);

  std::vector<Rule> rules_;  // longest pattern first, "allow" first among equals
  std::optional<double> crawl_delay_;
};

// Reads a robots.txt for the product token `agent` ("stakeout"): the rules of all groups that name
// it, in any case, else of all groups for "*".
//
// Never fails: lines that mean nothing are skipped, a byte order mark too, and lines end with CR,
// LF or both. Misspellings of the keywords that are common on the web are understood. Bytes beyond
// 1 MiB are not read (2.5 asks for 500 KiB at least).
[[nodiscard]] RobotsRules parse_robots(std::string_view bytes, std::string_view agent);

}  // namespace stakeout
