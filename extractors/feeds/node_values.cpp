#include "extractors/feeds/node_values.h"

#include <charconv>

#include <pugixml.hpp>

#include "extractors/feeds/field_values.h"
#include "extractors/feeds/markup.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

void warn_at(const pugi::xml_node& node, const XmlFeedContext& context,
             const std::string& message) {
  context.source.warn(node, message, context.warnings);
}

}  // namespace

TextConstruct text_of(const pugi::xml_node& node, Vocabulary vocabulary, const Base& base) {
  return vocabulary == Vocabulary::atom ? atom_text(node, base) : rss_text(node, base);
}

std::optional<Timestamp> instant_in(const pugi::xml_node& node, const XmlFeedContext& context) {
  const std::string text = plain_text_of_html(text_inside(node));
  if (text.empty()) return std::nullopt;
  const auto date = parse_date_time(text);
  if (date) return instant_of(*date);
  warn_at(node, context, without_control_characters(date.error().message));
  return std::nullopt;
}

std::string author_in(const pugi::xml_node& node) {
  BestText author;
  for (const pugi::xml_node& child : node.children()) {
    const std::string name = local_name(child.name());
    const std::string text = plain_text_of_html(text_inside(child));
    if (name == "name") author.offer(text, 0);
    if (name == "email") author.offer(text, 1);
    if (name == "uri" || name == "url") author.offer(text, 2);
  }
  if (!author.value().empty() || has_element_children(node)) return author.value();
  return plain_text_of_html(
      escaped_for_html(person_in(decode_character_references(text_inside(node)))));
}

std::string link_from(std::string_view address, const Base& base, const pugi::xml_node& node,
                      const XmlFeedContext& context) {
  std::string link = without_control_characters(absolute_address(address, base));
  if (!base && !link.empty() && !has_scheme(link)) {
    warn_at(node, context, "a relative link, and no base is known: " + link.substr(0, 40));
  }
  if (!is_dangerous_address(link)) return link;
  warn_at(node, context, "a link that leads to no page was dropped: " + link.substr(0, 40));
  return {};
}

LinkElement link_in(const pugi::xml_node& node, const Base& base, const XmlFeedContext& context) {
  LinkElement link;
  std::string address = attribute_value(node, "href");
  if (ascii_trimmed(address).empty()) address = text_inside(node);
  link.address = link_from(address, base, node, context);
  link.relation = ascii_lower(ascii_trimmed(attribute_value(node, "rel")));
  // Relations may be written as the address of their registration.
  if (const auto slash = link.relation.rfind('/'); slash != std::string::npos) {
    link.relation.erase(0, slash + 1);
  }
  if (link.relation.empty()) link.relation = "alternate";
  link.type = ascii_trimmed(attribute_value(node, "type"));
  link.length = whole_number(attribute_value(node, "length"));
  return link;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  text = ascii_trimmed(text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc{} && end == text.data() + text.size() && value >= 0;
  return is_whole ? std::optional{value} : std::nullopt;
}

}  // namespace stakeout
