#include "extractors/text/charset_declared.h"

#include "extractors/text/ascii.h"
#include "extractors/text/html_attributes.h"

namespace stakeout {
namespace {

using std::string_view;

constexpr std::size_t xml_reach = 1'024;
constexpr std::size_t meta_reach = 16'384;

// Reads a value, quoted or up to white space or one of `ends`, at `at`; leaves `at` behind it.
string_view value_at(string_view text, std::size_t& at, string_view ends) {
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
    const std::size_t begin = at + 1;
    const std::size_t end = std::min(text.find(text[at], begin), text.size());
    at = std::min(end + 1, text.size());
    return text.substr(begin, end - begin);
  }
  const std::size_t begin = at;
  while (at < text.size() && !is_ascii_space(text[at]) &&
         ends.find(text[at]) == string_view::npos) {
    ++at;
  }
  return text.substr(begin, at - begin);
}

void skip_spaces(string_view text, std::size_t& at) {
  while (at < text.size() && is_ascii_space(text[at])) ++at;
}

// The value after `name` and "=", wherever the name stands in `text`.
std::optional<std::string> value_after(string_view text, string_view name, string_view ends) {
  for (std::size_t at = 0; (at = find_ignoring_case(text, name, at)) != string_view::npos;) {
    at += name.size();
    std::size_t after = at;
    skip_spaces(text, after);
    if (after == text.size() || text[after] != '=') continue;
    ++after;
    skip_spaces(text, after);
    const string_view value = value_at(text, after, ends);
    if (value.empty()) return std::nullopt;
    return std::string{value};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> charset_of_content_type(string_view content_type) {
  return value_after(content_type, "charset", ";,");
}

std::optional<std::string> charset_of_xml_declaration(string_view bytes) {
  bytes = bytes.substr(0, xml_reach);
  for (std::size_t at = 0; (at = bytes.find("<?", at)) != string_view::npos;) {
    at += 2;
    skip_spaces(bytes, at);
    if (!starts_with_ignoring_case(bytes.substr(at), "xml")) continue;
    const string_view declaration = bytes.substr(at, bytes.find('>', at) - at);
    return value_after(declaration, "encoding", "?");
  }
  return std::nullopt;
}

std::optional<std::string> charset_of_meta(string_view bytes) {
  bytes = bytes.substr(0, meta_reach);
  for (std::size_t at = 0; (at = bytes.find('<', at)) != string_view::npos;) {
    const string_view rest = bytes.substr(at);
    if (rest.starts_with("<!--")) {
      at = bytes.find("-->", at + 4);
      continue;
    }
    ++at;
    if (!starts_with_ignoring_case(rest, "<meta")) continue;
    at += 4;
    const auto attributes = read_html_attributes(bytes, at);
    if (const auto charset = attributes.find("charset"); charset != attributes.end()) {
      return std::string{charset->second};
    }
    const auto equivalent = attributes.find("http-equiv");
    const auto content = attributes.find("content");
    if (equivalent == attributes.end() || content == attributes.end()) continue;
    if (!equals_ignoring_case(equivalent->second, "content-type")) continue;
    if (auto charset = charset_of_content_type(content->second)) return charset;
  }
  return std::nullopt;
}

}  // namespace stakeout
