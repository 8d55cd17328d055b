#include "extractors/feeds/xml_entry.h"

#include <algorithm>

#include <pugixml.hpp>

#include "extractors/feeds/bounds.h"
#include "extractors/feeds/field_values.h"
#include "extractors/feeds/markup.h"
#include "extractors/feeds/node_values.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// Ranks of links that come from other elements than <link>.
constexpr int rank_of_odd_type = 10;  // an alternate that is no HTML page
constexpr int rank_of_id = 20;        // a guid or an id that is an address
constexpr int rank_of_about = 30;     // rdf:about

constexpr int rank_of_description = 10;  // as content

bool is_web_address(std::string_view text) {
  return starts_with_ignoring_case(text, "http://") || starts_with_ignoring_case(text, "https://");
}

bool is_page_type(std::string_view type) {
  return type.empty() || find_ignoring_case(type, "html") != std::string_view::npos;
}

class EntryReader {
 public:
  EntryReader(NameSpaces names, const XmlFeedContext& context)
      : names_{std::move(names)}, context_{context} {}

  Entry read(const pugi::xml_node& node, const Base& outer) {
    const Base base = inner_base(attribute_value(node, "xml:base"), outer);
    names_.declare(node);
    const std::string about = without_control_characters(attribute_value(node, "rdf:about"));
    id_.offer(collapse_white_space(about), rank_of_about);
    if (is_web_address(about)) link_.offer(link_from(about, base, node, context_), rank_of_about);
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() != pugi::node_element) continue;
      const Vocabulary vocabulary = names_.vocabulary_of(child);
      const Meaning meaning = meaning_in_entry(vocabulary, local_name(child.name()));
      if (meaning.field == Field::none) continue;
      read_field(child, vocabulary, meaning, inner_base(attribute_value(child, "xml:base"), base));
    }
    return finished();
  }

 private:
  void read_field(const pugi::xml_node& node, Vocabulary vocabulary, Meaning meaning,
                  const Base& base) {
    const int rank = meaning.rank;
    switch (meaning.field) {
      case Field::title:
        title_.offer(text_of(node, vocabulary, base).plain, rank);
        break;
      case Field::summary:
        summary_.offer(text_of(node, vocabulary, base).html, rank);
        break;
      case Field::description:
        short_summary_.offer(text_of(node, vocabulary, base).html, rank);
        break;
      case Field::content:
        content_.offer(text_of(node, vocabulary, base).html, rank);
        break;
      case Field::author:
        author_.offer_one_more(author_in(node), rank);
        break;
      case Field::id:
        read_id(node, vocabulary, base, rank);
        break;
      case Field::link:
        read_link(node, base, rank);
        break;
      case Field::category:
        read_category(node, vocabulary);
        break;
      case Field::enclosure:
        read_enclosure(node, base);
        break;
      case Field::published:
        if (const auto time = instant_in(node, context_)) published_.offer(*time, rank);
        break;
      case Field::updated:
        if (const auto time = instant_in(node, context_)) updated_.offer(*time, rank);
        break;
      default:
        break;  // fields of feeds
    }
  }

  void read_id(const pugi::xml_node& node, Vocabulary vocabulary, const Base& base, int rank) {
    std::string id = collapse_white_space(text_inside(node));
    // A relative atom:id, which the standard does not allow, but one that a base makes whole.
    const bool is_path = vocabulary == Vocabulary::atom && id.find('/') != std::string::npos;
    if (is_path) id = absolute_address(id, base);
    id_.offer(without_control_characters(id), rank);
    const std::string permanent = ascii_lower(attribute_value(node, "isPermaLink"));
    if (vocabulary == Vocabulary::rss && permanent == "true") {
      link_.offer(link_from(id, base, node, context_), rank_of_id);
    } else if (is_web_address(id) && permanent != "false") {
      link_.offer(link_from(id, base, node, context_), rank_of_id);
    }
  }

  void read_link(const pugi::xml_node& node, const Base& base, int rank) {
    LinkElement link = link_in(node, base, context_);
    if (link.address.empty()) return;
    if (link.relation == "enclosure") {
      add_enclosure({link.address, link.type, link.length});
    } else if (link.relation == "alternate") {
      link_.offer(link.address, is_page_type(link.type) ? rank : rank + rank_of_odd_type);
    }
  }

  void read_category(const pugi::xml_node& node, Vocabulary vocabulary) {
    std::string category;
    if (vocabulary == Vocabulary::atom) {
      category = collapse_white_space(attribute_value(node, "term"));
      if (category.empty()) category = collapse_white_space(attribute_value(node, "label"));
    }
    if (category.empty()) category = rss_text(node, {}).plain;
    category = without_control_characters(category);
    if (!category.empty()) entry_.categories.push_back(std::move(category));
  }

  void read_enclosure(const pugi::xml_node& node, const Base& base) {
    std::string address = link_from(attribute_value(node, "url"), base, node, context_);
    if (address.empty()) return;
    add_enclosure({std::move(address), std::string{ascii_trimmed(attribute_value(node, "type"))},
                   whole_number(attribute_value(node, "length"))});
  }

  // One more than may be, so that EntryBounds knows of those left out.
  void add_enclosure(Enclosure enclosure) {
    if (entry_.enclosures.size() <= most_enclosures)
      entry_.enclosures.push_back(std::move(enclosure));
  }

  Entry finished() {
    // RSS that has a <summary> of its own means its <description> as the content.
    if (!short_summary_.value().empty()) {
      content_.offer(summary_.value(), rank_of_description);
      summary_ = std::move(short_summary_);
    }
    entry_.id = id_.value();
    entry_.title = without_control_characters(title_.value());
    entry_.link = link_.value();
    entry_.published = published_.value();
    entry_.updated = updated_.value();
    entry_.author = without_control_characters(author_.value());
    entry_.summary = without_control_characters(summary_.value());
    entry_.content = without_control_characters(content_.value());
    return std::move(entry_);
  }

  NameSpaces names_;
  const XmlFeedContext& context_;
  Entry entry_;
  BestText id_, title_, link_, author_, summary_, short_summary_, content_;
  BestInstant published_, updated_;
};

}  // namespace

Entry read_xml_entry(const pugi::xml_node& node, const Base& base, const NameSpaces& names,
                     const XmlFeedContext& context) {
  return EntryReader{names, context}.read(node, base);
}

}  // namespace stakeout
