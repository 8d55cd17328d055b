#include "extractors/feeds/feed_links.h"

#include <algorithm>

#include "extractors/feeds/addresses.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_attributes.h"
#include "extractors/text/html_entities.h"

namespace stakeout {
namespace {

using std::string_view;

constexpr std::size_t most_links = 20;

bool is_feed_type(string_view type) {
  const std::string plain = ascii_lower(ascii_trimmed(type.substr(0, type.find(';'))));
  return plain == "application/rss+xml" || plain == "application/atom+xml" ||
         plain == "application/rdf+xml" || plain == "application/feed+json";
}

bool has_word(string_view words, string_view word) {
  return std::ranges::any_of(ascii_words(words),
                             [&](string_view one) { return equals_ignoring_case(one, word); });
}

bool offers_feed(const HtmlAttributes& attributes) {
  return has_word(attribute_in(attributes, "rel"), "alternate") &&
         is_feed_type(attribute_in(attributes, "type"));
}

bool begins_tag(string_view html, string_view name) {
  return html.size() > name.size() && starts_with_ignoring_case(html, name) &&
         (is_ascii_space(html[name.size()]) || html[name.size()] == '/');
}

}  // namespace

std::vector<std::string> find_feed_links(string_view html, string_view base_url) {
  const auto page = parse_url(base_url);
  Base base = page ? Base{*page} : std::nullopt;
  std::vector<std::string> links;
  for (std::size_t at = 0; (at = html.find('<', at)) != string_view::npos;) {
    const string_view rest = html.substr(at);
    const bool is_base = begins_tag(rest, "<base");
    ++at;
    if (!is_base && !begins_tag(rest, "<link")) continue;
    at += 4;
    const HtmlAttributes attributes = read_html_attributes(html, at);
    const std::string address = decode_character_references(attribute_in(attributes, "href"));
    if (is_base) base = inner_base(address, base);
    if (is_base || !offers_feed(attributes)) continue;
    const auto link = parse_url(absolute_address(address, base));
    if (link && std::ranges::find(links, link->text()) == links.end()) {
      links.push_back(link->text());
    }
    if (links.size() == most_links) break;
  }
  return links;
}

}  // namespace stakeout
