#include "extractors/pages/stated_text.h"

#include <algorithm>
#include <vector>

#include "extractors/pages/page_names.h"
#include "extractors/pages/title.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::string_view gap = "\n\n";

// Where a piece of markup begins or ends a line: "<p>", "</li>", "<br/>".
bool parts_lines(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  std::size_t end = 0;
  while (end < tag.size() && is_ascii_alphanumeric(tag[end])) ++end;
  const Tag name = tag_named(ascii_lower(tag.substr(0, end)));
  return name == Tag::br || is_block(name);
}

// The text with a line feed in front of each such piece of markup.
std::string with_line_feeds(std::string_view html) {
  constexpr std::size_t longest_name = 12;
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t tag = std::min(html.find('<', at), html.size());
    out += html.substr(at, tag - at);
    if (tag == html.size()) break;
    if (parts_lines(html.substr(tag, longest_name))) out += '\n';
    out += '<';
    at = tag + 1;
  }
  return out;
}

// The first and the last paragraph, by letters and digits alone; of the last one the beginning, as
// it may break off.
std::vector<std::string> ends_of(std::string_view text) {
  constexpr std::size_t longest = 200;  // bytes
  const std::size_t last = text.rfind(gap);
  std::vector<std::string> ends{bare_words(first_bytes(text.substr(0, text.find(gap)), longest))};
  if (last != std::string_view::npos) {
    ends.push_back(bare_words(first_bytes(text.substr(last + gap.size()), longest)));
  }
  return ends;
}

// Where the lines of `shown` end in `bare`; npos when they do not stand there, one behind the
// other.
std::size_t end_of_shown(const std::string& bare, std::string_view shown) {
  std::size_t at = 0;
  for (const std::string& line : ends_of(shown)) {
    const std::size_t found = line.empty() ? std::string::npos : bare.find(line, at);
    if (found == std::string::npos) return std::string::npos;
    at = found + line.size();
  }
  return at;
}

// Pieces of a word of four letters each, but for the rest: some scripts have no gaps in a title.
std::vector<std::string_view> pieces_of(std::string_view word) {
  constexpr std::size_t length = 4;  // code points
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size();) {
    at = code_point_at(word, at).next;
    if (++letters < length) continue;
    pieces.push_back(word.substr(begin, at - begin));
    begin = at;
    letters = 0;
  }
  return pieces;
}

// Whether at least half of the pieces of a title's longer words stand in a text.
bool has_words_of(std::string_view title, std::string_view bare) {
  std::size_t all = 0;
  std::size_t found = 0;
  for (const std::string_view word : ascii_words(title)) {
    const std::string letters = bare_words(word);
    for (const std::string_view piece : pieces_of(letters)) {
      ++all;
      found += bare.find(piece) != std::string_view::npos ? 1 : 0;
    }
  }
  return all > 0 && found * 2 >= all;
}

}  // namespace

std::string paragraphs_of(std::string_view body) {
  std::string out;
  const std::string lines = with_line_feeds(body);
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const std::string line = collapse_white_space(without_control_characters(
        plain_text_of_html(std::string_view{lines}.substr(at, end - at))));
    if (!line.empty()) {
      if (!out.empty()) out += gap;
      out += line;
    }
    at = end + 1;
  }
  return out;
}

bool is_whole_of(std::string_view stated, std::string_view shown, std::string_view title) {
  constexpr std::size_t some_text = 600;     // bytes
  constexpr std::size_t enough_alone = 300;  // code points, where nothing is shown
  constexpr std::size_t longest_title = 1'000;
  constexpr std::size_t looked_at = 20'000;  // bytes, for the words of the title
  if (shown.empty() && count_code_points(stated) >= enough_alone) return true;
  if (stated.size() * 3 < shown.size() * 4) return false;
  const std::string bare = bare_words(stated);
  const std::size_t end = shown.empty() ? 0 : end_of_shown(bare, shown);
  const bool hardly_shown = count_code_points(shown) * 3 < count_code_points(stated);
  if (end == std::string::npos || end == 0)
    return hardly_shown &&
           has_words_of(first_bytes(title, longest_title), first_bytes(bare, looked_at));
  const std::size_t rest = bare.size() - end;
  return hardly_shown || (rest >= some_text && rest * 10 > bare.size() * 3);
}

}  // namespace stakeout
