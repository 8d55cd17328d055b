#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// What a node is. Elements that no rule asks for are `other`, which lays out like `span`.
enum class Tag : std::uint8_t {
  text,
  other,
  html,
  head,
  body,
  title,
  meta,
  link,
  base,
  p,
  div,
  span,
  a,
  br,
  hr,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  ul,
  ol,
  li,
  dl,
  dt,
  dd,
  table,
  caption,
  thead,
  tbody,
  tfoot,
  tr,
  td,
  th,
  blockquote,
  pre,
  code,
  figure,
  figcaption,
  img,
  video,
  audio,
  article,
  section,
  main,
  aside,
  header,
  footer,
  nav,
  form,
  input,
  button,
  select,
  label,
  fieldset,
  address,
  time,
  details,
  summary,
  center,
  dialog,
  sup,
  object,
  abbr,
  option,
};

// The attributes that are kept of an element.
enum class Attribute : std::uint8_t {
  class_words,
  id,
  href,
  rel,
  content,
  name,
  property,
  itemprop,
  datetime,
  lang,
  xml_lang,
  hidden,
  style,
  title,
  pubdate,
  data_component,
  data_qa,
  data_testid,
  data_type,
  http_equiv,
};

struct PageNode {
  Tag tag = Tag::other;
  std::uint32_t parent = 0;  // the root is its own parent
  std::uint32_t end = 0;     // the node after the last one inside this one
  std::uint32_t first_attribute = 0;
  std::uint32_t end_attribute = 0;
  std::uint32_t text_begin = 0;  // the characters inside, a range of PageTree::characters()
  std::uint32_t text_end = 0;
};

// A page as arrays: nodes are numbered in document order, so an element's subtree is the numbers
// from its own up to `end`, and sums over it are differences of running sums. No walk recurses.
//
// Copied out of the parser's tree, which is gone when the constructor is done.
class PageTree {
 public:
  // `html` comes from scan_html(): the parser needs bounds on depth and attributes.
  explicit PageTree(std::string_view html);

  [[nodiscard]] const std::vector<PageNode>& nodes() const { return nodes_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
  [[nodiscard]] const PageNode& operator[](std::uint32_t node) const { return nodes_[node]; }

  // All text nodes of the page joined, references decoded, white space as it is.
  [[nodiscard]] std::string_view characters() const { return characters_; }
  // The text inside one node, white space as it is.
  [[nodiscard]] std::string_view text(std::uint32_t node) const;
  // The same as a reader sees it: one blank for each run of white space, none at the ends, and one
  // between blocks.
  [[nodiscard]] std::string visible_text(std::uint32_t node) const;

  // Empty when the element has no such attribute, or an empty one.
  [[nodiscard]] std::string_view attribute(std::uint32_t node, Attribute name) const;
  [[nodiscard]] bool has_attribute(std::uint32_t node, Attribute name) const;

  // Whether `inner` lies inside `outer` or is it.
  [[nodiscard]] bool is_inside(std::uint32_t inner, std::uint32_t outer) const {
    return outer <= inner && inner < nodes_[outer].end;
  }

 private:
  struct NamedValue {
    Attribute name;
    std::string value;
  };
  friend class TreeBuilder;

  std::vector<PageNode> nodes_;
  std::vector<NamedValue> attributes_;
  std::string characters_;
};

// Whether an element stands on lines of its own.
[[nodiscard]] bool is_block(Tag tag);
// 1 to 6 for h1 to h6, else 0.
[[nodiscard]] int heading_level(Tag tag);

}  // namespace stakeout
