#include "extractors/feeds/xml_feed.h"

#include <string>
#include <utility>

#include <pugixml.hpp>

#include "extractors/feeds/bounds.h"
#include "extractors/feeds/elements.h"
#include "extractors/feeds/feed_root.h"
#include "extractors/feeds/field_values.h"
#include "extractors/feeds/markup.h"
#include "extractors/feeds/node_values.h"
#include "extractors/feeds/parse_feed.h"
#include "extractors/feeds/poll_wishes.h"
#include "extractors/feeds/xml_entry.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr int rank_of_odd_type = 10;  // an alternate that is no HTML page

class FeedReader {
 public:
  FeedReader(const pugi::xml_node& root, const XmlFeedContext& context)
      : root_{root}, context_{context}, names_{own_vocabulary(root)} {}

  Feed read() {
    names_.declare(root_);
    feed_.format = format_of(root_);
    language_.offer(attribute_value(root_, "xml:lang"), 10);
    const Base base = inner_base(attribute_value(root_, "xml:base"), context_.base);
    if (own_vocabulary(root_) == Vocabulary::atom || local_name(root_.name()) == "channel") {
      read_channel(root_, base, true);
    } else {
      read_channels(base);
    }
    return finished();
  }

 private:
  static bool is_entry(const pugi::xml_node& node) {
    const std::string name = local_name(node.name());
    return name == "item" || name == "entry";
  }

  // The children of <rss> and <rdf:RDF>: channels, and in RDF the entries beside them. Of several
  // channels the first describes the feed, and the entries of all are its entries.
  void read_channels(const Base& base) {
    bool is_first = true;
    for (const pugi::xml_node& child : root_.children()) {
      if (child.type() != pugi::node_element) continue;
      if (local_name(child.name()) == "channel") {
        names_.declare(child);
        language_.offer(attribute_value(child, "xml:lang"), 11);
        read_channel(child, inner_base(attribute_value(child, "xml:base"), base), is_first);
        is_first = false;
      } else if (is_entry(child)) {
        add_entry(child, base);
      }
    }
  }

  void add_entry(const pugi::xml_node& node, const Base& base) {
    if (feed_.entries.size() < most_entries) {
      Entry entry = read_xml_entry(node, base, names_, context_);
      if (bounds_.take(entry)) feed_.entries.push_back(std::move(entry));
    } else if (!std::exchange(is_full_, true)) {
      context_.warnings.add("only the first " + std::to_string(most_entries) +
                            " entries are taken");
    }
  }

  void read_channel(const pugi::xml_node& channel, const Base& base, bool describes_feed) {
    for (const pugi::xml_node& child : channel.children()) {
      if (child.type() != pugi::node_element) continue;
      if (is_entry(child)) {
        add_entry(child, base);
        continue;
      }
      if (!describes_feed) continue;
      const Vocabulary vocabulary = names_.vocabulary_of(child);
      const Meaning meaning = meaning_in_feed(vocabulary, local_name(child.name()));
      if (meaning.field == Field::none) continue;
      read_field(child, vocabulary, meaning, inner_base(attribute_value(child, "xml:base"), base));
    }
  }

  void read_field(const pugi::xml_node& node, Vocabulary vocabulary, Meaning meaning,
                  const Base& base) {
    const int rank = meaning.rank;
    switch (meaning.field) {
      case Field::title:
        title_.offer(text_of(node, vocabulary, base).plain, rank);
        break;
      case Field::description:
        description_.offer(text_of(node, vocabulary, base).plain, rank);
        break;
      case Field::language:
        language_.offer(collapse_white_space(text_inside(node)), rank);
        break;
      case Field::author:
        author_.offer_one_more(author_in(node), rank);
        break;
      case Field::link:
        read_link(node, base, rank);
        break;
      case Field::updated:
        if (const auto time = instant_in(node, context_)) updated_.offer(*time, rank);
        break;
      case Field::time_to_live:
        poll_wish_.set_time_to_live(node);
        break;
      case Field::update_period:
        poll_wish_.set_period(node);
        break;
      case Field::update_frequency:
        poll_wish_.set_frequency(node);
        break;
      case Field::skip_hours:
        feed_.skip_hours = skipped_hours(node);
        break;
      case Field::skip_days:
        feed_.skip_days = skipped_days(node);
        break;
      default:
        break;  // fields of entries
    }
  }

  void read_link(const pugi::xml_node& node, const Base& base, int rank) {
    const LinkElement link = link_in(node, base, context_);
    if (link.relation != "alternate") return;
    const bool is_page =
        link.type.empty() || find_ignoring_case(link.type, "html") != std::string::npos;
    link_.offer(link.address, is_page ? rank : rank + rank_of_odd_type);
  }

  Feed finished() {
    feed_.title = without_control_characters(title_.value());
    feed_.link = link_.value();
    feed_.description = without_control_characters(description_.value());
    feed_.language = without_control_characters(language_.value());
    feed_.updated = updated_.value();
    feed_.poll_interval = poll_wish_.interval();
    // An Atom entry without an author has that of the feed (RFC 4287, 4.2.1).
    std::string author = without_control_characters(author_.value());
    bound_line(author, "the feed's author", context_.warnings);
    for (Entry& entry : feed_.entries) {
      if (entry.author.empty()) entry.author = author;
    }
    return std::move(feed_);
  }

  const pugi::xml_node& root_;
  const XmlFeedContext& context_;
  NameSpaces names_;
  EntryBounds bounds_{context_.warnings};
  Feed feed_;
  bool is_full_ = false;  // there are more entries than are taken
  BestText title_, link_, description_, language_, author_;
  BestInstant updated_;
  PollWish poll_wish_;
};

}  // namespace

Feed read_xml_feed(const pugi::xml_node& root, const XmlFeedContext& context) {
  return FeedReader{root, context}.read();
}

}  // namespace stakeout
