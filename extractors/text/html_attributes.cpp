#include "extractors/text/html_attributes.h"

#include <algorithm>

#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

using std::string_view;

void skip_spaces(string_view text, std::size_t& at) {
  while (at < text.size() && is_ascii_space(text[at])) ++at;
}

// Reads a value, quoted or up to white space or ">", at `at`; leaves `at` behind it.
string_view value_at(string_view text, std::size_t& at) {
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
    const std::size_t begin = at + 1;
    const std::size_t end = std::min(text.find(text[at], begin), text.size());
    at = std::min(end + 1, text.size());
    return text.substr(begin, end - begin);
  }
  const std::size_t begin = at;
  while (at < text.size() && !is_ascii_space(text[at]) && text[at] != '>') ++at;
  return text.substr(begin, at - begin);
}

}  // namespace

HtmlAttributes read_html_attributes(string_view text, std::size_t& at) {
  HtmlAttributes attributes;
  while (true) {
    while (at < text.size() && (is_ascii_space(text[at]) || text[at] == '/')) ++at;
    if (at >= text.size()) return attributes;
    if (text[at] == '>') {
      ++at;
      return attributes;
    }
    const std::size_t begin = at;
    ++at;
    while (at < text.size() && !is_ascii_space(text[at]) &&
           string_view{"=/>"}.find(text[at]) == string_view::npos) {
      ++at;
    }
    const std::string name = ascii_lower(text.substr(begin, at - begin));
    skip_spaces(text, at);
    string_view value;
    if (at < text.size() && text[at] == '=') {
      ++at;
      skip_spaces(text, at);
      value = value_at(text, at);
    }
    attributes.emplace(name, value);
  }
}

std::string_view attribute_in(const HtmlAttributes& attributes, string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? string_view{} : found->second;
}

}  // namespace stakeout
