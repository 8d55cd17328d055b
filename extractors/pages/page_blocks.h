#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/page_tree.h"
#include "extractors/pages/signals.h"

namespace stakeout {

enum class BlockKind : std::uint8_t { paragraph, heading, item, row, preformatted };

// A run of text that a reader sees as one paragraph, heading, list item or table row.
struct Block {
  std::uint32_t holder = 0;  // the block element around it
  std::uint32_t first = 0;   // its nodes are [first, end)
  std::uint32_t end = 0;
  BlockKind kind = BlockKind::paragraph;
  std::uint32_t chars = 0;  // letters and digits; one of a script without word gaps counts twice
  std::uint32_t link_chars = 0;  // those of them inside links
  bool has_sentence = false;     // it has the mark that ends a sentence, or a comma
  bool is_post = false;          // of a live blog; see live_posts.h
  bool is_teaser = false;        // of another article; see mark_teasers()
  std::string text;              // white space clean; cells of a row joined by " | "

  [[nodiscard]] double link_share() const {
    return chars == 0 ? 0 : static_cast<double>(link_chars) / chars;
  }
  // Running text of an article, as far as that can be told without its neighbours.
  [[nodiscard]] bool is_prose() const { return chars >= 60 && link_share() < 0.4 && has_sentence; }
};

// Whether a block without links names a large sum or the number of a contract.
[[nodiscard]] bool states_fact(const Block& block);

// What is known of each node of a page before its article is looked for.
struct PageOutline {
  std::vector<Marks> marks;       // by node: what its own class and id say
  std::vector<char> is_post;      // by node: it is part of a post of a live blog
  std::vector<char> is_left_out;  // by node: it or an element around it is no part of any text
  std::vector<Block> blocks;      // in the order of the page
  std::vector<std::uint32_t> block_at;  // by node, and one more: the first block not before it

  // The blocks inside a node are [block_at[node], block_at[tree[node].end]).
};

// How far class words are believed when they call something no part of an article.
enum class ClassTrust : std::uint8_t {
  full,
  little,  // only hidden elements, comments, footers and captions go by their class
};

// Marks every node, decides what can be no part of an article (hidden, menus, forms, captions,
// sharing, comments, ...) and cuts the rest into blocks. An element that holds most of the page's
// prose is never left out, whatever its class says; nor is the time of a post of a live blog, which
// is told by `address`, the page's own. Linear in the page.
[[nodiscard]] PageOutline outline_page(const PageTree& tree, std::string_view address,
                                       ClassTrust trust);

}  // namespace stakeout
