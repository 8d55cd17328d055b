#include "extractors/feeds/sitemap.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "extractors/feeds/bounds.h"
#include "extractors/feeds/markup.h"
#include "extractors/feeds/node_values.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using std::string_view;

constexpr std::size_t most_entries = 50'000;  // sitemaps.org: no sitemap has more
constexpr std::size_t most_advised = 3;

std::string text_in(const pugi::xml_node& node) {
  return without_control_characters(rss_text(node, {}).plain);
}

class SitemapReader {
 public:
  explicit SitemapReader(const XmlFeedContext& context) : context_{context} {}

  Feed read(const pugi::xml_node& root) {
    feed_.format = "sitemap";
    for (const pugi::xml_node& url : root.children()) {
      if (local_name(url.name()) != "url") continue;
      if (feed_.entries.size() == most_entries) {
        context_.source.warn(url, "entries beyond the first 50,000 were left out",
                             context_.warnings);
        break;
      }
      read_url(url);
    }
    return std::move(feed_);
  }

 private:
  void read_url(const pugi::xml_node& url) {
    Entry entry;
    for (const pugi::xml_node& child : url.children()) {
      const std::string name = local_name(child.name());
      if (name == "loc" && entry.link.empty()) {
        entry.link = link_from(text_inside(child), context_.base, child, context_);
      } else if (name == "lastmod") {
        entry.updated = instant_in(child, context_);
      } else if (name == "news") {
        read_news(child, entry);
      }
    }
    entry.id = entry.link;
    if (!entry.link.empty() && bounds_.take(entry)) feed_.entries.push_back(std::move(entry));
  }

  void read_news(const pugi::xml_node& news, Entry& entry) {
    for (const pugi::xml_node& child : news.children()) {
      const std::string name = local_name(child.name());
      if (name == "title") entry.title = text_in(child);
      if (name == "publication_date") entry.published = instant_in(child, context_);
      if (name == "keywords") read_keywords(text_in(child), entry);
      if (name == "publication") read_publication(child);
    }
  }

  static void read_keywords(string_view list, Entry& entry) {
    while (!list.empty() && entry.categories.size() < most_categories) {
      const std::size_t comma = list.find(',');
      const string_view word = ascii_trimmed(list.substr(0, comma));
      if (!word.empty()) entry.categories.emplace_back(word);
      list.remove_prefix(comma == string_view::npos ? list.size() : comma + 1);
    }
  }

  void read_publication(const pugi::xml_node& publication) {
    for (const pugi::xml_node& child : publication.children()) {
      const std::string name = local_name(child.name());
      if (name == "name" && feed_.title.empty()) feed_.title = text_in(child);
      if (name == "language" && feed_.language.empty()) feed_.language = text_in(child);
    }
  }

  const XmlFeedContext& context_;
  EntryBounds bounds_{context_.warnings};
  Feed feed_;
};

}  // namespace

Feed read_sitemap(const pugi::xml_node& root, const XmlFeedContext& context) {
  return SitemapReader{context}.read(root);
}

std::string sitemap_index_advice(const pugi::xml_node& root, const XmlFeedContext& context) {
  std::vector<std::pair<Timestamp, std::string>> sitemaps;
  for (const pugi::xml_node& sitemap : root.children()) {
    std::pair<Timestamp, std::string> found;
    for (const pugi::xml_node& child : sitemap.children()) {
      const std::string name = local_name(child.name());
      if (name == "loc") found.second = link_from(text_inside(child), context.base, child, context);
      if (name == "lastmod") found.first = instant_in(child, context).value_or(Timestamp{});
    }
    if (!found.second.empty()) sitemaps.push_back(std::move(found));
  }
  const std::string what = "a list of sitemaps where a feed was expected";
  if (sitemaps.empty()) return what + ", and it names none";
  std::ranges::stable_sort(sitemaps, std::ranges::greater{},
                           [](const auto& one) { return one.first.seconds; });
  std::string advice = what + "; list one of its sitemaps instead, such as ";
  for (std::size_t i = 0; i < std::min(sitemaps.size(), most_advised); ++i) {
    advice += (i == 0 ? "" : ", ") + sitemaps[i].second;
  }
  return advice;
}

}  // namespace stakeout
