#include "extractors/feeds/markup.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "extractors/feeds/bounds.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using std::string_view;

// Elements that HTML closes by itself (WHATWG HTML, 13.1.2).
bool is_void_element(string_view name) {
  static constexpr auto names =
      std::to_array<string_view>({"area", "base", "br", "col", "embed", "hr", "img", "input",
                                  "link", "meta", "source", "track", "wbr"});
  return std::ranges::find(names, name) != names.end();
}

// Writes a subtree as HTML, node after node, without recursion.
class HtmlWriter {
 public:
  HtmlWriter(const Base& base, Cdata cdata) : cdata_{cdata} { bases_.push_back({{}, base}); }

  std::string write(const pugi::xml_node& root) {
    pugi::xml_node node = root.first_child();
    while (node) {
      open(node);
      if (node.first_child()) {
        node = node.first_child();
        continue;
      }
      close(node);
      while (!node.next_sibling() && node.parent() != root) {
        node = node.parent();
        close(node);
      }
      node = node.next_sibling();
    }
    return std::move(out_);
  }

 private:
  void open(const pugi::xml_node& node) {
    if (node.type() == pugi::node_pcdata) out_ += node.value();
    if (node.type() == pugi::node_cdata) {
      out_ += cdata_ == Cdata::html ? std::string{node.value()} : escaped_for_html(node.value());
    }
    if (node.type() != pugi::node_element) return;
    if (const auto xml_base = attribute_value(node, "xml:base"); !xml_base.empty()) {
      Base inner = inner_base(xml_base, bases_.back().second);
      bases_.emplace_back(node, std::move(inner));
    }
    out_ += '<' + local_name(node.name());
    for (const pugi::xml_attribute& attribute : node.attributes()) write_attribute(attribute);
    out_ += '>';
  }

  void write_attribute(const pugi::xml_attribute& attribute) {
    const string_view name = attribute.name();
    if (name.starts_with("xmlns") || name.starts_with("xml:")) return;
    std::string value = decode_character_references(attribute.value());
    const bool is_address = equals_ignoring_case(name, "href") || equals_ignoring_case(name, "src");
    if (is_address && out_.size() <= longest_resolved_html) {
      value = absolute_address(value, bases_.back().second);
    }
    out_ += ' ';
    out_ += name;
    out_ += "=\"" + escaped_for_html(value) + '"';
  }

  void close(const pugi::xml_node& node) {
    if (node.type() != pugi::node_element) return;
    if (bases_.back().first == node) bases_.pop_back();
    const std::string name = local_name(node.name());
    if (!is_void_element(name)) out_ += "</" + name + '>';
  }

  std::string out_;
  Cdata cdata_;
  std::vector<std::pair<pugi::xml_node, Base>> bases_;  // and the elements that set them
};

}  // namespace

std::string escaped_for_html(string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool has_element_children(const pugi::xml_node& node) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element) return true;
  }
  return false;
}

std::string text_inside(const pugi::xml_node& node) {
  constexpr std::size_t longest_read = 4 * longest_text;  // still too long without its references
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    const string_view value = first_bytes(child.value(), longest_read - text.size());
    if (child.type() == pugi::node_pcdata) text += decode_character_references(value);
    if (child.type() == pugi::node_cdata) text += value;
    if (text.size() >= longest_read) break;
  }
  return text;
}

std::string attribute_value(const pugi::xml_node& node, string_view name) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (equals_ignoring_case(attribute.name(), name)) {
      return decode_character_references(attribute.value());
    }
  }
  return {};
}

std::string html_inside(const pugi::xml_node& node, const Base& base, Cdata cdata) {
  return HtmlWriter{base, cdata}.write(node);
}

std::string local_name(string_view qualified) {
  const std::size_t colon = qualified.find(':');
  return ascii_lower(colon == string_view::npos ? qualified : qualified.substr(colon + 1));
}

}  // namespace stakeout
