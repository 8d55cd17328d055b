#include "extractors/feeds/feed_root.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <pugixml.hpp>

#include "extractors/feeds/markup.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

using std::string_view;

// The next node in the order of the document.
pugi::xml_node next_in_document(pugi::xml_node node) {
  if (node.first_child()) return node.first_child();
  while (node && !node.next_sibling()) node = node.parent();
  return node ? node.next_sibling() : node;
}

pugi::xml_node child_named(const pugi::xml_node& node, string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child.name()) == name) return child;
  }
  return {};
}

std::string rss_format(string_view version) {
  static constexpr auto known =
      std::to_array<string_view>({"0.90", "0.91", "0.92", "0.93", "0.94"});
  version = ascii_trimmed(version);
  for (const string_view one : known) {
    if (version.starts_with(one)) return "rss" + std::string{one};
  }
  if (version == "0.9") return "rss0.90";
  if (version.starts_with("1.")) return "rss1.0";
  return "rss2.0";
}

bool is_netscape_address(string_view address) {
  return find_ignoring_case(address, "netscape.com/rdf/simple/0.9") != string_view::npos;
}

bool declares_netscape(const pugi::xml_node& node) {
  return std::ranges::any_of(node.attributes(), [](const pugi::xml_attribute& attribute) {
    return string_view{attribute.name()}.starts_with("xmlns") &&
           is_netscape_address(attribute.value());
  });
}

std::string rdf_format(const pugi::xml_node& root) {
  const bool is_netscape =
      declares_netscape(root) || declares_netscape(child_named(root, "channel"));
  return is_netscape ? "rss0.90" : "rss1.0";
}

std::string atom_format(const pugi::xml_node& root) {
  if (attribute_value(root, "version").starts_with("0.")) return "atom0.3";
  for (const pugi::xml_attribute& attribute : root.attributes()) {
    const string_view name = attribute.name();
    const bool is_old =
        find_ignoring_case(attribute.value(), "purl.org/atom/ns") != string_view::npos;
    if (name.starts_with("xmlns") && is_old) return "atom0.3";
  }
  return "atom1.0";
}

}  // namespace

pugi::xml_node find_feed_root(const pugi::xml_document& document) {
  static constexpr auto roots =
      std::to_array<string_view>({"rss", "rdf", "feed", "urlset", "sitemapindex"});
  pugi::xml_node lone_channel;
  pugi::xml_node lone_entry;
  bool is_page = false;
  for (pugi::xml_node node = document.first_child(); node; node = next_in_document(node)) {
    if (node.type() != pugi::node_element) continue;
    const std::string name = local_name(node.name());
    if (std::ranges::find(roots, name) != roots.end()) return node;
    const bool is_channel = name == "channel" && child_named(node, "item");
    if (!lone_channel && is_channel) lone_channel = node;
    if (!lone_entry && (name == "item" || name == "entry")) lone_entry = node;
    is_page |= name == "html" || name == "body";
  }
  if (lone_channel || is_page) return lone_channel;
  return lone_entry.parent();
}

std::string format_of(const pugi::xml_node& root) {
  const std::string name = local_name(root.name());
  if (own_vocabulary(root) == Vocabulary::atom) return atom_format(root);
  if (name == "rdf") return rdf_format(root);
  return rss_format(attribute_value(root, "version"));
}

Vocabulary own_vocabulary(const pugi::xml_node& root) {
  const std::string name = local_name(root.name());
  if (name == "feed") return Vocabulary::atom;
  const bool is_rss = name == "rss" || name == "rdf" || name == "channel";
  return !is_rss && child_named(root, "entry") ? Vocabulary::atom : Vocabulary::rss;
}

}  // namespace stakeout
