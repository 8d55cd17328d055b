#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/html_scan.h"
#include "extractors/pages/page_names.h"

namespace stakeout {

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
// Made of the parser's tree, which is gone when the constructor is done, and of the text and the
// attributes that went round the parser. The page behind `scanned` has to outlive it.
class PageTree {
 public:
  explicit PageTree(const ScannedHtml& scanned);

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

  // Those of one node that have an Attribute.
  [[nodiscard]] std::span<const HtmlAttribute> attributes(std::uint32_t node) const;
  // Empty when the element has no such attribute, or an empty one.
  [[nodiscard]] std::string_view attribute(std::uint32_t node, Attribute name) const;
  [[nodiscard]] bool has_attribute(std::uint32_t node, Attribute name) const;

  // Whether `inner` lies inside `outer` or is it.
  [[nodiscard]] bool is_inside(std::uint32_t inner, std::uint32_t outer) const {
    return outer <= inner && inner < nodes_[outer].end;
  }

 private:
  friend class TreeBuilder;

  std::vector<PageNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
  std::deque<std::string> decoded_;  // values of attributes that do not stand so in the page
  std::string characters_;
};

}  // namespace stakeout
