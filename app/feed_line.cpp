#include "app/feed_line.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extractors/text/ascii.h"
#include "extractors/text/charset.h"
#include "extractors/text/unicode.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

constexpr std::size_t most_tags = 100;

// Addresses are shown in messages up to so many bytes.
constexpr std::size_t longest_shown = 120;

struct Word {
  std::string text;  // as the bytes have it
  LinePart part;
  bool is_quoted = false;
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// What stands behind a backslash; line ends and tabs are never part of a word.
char escaped(char c) {
  return c == 'n' || c == 'r' || c == 't' ? ' ' : c;
}

// The word in quotes that begins at byte `at`; `is_closed` tells whether its quote ends.
Word quoted_word(std::string_view line, std::size_t at, bool& is_closed) {
  Word word{{}, {at, at}, true};
  for (++at; at < line.size() && line[at] != '"'; ++at) {
    if (line[at] == '\\' && at + 1 < line.size()) {
      word.text += escaped(line[++at]);
    } else {
      word.text += line[at];
    }
  }
  is_closed = at < line.size();
  word.part.end = is_closed ? at + 1 : at;
  return word;
}

std::vector<Word> words_of(std::string_view line, bool& is_closed) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (true) {
    while (at < line.size() && is_blank(line[at])) ++at;
    if (at == line.size() || line[at] == '#') return words;
    if (line[at] == '"') {
      words.push_back(quoted_word(line, at, is_closed));
    } else {
      std::size_t end = at;
      while (end < line.size() && !is_blank(line[end])) ++end;
      words.push_back({std::string{line.substr(at, end - at)}, {at, end}, false});
    }
    at = words.back().part.end;
  }
}

std::string as_utf8(const std::string& text) {
  if (is_valid_utf8(text)) return text;
  return decode_text(text, "text/plain; charset=windows-1252", Markup::text).utf8;
}

// An address as it may be shown: no password, no control characters, not too long.
std::string shown(std::string_view address) {
  std::string text = without_control_characters(to_valid_utf8(address.substr(0, longest_shown)));
  std::ranges::replace(text, '\n', ' ');
  const std::size_t slashes = text.find("//");
  const std::size_t end =
      slashes == std::string::npos ? slashes : text.find_first_of("@/?#", slashes + 2);
  if (end != std::string::npos && text[end] == '@')
    text.replace(slashes + 2, end - slashes - 2, "...");
  return "'" + text + (address.size() > longest_shown ? "...'" : "'");
}

// Of "http://exa mple.org/" the blank cuts the host's name: what comes before it has neither a dot
// nor a path, and what comes behind has a dot.
bool is_cut_in_host(const std::vector<Word>& words) {
  if (words.size() < 2 || words[0].is_quoted || words[1].is_quoted) return false;
  const std::string& address = words[0].text;
  const std::size_t slashes = address.find("//");
  return slashes != std::string::npos &&
         address.find_first_of("./:", slashes + 2) == std::string::npos &&
         address.substr(slashes + 2) != "localhost" && words[1].text.find('.') != std::string::npos;
}

// Of "https://example.org/my feed.xml" the blank cuts the path: what comes behind it ends as the
// names of feeds do.
bool looks_like_end_of_address(const std::vector<Word>& words) {
  constexpr auto ends = std::to_array<std::string_view>({".xml", ".rss", ".atom", ".rdf", ".json"});
  return words.size() > 1 && !words[1].is_quoted &&
         std::ranges::any_of(ends, [&](auto end) { return words[1].text.ends_with(end); });
}

void add_remark(FeedLine& line, std::string_view remark) {
  line.remark += (line.remark.empty() ? "" : "; ") + std::string{remark};
}

void read_word(FeedLine& line, const Word& word) {
  const std::string utf8 = as_utf8(word.text);
  const std::string text = clean_feed_word(utf8);
  if (text.starts_with('~')) {
    const std::string title = clean_feed_word(text.substr(1));
    if (line.title || title.empty()) return;
    line.title = word.part;
    line.feed.title = title;
  } else if (!text.empty() && !text.starts_with('!')) {
    add_feed_tag(line.feed, text);
  }
}

FeedLine unusable(std::string reason) {
  FeedLine line;
  line.kind = FeedLine::Kind::unusable;
  line.remark = std::move(reason);
  return line;
}

// What is odd about a line whose feed is used all the same.
void add_remarks(FeedLine& line, std::string_view text, const std::vector<Word>& words,
                 bool is_closed) {
  const auto is_control = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && !is_blank(c)) || c == 0x7F;
  };
  if (!is_valid_utf8(text)) add_remark(line, "no UTF-8; read as windows-1252");
  if (!is_closed) add_remark(line, "a quote is left open; it is taken to end with the line");
  if (std::ranges::any_of(text, is_control)) add_remark(line, "control characters are left out");
  if (looks_like_end_of_address(words)) {
    add_remark(line, "the tag '" + clean_feed_word(as_utf8(words[1].text)) +
                         "' looks like a part of the address; write a blank in an address as %20");
  }
  line.has_open_quote = !is_closed;
}

}  // namespace

bool add_feed_tag(ListedFeed& feed, std::string tag) {
  if (feed.tags.size() == most_tags || std::ranges::find(feed.tags, tag) != feed.tags.end())
    return false;
  feed.tags.push_back(std::move(tag));
  return true;
}

FeedLine parse_feed_line(std::string_view text) {
  if (text.size() > longest_feed_line) {
    return unusable("longer than " + std::to_string(longest_feed_line) + " bytes");
  }
  if (text.ends_with('\r')) text.remove_suffix(1);
  bool is_closed = true;
  const std::vector<Word> words = words_of(text, is_closed);
  FeedLine line;
  if (words.empty()) return line;

  line.feed.url = as_utf8(words.front().text);
  if (is_cut_in_host(words))
    return unusable(*fault_of_feed_address(words[0].text + ' ' + words[1].text));
  if (auto fault = fault_of_feed_address(line.feed.url)) return unusable(std::move(*fault));
  line.kind = FeedLine::Kind::feed;
  line.address = parse_url(line.feed.url).value().text();
  for (const Word& word : words) {
    if (!line.words.empty()) read_word(line, word);
    line.words.push_back(word.part);
  }
  add_remarks(line, text, words, is_closed);
  return line;
}

std::optional<std::string> fault_of_feed_address(std::string_view address) {
  for (const std::string_view command : {"query:", "exec:", "filter:"}) {
    if (address.starts_with(command))
      return "'" + std::string{command} + "' lines are newsboat's own; they are never run here";
  }
  if (address.find_first_of(" \t") != std::string_view::npos)
    return shown(address) + ": a blank inside an address";
  if (const auto parsed = parse_url(address); !parsed)
    return shown(address) + ": " + parsed.error().message;
  if (clean_feed_word(address) != address)
    return shown(address) + ": a control character in an address";
  return std::nullopt;
}

std::string clean_feed_word(std::string_view text) {
  std::string clean = without_control_characters(to_valid_utf8(text));
  std::ranges::replace(clean, '\n', ' ');
  std::ranges::replace(clean, '\t', ' ');
  return std::string{ascii_trimmed(clean)};
}

std::string written_feed_word(const std::string& text) {
  const bool is_bare =
      !text.empty() && text.find_first_of(" \"") == std::string::npos && !text.starts_with('#');
  if (is_bare) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string written_feed_line(const ListedFeed& feed) {
  std::string line = feed.url;
  for (const std::string& tag : feed.tags) line += ' ' + written_feed_word(tag);
  if (!feed.title.empty()) line += ' ' + written_feed_word("~" + feed.title);
  return line;
}

}  // namespace stakeout
