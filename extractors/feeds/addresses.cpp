#include "extractors/feeds/addresses.h"

#include <algorithm>
#include <array>

#include "extractors/feeds/markup.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"

namespace stakeout {
namespace {

using std::string_view;

// Bases that are relative to each other could grow with every level of nesting.
constexpr std::size_t longest_base = 1'000;

std::string without_line_breaks(string_view address) {
  std::string out{ascii_trimmed(address)};
  std::erase_if(out, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
  return out;
}

// Copies one attribute ("name=value", from `at`) to `out`, its address made absolute if it is one.
// Returns the byte after it.
std::size_t copy_attribute(string_view html, std::size_t at, const Base& base, std::string& out) {
  const std::size_t begin = at;
  while (at < html.size() && !is_ascii_space(html[at]) &&
         string_view{"=>/"}.find(html[at]) == string_view::npos) {
    ++at;
  }
  const string_view name = html.substr(begin, at - begin);
  while (at < html.size() && is_ascii_space(html[at])) ++at;
  if (at == html.size() || html[at] != '=') {
    out += html.substr(begin, at - begin);
    return std::max(at, begin);
  }
  ++at;
  while (at < html.size() && is_ascii_space(html[at])) ++at;
  const bool is_quoted = at < html.size() && (html[at] == '"' || html[at] == '\'');
  const std::size_t value_begin = is_quoted ? at + 1 : at;
  std::size_t value_end = value_begin;
  if (is_quoted) {
    value_end = std::min(html.find(html[at], value_begin), html.size());
  } else {
    while (value_end < html.size() && !is_ascii_space(html[value_end]) && html[value_end] != '>') {
      ++value_end;
    }
  }
  const std::size_t end = std::min(is_quoted ? value_end + 1 : value_end, html.size());
  const bool is_address = equals_ignoring_case(name, "href") || equals_ignoring_case(name, "src");
  if (!is_address || out.size() > longest_resolved_html) {
    out += html.substr(begin, end - begin);
    return end;
  }
  const std::string address =
      decode_character_references(html.substr(value_begin, value_end - value_begin));
  out += name;
  out += "=\"" + escaped_for_html(absolute_address(address, base)) + '"';
  return end;
}

}  // namespace

bool has_scheme(string_view address) {
  const std::size_t colon = address.find(':');
  if (colon == string_view::npos || colon == 0 || !is_ascii_letter(address[0])) return false;
  return std::ranges::all_of(address.substr(0, colon), [](char c) {
    return is_ascii_alphanumeric(c) || c == '+' || c == '-' || c == '.';
  });
}

bool is_dangerous_address(string_view address) {
  static constexpr auto schemes =
      std::to_array<string_view>({"javascript:", "data:", "file:", "vbscript:"});
  const std::string plain = without_line_breaks(address);
  return std::ranges::any_of(
      schemes, [&](string_view scheme) { return starts_with_ignoring_case(plain, scheme); });
}

std::string absolute_address(string_view address, const Base& base) {
  std::string plain = without_line_breaks(address);
  if (!base || plain.empty() || has_scheme(plain)) return plain;
  const auto resolved = resolve_url(*base, plain);
  return resolved ? resolved->text() : plain;
}

Base inner_base(string_view xml_base, const Base& outer) {
  if (xml_base.empty()) return outer;
  const auto inner = parse_url(absolute_address(xml_base, outer));
  return inner && inner->text().size() <= longest_base ? Base{*inner} : outer;
}

std::string html_with_absolute_addresses(string_view html, const Base& base) {
  if (!base) return std::string{html};
  std::string out;
  out.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] != '<' || at + 1 == html.size() || !is_ascii_letter(html[at + 1])) {
      out += html[at++];
      continue;
    }
    while (at < html.size() && !is_ascii_space(html[at]) && html[at] != '>') out += html[at++];
    while (at < html.size() && html[at] != '>') {
      if (is_ascii_space(html[at]) || html[at] == '/' || html[at] == '=') {
        out += html[at++];
      } else {
        at = copy_attribute(html, at, base, out);
      }
    }
  }
  return out;
}

}  // namespace stakeout
