#include "extractors/pages/standfirst.h"

#include "extractors/pages/signals.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// An element small enough to be looked at by itself.
bool is_short_element(const PageTree& tree, std::uint32_t node) {
  constexpr std::uint32_t most_nodes = 100;
  constexpr std::uint32_t longest = 1'500;  // bytes
  return tree[node].end - node < most_nodes &&
         tree[node].text_end - tree[node].text_begin < longest;
}

// The last title above a node, else the last <h1>; 0 when there is neither.
std::uint32_t title_above(const PageTree& tree, std::uint32_t node, const IsLine& is_title) {
  std::uint32_t found = 0;
  bool is_known = false;
  for (std::uint32_t i = 1; i < node; ++i) {
    if (heading_level(tree[i].tag) == 0 || !is_short_element(tree, i)) continue;
    const bool is_title_node = is_title(tree.visible_text(i));
    if (!is_title_node && (is_known || tree[i].tag != Tag::h1)) continue;
    found = i;
    is_known = is_known || is_title_node;
  }
  return found;
}

bool holds_other_lines(const PageTree& tree, const PageOutline& outline, std::uint32_t node) {
  for (std::uint32_t i = node; i < tree[node].end; ++i) {
    const Marks marks = outline.marks[i];
    const Tag tag = tree[i].tag;
    if (marks.has(Mark::byline) || marks.has(Mark::date)) return true;
    if (tag == Tag::time || tag == Tag::a) return true;
  }
  return false;
}

bool is_hidden(const PageTree& tree, const PageOutline& outline, std::uint32_t node) {
  for (std::uint32_t i = node; i != 0; i = tree[i].parent) {
    if (outline.marks[i].has(Mark::hidden)) return true;
  }
  return false;
}

bool reads_as_standfirst(std::string_view text) {
  constexpr std::size_t shortest = 25;  // bytes
  constexpr std::size_t longest = 600;
  if (text.size() < shortest || text.size() > longest) return false;
  const std::string line = fold_case(text);
  return !has_phrase(line, Phrase::promotion) && !has_phrase(line, Phrase::credit) &&
         phrase_at_start(line, Phrase::byline) == 0 && !has_phrase(line, Phrase::dated);
}

}  // namespace

std::string find_standfirst(const PageTree& tree, const PageOutline& outline, std::uint32_t text,
                            const IsLine& is_title, const IsLine& is_known) {
  constexpr int most_tried = 8;
  if (text >= tree.size()) return {};
  const std::uint32_t title = title_above(tree, text, is_title);
  if (title == 0) return {};
  int tried = 0;
  for (std::uint32_t i = tree[title].end; i < text && tried < most_tried; ++i) {
    if (!outline.marks[i].has(Mark::standfirst) || tree[i].end > text) continue;
    if (!is_short_element(tree, i)) continue;
    ++tried;
    std::string line = tree.visible_text(i);
    if (!reads_as_standfirst(line) || is_title(line) || is_known(line)) continue;
    if (!holds_other_lines(tree, outline, i) && !is_hidden(tree, outline, i)) return line;
  }
  return {};
}

}  // namespace stakeout
