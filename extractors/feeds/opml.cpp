#include "extractors/feeds/opml.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <pugixml.hpp>

#include "extractors/feeds/feed_root.h"
#include "extractors/feeds/markup.h"
#include "extractors/feeds/warnings.h"
#include "extractors/feeds/xml_source.h"
#include "extractors/text/ascii.h"
#include "extractors/text/charset.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t most_levels = 8;
constexpr std::size_t longest_name = 200;  // of a folder, in code points
constexpr std::size_t most_outlines = 50'000;

// The value of an attribute on one line.
std::string line_of(const pugi::xml_node& node, std::string_view attribute) {
  std::string text = without_control_characters(attribute_value(node, attribute));
  std::ranges::replace(text, '\n', ' ');
  std::ranges::replace(text, '\t', ' ');
  return std::string{ascii_trimmed(text)};
}

// A name as it can be a tag: without the signs at its beginning that mark titles and hidden feeds
// in a list.
std::string tag_of(std::string_view name) {
  name.remove_prefix(std::min(name.find_first_not_of(" ~!"), name.size()));
  return std::string{ascii_trimmed(name)};
}

std::string folder_name(std::string_view name) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < name.size() && count < longest_name; ++count)
    end = code_point_at(name, end).next;
  return tag_of(name.substr(0, end));
}

// Tells the place of nodes that come in the order of the document.
class Places {
 public:
  explicit Places(const XmlSource& source) : source_{source} {}

  void tell(const pugi::xml_node& node, Outline& outline) {
    const std::size_t offset = source_.offset_of(node);
    for (; at_ < offset; ++at_) {
      if (source_.text()[at_] != '\n') continue;
      ++line_;
      line_begin_ = at_ + 1;
    }
    outline.line = line_;
    outline.column = offset - line_begin_ + 1;
  }

 private:
  const XmlSource& source_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
};

// Walks the tree without recursion and collects the subscriptions.
class Collector {
 public:
  Collector(const XmlSource& source, Warnings& warnings) : places_{source}, warnings_{warnings} {}

  std::vector<Outline> run(const pugi::xml_node& root) {
    pugi::xml_node node = root;
    while (true) {
      if (outlines_.size() == most_outlines) {
        warnings_.add("the list is read up to its 50,000th subscription");
        break;
      }
      enter(node);
      if (node.first_child()) {
        node = node.first_child();
        ++depth_;
        continue;
      }
      while (node != root && !node.next_sibling()) {
        node = node.parent();
        leave(--depth_);
      }
      if (node == root) break;
      leave(depth_);
      node = node.next_sibling();
    }
    return std::move(outlines_);
  }

 private:
  struct Folder {
    std::size_t depth;
    std::string path;
  };

  void enter(const pugi::xml_node& node) {
    if (node.type() != pugi::node_element || local_name(node.name()) != "outline") return;
    std::string url = line_of(node, "xmlUrl");
    if (!url.empty()) {
      add(node, std::move(url));
    } else if (folders_.size() < most_levels) {
      std::string name = folder_name(line_of(node, "text"));
      if (name.empty()) name = folder_name(line_of(node, "title"));
      if (name.empty()) return;
      const std::string outer = folders_.empty() ? "" : folders_.back().path + "/";
      folders_.push_back({depth_, outer + name});
    }
  }

  // Forgets the folders at this depth and below: their elements have ended.
  void leave(std::size_t depth) {
    while (!folders_.empty() && folders_.back().depth >= depth) folders_.pop_back();
  }

  void add(const pugi::xml_node& node, std::string url) {
    Outline outline;
    const bool has_title = static_cast<bool>(find_attribute(node, "title"));
    outline.title = line_of(node, has_title ? "title" : "text");
    if (outline.title == url) outline.title.clear();
    outline.url = std::move(url);
    for (const Folder& folder : folders_) add_tag(outline, folder.path);
    add_categories(outline, line_of(node, "category"));
    places_.tell(node, outline);
    outlines_.push_back(std::move(outline));
  }

  static pugi::xml_attribute find_attribute(const pugi::xml_node& node, std::string_view name) {
    return node.find_attribute(
        [&](const pugi::xml_attribute& each) { return equals_ignoring_case(each.name(), name); });
  }

  static void add_tag(Outline& outline, std::string tag) {
    constexpr std::size_t most_tags = 100;
    if (tag.empty() || outline.tags.size() == most_tags) return;
    if (std::ranges::find(outline.tags, tag) == outline.tags.end())
      outline.tags.push_back(std::move(tag));
  }

  static void add_categories(Outline& outline, std::string_view categories) {
    while (!categories.empty()) {
      const std::size_t end = std::min(categories.find(','), categories.size());
      std::string_view category = ascii_trimmed(categories.substr(0, end));
      category.remove_prefix(std::min(category.find_first_not_of('/'), category.size()));
      while (category.ends_with('/')) category.remove_suffix(1);
      add_tag(outline, tag_of(category));
      categories.remove_prefix(std::min(end + 1, categories.size()));
    }
  }

  Places places_;
  Warnings& warnings_;
  std::vector<Outline> outlines_;
  std::vector<Folder> folders_;  // around the node, the outermost first
  std::size_t depth_ = 0;        // of the node
};

// The element in which the list begins; an empty node when there is none.
pugi::xml_node find_opml(const pugi::xml_document& document) {
  for (const pugi::xml_node& child : document.children()) {
    if (local_name(child.name()) == "opml") return child;
  }
  return {};
}

tl::unexpected<Error> not_opml(std::string_view text, const pugi::xml_document& document) {
  if (ascii_trimmed(text).empty()) return fail("an empty file where a list of feeds was expected");
  if (find_feed_root(document))
    return fail("a feed, not a list of feeds; add its address with: stakeout feeds add URL");
  if (find_ignoring_case(text.substr(0, 4'096), "<html") != std::string_view::npos)
    return fail("an HTML page where an OPML list was expected");
  return fail("no OPML in this file");
}

}  // namespace

bool looks_like_markup(std::string_view bytes) {
  constexpr std::size_t looked_at = 4'096;  // an even number: UTF-16 is not cut
  const DecodedText head = decode_text(bytes.substr(0, looked_at), {}, Markup::xml);
  return ascii_trimmed(head.utf8).starts_with('<');
}

Result<OutlineList> parse_opml(std::string_view bytes) {
  Warnings warnings;
  const DecodedText decoded = decode_text(bytes, {}, Markup::xml);
  for (const std::string& warning : decoded.warnings) warnings.add(warning);
  const std::string text = cleaned_xml(decoded.utf8, warnings);
  pugi::xml_document document;
  const XmlSource source = parse_xml(text, document, warnings);
  const pugi::xml_node root = find_opml(document);
  if (!root) return not_opml(text, document);
  OutlineList list;
  list.outlines = Collector{source, warnings}.run(root);
  list.warnings = warnings.take();
  return list;
}

}  // namespace stakeout
