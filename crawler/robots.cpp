#include "crawler/robots.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace stakeout {
namespace {

constexpr std::size_t read_limit = 1U << 20U;

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_token_character(char c) {
  const char l = lower(c);
  return (l >= 'a' && l <= 'z') || c == '_' || c == '-';
}

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\0'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

void append_escaped(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

bool is_unreserved(unsigned char byte) {
  const char c = lower(static_cast<char>(byte));
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == '~';
}

// Whether a byte stands for itself and unescaped (RFC 3986, 3.3 and 3.4; without the wildcards).
bool is_plain(unsigned char byte) {
  constexpr std::string_view others = "!&'()+,;=:@/?";
  return is_unreserved(byte) || others.find(static_cast<char>(byte)) != std::string_view::npos;
}

// The one spelling in which rules and addresses are compared (RFC 9309, 2.2.2): bytes outside ASCII
// and unsafe ones percent-encoded, escapes of unreserved characters decoded, hex digits in upper
// case. A literal "*" or "$" of an address becomes an escape, as does an escaped one of a rule, or
// a
// "$" before its end, so that in a rule these characters are only ever wildcards.
std::string one_spelling(std::string_view text, bool is_rule) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_escape = byte == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                           hex_value(text[i + 2]) >= 0;
    if (is_escape) {
      const auto meant =
          static_cast<unsigned char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
      if (is_unreserved(meant)) {
        out += static_cast<char>(meant);
      } else {
        append_escaped(out, meant);
      }
    } else if (is_rule ? byte == '*' || (byte == '$' && i + 1 == text.size()) || is_plain(byte)
                       : is_plain(byte)) {
      out += static_cast<char>(byte);
    } else {
      append_escaped(out, byte);
    }
  }
  return out;
}

// Whether `pattern` matches a beginning of `text`: "*" stands for any run of bytes, "$" at the end
// for the end. Greedy matching with one point to come back to is enough for "*", which keeps the
// time at most proportional to the product of the lengths.
bool matches(std::string_view pattern, std::string_view text) {
  const bool anchored = !pattern.empty() && pattern.back() == '$';
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // after the last "*" seen in the pattern
  std::size_t star_text = 0;                  // where its match ends for now
  while (true) {
    if (p == pattern.size()) {
      if (!anchored || t == text.size()) return true;
      if (star == pattern.size()) return true;  // "...*$"
    } else if (pattern[p] == '*') {
      star = ++p;
      star_text = t;
      continue;
    } else if (t < text.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
      continue;
    }
    if (star == std::string_view::npos || star_text >= text.size()) return false;
    t = ++star_text;
    p = star;
  }
}

enum class Key : std::uint8_t { user_agent, allow, disallow, crawl_delay, other };

struct Keyword {
  std::string_view spelling;
  Key key;
};

// The keywords, with the misspellings that Google's parser has found common enough to accept.
constexpr std::array keywords = {
    Keyword{"user-agent", Key::user_agent},   Keyword{"useragent", Key::user_agent},
    Keyword{"user agent", Key::user_agent},   Keyword{"allow", Key::allow},
    Keyword{"disallow", Key::disallow},       Keyword{"dissallow", Key::disallow},
    Keyword{"dissalow", Key::disallow},       Keyword{"disalow", Key::disallow},
    Keyword{"diasllow", Key::disallow},       Keyword{"disallaw", Key::disallow},
    Keyword{"crawl-delay", Key::crawl_delay}, Keyword{"crawldelay", Key::crawl_delay},
    Keyword{"crawl delay", Key::crawl_delay},
};

struct Line {
  Key key = Key::other;
  std::string_view value;
};

Key key_of(std::string_view word) {
  const auto* const found = std::ranges::find_if(
      keywords, [&](const Keyword& k) { return equal_without_case(k.spelling, word); });
  return found == keywords.end() ? Key::other : found->key;
}

// "/news/index.html" also means "/news/" in an allow rule: site owners write the one and mean the
// other, and Google's parser takes it so. nullopt for other rules.
std::optional<std::string> folder_of_index(std::string_view rule) {
  const std::size_t slash = rule.rfind('/');
  if (slash == std::string_view::npos || !rule.substr(slash).starts_with("/index.htm")) {
    return std::nullopt;
  }
  return std::string{rule.substr(0, slash + 1)} + "$";
}

// Reads "key: value # comment". Without a colon the first run of blanks parts the two.
Line read_line(std::string_view text) {
  text = trimmed(text.substr(0, text.find('#')));
  std::size_t gap = text.find(':');
  if (gap == std::string_view::npos) gap = text.find_first_of(" \t");
  if (gap == std::string_view::npos) return {};
  return {key_of(trimmed(text.substr(0, gap))), trimmed(text.substr(gap + 1))};
}

// Takes the next line off `text`; CR, LF and CRLF all end one.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find_first_of("\r\n");
  const std::string_view line = text.substr(0, end);
  if (end == std::string_view::npos) {
    text = {};
  } else {
    const bool crlf = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
    text.remove_prefix(end + (crlf ? 2 : 1));
  }
  return line;
}

// Without a byte order mark, even one that lost its last bytes.
std::string_view without_mark(std::string_view bytes) {
  for (const char c : std::string_view{"\xEF\xBB\xBF"}) {
    if (bytes.empty() || bytes.front() != c) break;
    bytes.remove_prefix(1);
  }
  return bytes;
}

std::optional<double> delay_of(std::string_view value) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  const bool whole = error == std::errc{} && end == value.data() + value.size();
  if (!whole || !std::isfinite(seconds) || std::signbit(seconds)) return std::nullopt;
  return seconds;
}

// Whom the user-agent lines of a group name.
struct Audience {
  bool us = false;
  bool everybody = false;
};

void add_to(Audience& audience, std::string_view value, std::string_view agent) {
  if (!value.empty() && value.front() == '*' &&
      (value.size() == 1 || value[1] == ' ' || value[1] == '\t')) {
    audience.everybody = true;
    return;
  }
  // A version or further words after the token are not part of it: "stakeout/1.0 (news)".
  const auto* const end = std::ranges::find_if_not(value, is_token_character);
  const auto size = static_cast<std::size_t>(end - value.begin());
  if (size > 0 && equal_without_case(value.substr(0, size), agent)) audience.us = true;
}

}  // namespace

bool RobotsRules::is_allowed(std::string_view path_and_query) const {
  const std::string path = one_spelling(path_and_query, false);
  if (path == "/robots.txt") return true;
  const auto found =
      std::ranges::find_if(rules_, [&](const Rule& rule) { return matches(rule.pattern, path); });
  return found == rules_.end() || found->allow;
}

std::size_t RobotsRules::memory() const {
  std::size_t bytes = sizeof *this;
  for (const Rule& rule : rules_) bytes += sizeof rule + rule.pattern.capacity();
  return bytes;
}

void RobotsRules::add(std::string_view pattern, bool allow) {
  if (pattern.empty()) return;
  rules_.push_back({one_spelling(pattern, true), allow});
  if (const auto folder = folder_of_index(pattern); folder && allow) {
    rules_.push_back({one_spelling(*folder, true), true});
  }
}

RobotsRules parse_robots(std::string_view bytes, std::string_view agent) {
  bytes = without_mark(bytes.substr(0, read_limit));
  RobotsRules ours;
  RobotsRules everybodys;
  bool named = false;  // some group names the agent
  Audience of_rules;
  Audience of_delays;
  bool heading_open = false;  // no rule since the last user-agent line
  bool delay_seen = false;    // a crawl-delay since then

  const auto for_each_in = [&](const Audience& audience, const auto& apply) {
    if (audience.us) apply(ours);
    if (audience.everybody) apply(everybodys);
  };
  while (!bytes.empty()) {
    const Line line = read_line(take_line(bytes));
    switch (line.key) {
      case Key::user_agent:
        // A crawl-delay does not part user-agent lines as far as rules go (RFC 9309, 2.2.4), but
        // a delay is meant for the names above it only.
        if (!heading_open) of_rules = {};
        if (!heading_open || delay_seen) of_delays = {};
        heading_open = true;
        delay_seen = false;
        add_to(of_rules, line.value, agent);
        add_to(of_delays, line.value, agent);
        named = named || of_rules.us;
        break;
      case Key::allow:
      case Key::disallow:
        heading_open = false;
        for_each_in(of_rules,
                    [&](RobotsRules& rules) { rules.add(line.value, line.key == Key::allow); });
        break;
      case Key::crawl_delay:
        delay_seen = true;
        for_each_in(of_delays, [&](RobotsRules& rules) {
          if (const auto delay = delay_of(line.value)) {
            rules.crawl_delay_ = std::max(*delay, rules.crawl_delay_.value_or(0));
          }
        });
        break;
      case Key::other:
        break;
    }
  }
  RobotsRules& rules = named ? ours : everybodys;
  std::ranges::stable_sort(rules.rules_, [](const auto& a, const auto& b) {
    return a.pattern.size() != b.pattern.size() ? a.pattern.size() > b.pattern.size()
                                                : a.allow && !b.allow;
  });
  return std::move(rules);
}

}  // namespace stakeout
