#include "extractors/feeds/text_construct.h"

#include <array>
#include <optional>
#include <string_view>

#include <pugixml.hpp>

#include "extractors/feeds/markup.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using std::string_view;

TextConstruct from_html(std::string html) {
  std::string plain = plain_text_of_html(html);
  return {std::move(html), std::move(plain)};
}

TextConstruct from_text(string_view text) {
  return {escaped_for_html(ascii_trimmed(text)), ascii_collapsed(text)};
}

std::optional<unsigned> base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return std::nullopt;
}

// Decodes base64, white space and padding left out; what else is none of its digits ends it.
std::string base64_decoded(string_view text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (is_ascii_space(c)) continue;
    const auto digit = base64_digit(c);
    if (!digit) break;
    bits = (bits << 6U) | *digit;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  return out;
}

enum class AtomType { text, html, inline_xml, other };

AtomType atom_type(const pugi::xml_node& node) {
  const std::string type = ascii_lower(ascii_trimmed(attribute_value(node, "type")));
  const string_view media = string_view{type}.substr(0, type.find(';'));
  if (media == "xhtml" || media.ends_with("/xml") || media.ends_with("+xml")) {
    return AtomType::inline_xml;
  }
  if (media.find("html") != string_view::npos) return AtomType::html;
  if (media.empty() || media == "text" || media.starts_with("text/")) return AtomType::text;
  return media.find('/') == string_view::npos ? AtomType::html : AtomType::other;
}

// The one <div> that Atom wants around xhtml; it is no part of the content (RFC 4287, 3.1.1.3).
pugi::xml_node wrapping_div(const pugi::xml_node& node) {
  pugi::xml_node found;
  for (const pugi::xml_node& child : node.children()) {
    const bool is_blank = ascii_trimmed(child.value()).empty();
    if (child.type() != pugi::node_element && is_blank) continue;
    if (found || child.type() != pugi::node_element || local_name(child.name()) != "div") return {};
    found = child;
  }
  return found;
}

TextConstruct from_inline_xml(const pugi::xml_node& node, const Base& base) {
  const pugi::xml_node div = wrapping_div(node);
  const pugi::xml_node around = div ? div : node;
  const Base inner = inner_base(div ? attribute_value(div, "xml:base") : std::string{}, base);
  return from_html(std::string{ascii_trimmed(html_inside(around, inner, Cdata::text))});
}

}  // namespace

TextConstruct rss_text(const pugi::xml_node& node, const Base& base) {
  if (has_element_children(node)) {
    return from_html(std::string{ascii_trimmed(html_inside(node, base, Cdata::html))});
  }
  return from_html(html_with_absolute_addresses(ascii_trimmed(text_inside(node)), base));
}

TextConstruct atom_text(const pugi::xml_node& node, const Base& base) {
  const AtomType type = atom_type(node);
  const std::string mode = ascii_lower(attribute_value(node, "mode"));
  if (mode == "base64" || (type == AtomType::other && !has_element_children(node))) {
    const std::string bytes = base64_decoded(text_inside(node));
    if (!is_valid_utf8(bytes) || bytes.find('\0') != std::string::npos) return {};
    if (type == AtomType::text) return from_text(bytes);
    return from_html(html_with_absolute_addresses(bytes, base));
  }
  if (has_element_children(node)) {
    const pugi::xml_node div = wrapping_div(node);
    if (type != AtomType::html) return from_inline_xml(node, base);
    // Escaped HTML in a <div> of its own, as some publishers write it.
    return div && !has_element_children(div) ? rss_text(div, base) : rss_text(node, base);
  }
  // Without elements inside, "xhtml" is a wrong word for escaped HTML.
  return type == AtomType::text ? from_text(text_inside(node)) : rss_text(node, base);
}

}  // namespace stakeout
