#include "extractors/text/html_entities.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>

#include "extractors/text/ascii.h"
#include "extractors/text/charset.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

std::string_view html_elements_table();
std::string_view html_entities_table();

namespace {

using std::string_view;

constexpr std::size_t longest_name = 32;  // "CounterClockwiseContourIntegral" and a little
constexpr std::uint32_t beyond_unicode = 0x110000;

struct Named {
  std::string utf8;
  bool may_be_bare = false;  // counts without a semicolon
};

std::unordered_map<string_view, Named> read_names() {
  std::unordered_map<string_view, Named> names;
  for (const auto& row : read_table(html_entities_table())) {
    Named named;
    for (const string_view hex : ascii_words(row.at(1))) {
      std::uint32_t code_point = 0;
      std::from_chars(hex.data(), hex.data() + hex.size(), code_point, 16);
      append_utf8(named.utf8, code_point);
    }
    named.may_be_bare = row.size() > 2;
    names.emplace(row.at(0), std::move(named));
  }
  return names;
}

const Named* find_name(string_view name) {
  static const std::unordered_map<string_view, Named> names = read_names();
  const auto found = names.find(name);
  return found == names.end() ? nullptr : &found->second;
}

// A numeric reference: its number, and how many bytes it takes with its semicolon, if any.
struct Number {
  std::uint32_t value = 0;
  std::size_t size = 0;
};

// Reads "&#233;", "&#xE9;" at the start of `text`. Numbers too large to hold count as beyond
// Unicode.
std::optional<Number> number_at(string_view text) {
  if (!text.starts_with("&#")) return std::nullopt;
  std::size_t at = 2;
  int base = 10;
  if (at < text.size() && ascii_lower(text[at]) == 'x') {
    base = 16;
    ++at;
  }
  Number number;
  const char* const begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number.value, base);
  if (end == begin) return std::nullopt;
  if (error != std::errc{} || number.value > beyond_unicode) number.value = beyond_unicode;
  number.size = static_cast<std::size_t>(end - text.data());
  if (number.size < text.size() && text[number.size] == ';') ++number.size;
  return number;
}

constexpr bool is_high_surrogate(std::uint32_t c) {
  return c >= 0xD800 && c <= 0xDBFF;
}
constexpr bool is_low_surrogate(std::uint32_t c) {
  return c >= 0xDC00 && c <= 0xDFFF;
}

// Decodes the numeric reference (or pair of them) at the start of `text` to `out`; returns the
// bytes that it takes, 0 when there is none.
std::size_t decode_number(string_view text, std::string& out) {
  const auto number = number_at(text);
  if (!number) return 0;
  if (is_high_surrogate(number->value)) {
    const auto low = number_at(text.substr(number->size));
    if (low && is_low_surrogate(low->value)) {
      append_utf8(out, 0x10000 + ((number->value - 0xD800) << 10U) + (low->value - 0xDC00));
      return number->size + low->size;
    }
  }
  append_utf8(out, number->value == 0 ? 0xFFFD : c1_as_windows_1252(number->value));
  return number->size;
}

std::size_t decode_name(string_view text, std::string& out) {
  std::size_t end = 1;
  while (end < text.size() && end <= longest_name && is_ascii_alphanumeric(text[end])) ++end;
  const Named* named = find_name(text.substr(1, end - 1));
  if (named == nullptr) return 0;
  const bool is_closed = end < text.size() && text[end] == ';';
  const bool is_bare = named->may_be_bare && (end == text.size() || text[end] != '=');
  if (!is_closed && !is_bare) return 0;
  out += named->utf8;
  return is_closed ? end + 1 : end;
}

// The longest name that counts without a semicolon at the start of `text`, whatever follows it.
std::size_t decode_bare_name(string_view text, std::string& out) {
  constexpr std::size_t longest_bare = 6;  // "Aacute"
  for (std::size_t end = std::min(longest_bare + 1, text.size()); end > 1; --end) {
    const Named* named = find_name(text.substr(1, end - 1));
    if (named == nullptr || !named->may_be_bare) continue;
    out += named->utf8;
    return end;
  }
  return 0;
}

enum class References { anywhere, in_text };

std::string decode_references(string_view text, References where) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t ampersand = std::min(text.find('&', at), text.size());
    out += text.substr(at, ampersand - at);
    at = ampersand;
    if (at == text.size()) break;
    std::size_t taken = decode_number(text.substr(at), out);
    if (taken == 0) taken = decode_name(text.substr(at), out);
    if (taken == 0 && where == References::in_text) taken = decode_bare_name(text.substr(at), out);
    if (taken == 0) out += '&';
    at += std::max<std::size_t>(taken, 1);
  }
  return out;
}

// What the name of a tag is: an element through which text runs on ("<b>Stake</b>out" is one word),
// another one, or none of HTML's, so that "vector<int>" keeps its words. Names with a hyphen or a
// colon are elements that somebody made up.
enum class ElementKind { running_text, other, unknown };

ElementKind element_kind(string_view name) {
  static const auto elements = [] {
    std::map<std::string, ElementKind, std::less<>> read;
    for (const auto& row : read_table(html_elements_table())) {
      const auto kind = row.at(0) == "inline" ? ElementKind::running_text : ElementKind::other;
      for (const string_view element : ascii_words(row.at(1))) read.emplace(element, kind);
    }
    return read;
  }();
  if (name.find_first_of("-:") != string_view::npos) return ElementKind::other;
  const auto found = elements.find(ascii_lower(name));
  return found == elements.end() ? ElementKind::unknown : found->second;
}

// The name in the tag that begins at `at`; empty for "<!" and "<?".
string_view tag_name(string_view html, std::size_t at) {
  const std::size_t begin = at + (html[at + 1] == '/' ? 2 : 1);
  std::size_t end = begin;
  while (end < html.size() &&
         (is_ascii_alphanumeric(html[end]) || html[end] == '-' || html[end] == ':')) {
    ++end;
  }
  return html.substr(begin, end - begin);
}

// The byte after the ">" of the tag at `at`; a ">" inside a quoted attribute value ends no tag. A
// tag that never ends takes the rest.
std::size_t end_of_tag(string_view html, std::size_t at) {
  char quote = '\0';
  char before = '\0';
  for (std::size_t i = at + 1; i < html.size(); ++i) {
    const char c = html[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '>') {
      return i + 1;
    } else if ((c == '"' || c == '\'') && before == '=') {
      quote = c;
    }
    if (!is_ascii_space(c)) before = c;
  }
  // A quote that is never closed was none: the first ">" ends the tag.
  const std::size_t end = quote == '\0' ? string_view::npos : html.find('>', at);
  return end == string_view::npos ? html.size() : end + 1;
}

std::size_t after(string_view html, string_view what, std::size_t from) {
  const std::size_t found = find_ignoring_case(html, what, from);
  return found == string_view::npos ? html.size() : found + what.size();
}

bool begins_markup(string_view html, std::size_t at) {
  if (html[at] != '<' || at + 1 == html.size()) return false;
  const char next = html[at + 1];
  if (next == '/') return at + 2 < html.size() && is_ascii_letter(html[at + 2]);
  return is_ascii_letter(next) || next == '!' || next == '?';
}

}  // namespace

std::string decode_character_references(string_view text) {
  return decode_references(text, References::anywhere);
}

std::string decode_text_references(string_view text) {
  return decode_references(text, References::in_text);
}

std::string plain_text_of_html(string_view html) {
  std::string text;
  text.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    if (!begins_markup(html, at)) {
      text += html[at++];
      continue;
    }
    const string_view rest = html.substr(at);
    if (rest.starts_with("<!--")) {
      at = after(html, "-->", at + 4);
      continue;
    }
    if (rest.starts_with("<![CDATA[")) {
      const std::size_t end = std::min(html.find("]]>", at), html.size());
      text += html.substr(at + 9, end - at - 9);
      at = std::min(end + 3, html.size());
      continue;
    }
    const string_view name = tag_name(html, at);
    const ElementKind kind = name.empty() ? ElementKind::other : element_kind(name);
    if (kind == ElementKind::unknown) {
      text += html[at++];
      continue;
    }
    at = end_of_tag(html, at);
    if (rest[1] != '/' && equals_ignoring_case(name, "script")) at = after(html, "</script>", at);
    if (rest[1] != '/' && equals_ignoring_case(name, "style")) at = after(html, "</style>", at);
    if (kind == ElementKind::other) text += ' ';
  }
  return ascii_collapsed(decode_character_references(text));
}

}  // namespace stakeout
