#pragma once

#include <set>
#include <string>
#include <string_view>

namespace stakeout {

// What the publisher of a page asks of those who index or keep it: the words of <meta name=robots>
// and of the header X-Robots-Tag (developers.google.com, "robots meta tag specifications").
//
//     header    := [agent ":"] directive { "," [agent ":"] directive }
//     directive := word [":" value]
//
// An agent holds until the next one; what is said to other agents than `agent` and "*" is left out.
// So are words that forbid nothing ("all", "index", "follow") and those that nobody knows. Several
// headers and tags add up, to about twenty directives.
class RobotsDirectives {
 public:
  // `agent` is the product token that robots.txt knows us by, borrowed.
  explicit RobotsDirectives(std::string_view agent) : agent_{agent} {}

  // The value of one X-Robots-Tag header; several are several calls.
  void add_header(std::string_view value);
  // The content of one <meta name=robots>, or of one whose name is the agent.
  void add_meta(std::string_view content);

  // The directives that forbid something, in lower case, sorted, each once, parted by blanks:
  // "noarchive noindex unavailable_after:2030-06-25T23:00:00Z". "none" is "nofollow noindex",
  // "nocache" is "noarchive". Empty: none.
  [[nodiscard]] std::string text() const;

 private:
  void add(std::string_view list, bool has_agents);
  void add_directive(std::string_view name, std::string_view value);

  std::string_view agent_;
  std::set<std::string> directives_;
};

}  // namespace stakeout
