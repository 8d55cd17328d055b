#include "extractors/text/robots_directives.h"

#include <algorithm>
#include <array>

#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"

namespace stakeout {
namespace {

using std::string_view;

constexpr auto prohibitions =
    std::to_array<string_view>({"noai", "noarchive", "nofollow", "noimageai", "noimageindex",
                                "noindex", "nosnippet", "notranslate"});
constexpr auto limits =
    std::to_array<string_view>({"max-image-preview", "max-snippet", "max-video-preview"});
constexpr string_view end_of_life = "unavailable_after";
constexpr std::size_t longest_value = 20;
constexpr std::size_t most_directives = 20;

template <std::size_t N>
bool is_one_of(const std::array<string_view, N>& words, string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool takes_value(string_view name) {
  return name == end_of_life || is_one_of(limits, name);
}

bool is_plain_value(string_view value) {
  return !value.empty() && value.size() <= longest_value &&
         std::ranges::all_of(value, [](char c) { return is_ascii_alphanumeric(c) || c == '-'; });
}

// Takes the next piece off `list`, up to a comma. One that a date's weekday ends goes on behind it:
// "unavailable_after: Tuesday, 25 Jun 2030".
string_view next_piece(string_view& list) {
  std::size_t comma = list.find(',');
  const string_view start = ascii_trimmed(list.substr(0, comma));
  const bool is_cut_date = find_ignoring_case(start, end_of_life) != string_view::npos &&
                           std::ranges::none_of(start, is_ascii_digit);
  if (is_cut_date && comma != string_view::npos) comma = list.find(',', comma + 1);
  const string_view piece = list.substr(0, comma);
  list.remove_prefix(comma == string_view::npos ? list.size() : comma + 1);
  return ascii_trimmed(piece);
}

}  // namespace

void RobotsDirectives::add_header(string_view value) {
  add(value, true);
}

void RobotsDirectives::add_meta(string_view content) {
  add(content, false);
}

void RobotsDirectives::add(string_view list, bool has_agents) {
  bool is_for_us = true;
  while (!list.empty()) {
    string_view piece = next_piece(list);
    std::size_t colon = piece.find(':');
    if (has_agents && colon != string_view::npos &&
        !takes_value(ascii_lower(ascii_trimmed(piece.substr(0, colon))))) {
      const string_view agent = ascii_trimmed(piece.substr(0, colon));
      is_for_us = agent == "*" || equals_ignoring_case(agent.substr(0, agent.find('/')), agent_);
      piece = ascii_trimmed(piece.substr(colon + 1));
      colon = piece.find(':');
    }
    if (!is_for_us) continue;
    const std::string name = ascii_lower(ascii_trimmed(piece.substr(0, colon)));
    if (takes_value(name)) {
      add_directive(name, colon == string_view::npos ? "" : ascii_trimmed(piece.substr(colon + 1)));
    } else {
      // Some part words with blanks alone.
      for (const string_view word : ascii_words(name)) add_directive(word, {});
    }
  }
}

void RobotsDirectives::add_directive(string_view name, string_view value) {
  if (directives_.size() >= most_directives) return;
  if (name == "none") {
    directives_.insert({"noindex", "nofollow"});
  } else if (name == "nocache") {
    directives_.insert("noarchive");
  } else if (is_one_of(prohibitions, name)) {
    directives_.emplace(name);
  } else if (is_one_of(limits, name) && is_plain_value(value)) {
    directives_.insert(std::string{name} + ":" + ascii_lower(value));
  } else if (name == end_of_life) {
    if (const auto date = parse_date_time(value)) {
      directives_.insert(std::string{name} + ":" + to_rfc3339(instant_of(*date)));
    }
  }
}

std::string RobotsDirectives::text() const {
  std::string text;
  for (const std::string& directive : directives_) {
    text += (text.empty() ? "" : " ") + directive;
  }
  return text;
}

}  // namespace stakeout
