#include "extractors/pages/page_tree.h"

#include <array>
#include <memory>
#include <optional>
#include <unordered_map>

#include <gumbo.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// In the order of Tag, from `html` on.
constexpr std::array<const char*, 64> tag_names{
    "html",    "head",       "body",    "title",  "meta",   "link",       "base",    "p",
    "div",     "span",       "a",       "br",     "hr",     "h1",         "h2",      "h3",
    "h4",      "h5",         "h6",      "ul",     "ol",     "li",         "dl",      "dt",
    "dd",      "table",      "caption", "thead",  "tbody",  "tfoot",      "tr",      "td",
    "th",      "blockquote", "pre",     "code",   "figure", "figcaption", "img",     "video",
    "audio",   "article",    "section", "main",   "aside",  "header",     "footer",  "nav",
    "form",    "input",      "button",  "select", "label",  "fieldset",   "address", "time",
    "details", "summary",    "center",  "dialog", "sup",    "object",     "abbr",    "option"};

constexpr std::array<const char*, 20> attribute_names{
    "class",          "id",       "href",        "rel",       "content",
    "name",           "property", "itemprop",    "datetime",  "lang",
    "xml:lang",       "hidden",   "style",       "title",     "pubdate",
    "data-component", "data-qa",  "data-testid", "data-type", "http-equiv"};

Tag tag_of(const GumboElement& element) {
  static const auto tags = [] {
    std::unordered_map<int, Tag> by_number;
    int tag = static_cast<int>(Tag::html);
    for (const char* name : tag_names) {
      const GumboTag number = gumbo_tag_enum(name);
      if (number != GUMBO_TAG_UNKNOWN) by_number.emplace(number, static_cast<Tag>(tag));
      ++tag;
    }
    return by_number;
  }();
  const auto found = tags.find(element.tag);
  if (found != tags.end()) return found->second;
  // Younger than the parser.
  if (element.tag == GUMBO_TAG_UNKNOWN && element.original_tag.length > 7 &&
      std::string_view{element.original_tag.data, 7} == "<dialog") {
    return Tag::dialog;
  }
  return Tag::other;
}

std::optional<Attribute> attribute_of(std::string_view name) {
  static const auto attributes = [] {
    std::unordered_map<std::string_view, Attribute> by_name;
    int attribute = 0;
    for (const char* known : attribute_names) {
      by_name.emplace(known, static_cast<Attribute>(attribute++));
    }
    return by_name;
  }();
  const auto found = attributes.find(name);
  if (found == attributes.end()) return std::nullopt;
  return found->second;
}

struct FreeOutput {
  void operator()(GumboOutput* output) const noexcept {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
};

const GumboVector* children_of(const GumboNode& node) {
  if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) {
    return &node.v.element.children;
  }
  return node.type == GUMBO_NODE_DOCUMENT ? &node.v.document.children : nullptr;
}

}  // namespace

// Copies a parsed page into a PageTree, with a stack of its own in place of recursion.
class TreeBuilder {
 public:
  explicit TreeBuilder(PageTree& tree) : tree_{tree} {}

  void copy(const GumboNode& root) {
    enter(root, 0);
    while (!open_.empty()) {
      Open& top = open_.back();
      const GumboVector* children = children_of(*top.source);
      if (children == nullptr || top.next_child == children->length) {
        PageNode& done = tree_.nodes_[top.node];
        done.end = tree_.size();
        done.text_end = position();
        open_.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children->data[top.next_child++]);
      if (child->type != GUMBO_NODE_COMMENT) enter(*child, top.node);
    }
  }

 private:
  struct Open {
    const GumboNode* source;
    std::uint32_t node;
    unsigned next_child;
  };

  [[nodiscard]] std::uint32_t position() const {
    return static_cast<std::uint32_t>(tree_.characters_.size());
  }

  void enter(const GumboNode& source, std::uint32_t parent) {
    PageNode node;
    node.parent = parent;
    node.first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
    node.text_begin = position();
    if (source.type == GUMBO_NODE_ELEMENT || source.type == GUMBO_NODE_TEMPLATE) {
      node.tag = tag_of(source.v.element);
      copy_attributes(source.v.element);
    } else if (source.type != GUMBO_NODE_DOCUMENT) {
      node.tag = Tag::text;
      append_without_soft_hyphens(source.v.text.text);
    }
    node.end_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
    open_.push_back({&source, tree_.size(), 0});
    tree_.nodes_.push_back(node);
  }

  // A soft hyphen only says where a word may be cut at the end of a line.
  void append_without_soft_hyphens(std::string_view text) {
    constexpr std::string_view soft_hyphen = "\u00ad";
    for (std::size_t at = text.find(soft_hyphen); at != std::string_view::npos;
         at = text.find(soft_hyphen)) {
      tree_.characters_ += text.substr(0, at);
      text.remove_prefix(at + soft_hyphen.size());
    }
    tree_.characters_ += text;
  }

  void copy_attributes(const GumboElement& element) {
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* source = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      if (const auto name = attribute_of(source->name)) {
        tree_.attributes_.push_back({*name, source->value});
      }
    }
  }

  PageTree& tree_;
  std::vector<Open> open_;
};

PageTree::PageTree(std::string_view html) {
  const std::unique_ptr<GumboOutput, FreeOutput> output{
      gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size())};
  TreeBuilder{*this}.copy(*output->document);
}

std::string_view PageTree::text(std::uint32_t node) const {
  const PageNode& at = nodes_[node];
  return std::string_view{characters_}.substr(at.text_begin, at.text_end - at.text_begin);
}

std::string PageTree::visible_text(std::uint32_t node) const {
  std::string out;
  for (std::uint32_t i = node; i < nodes_[node].end; ++i) {
    if (nodes_[i].tag == Tag::text) {
      out += text(i);
    } else if (is_block(nodes_[i].tag) || nodes_[i].tag == Tag::br) {
      out += ' ';
    }
  }
  return collapse_white_space(without_control_characters(out));
}

std::string_view PageTree::attribute(std::uint32_t node, Attribute name) const {
  for (std::uint32_t i = nodes_[node].first_attribute; i < nodes_[node].end_attribute; ++i) {
    if (attributes_[i].name == name) return attributes_[i].value;
  }
  return {};
}

bool PageTree::has_attribute(std::uint32_t node, Attribute name) const {
  for (std::uint32_t i = nodes_[node].first_attribute; i < nodes_[node].end_attribute; ++i) {
    if (attributes_[i].name == name) return true;
  }
  return false;
}

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::text:
    case Tag::other:
    case Tag::span:
    case Tag::a:
    case Tag::br:
    case Tag::code:
    case Tag::img:
    case Tag::input:
    case Tag::button:
    case Tag::select:
    case Tag::label:
    case Tag::time:
    case Tag::sup:
    case Tag::object:
    case Tag::abbr:
    case Tag::video:
    case Tag::audio:
    case Tag::meta:
    case Tag::link:
      return false;
    default:
      return true;
  }
}

int heading_level(Tag tag) {
  if (tag < Tag::h1 || tag > Tag::h6) return 0;
  return static_cast<int>(tag) - static_cast<int>(Tag::h1) + 1;
}

}  // namespace stakeout
