#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/known_words.h"
#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_tree.h"
#include "extractors/pages/signals.h"

namespace stakeout {

// What the blocks of a page are by their words, each looked at by itself: a title, a name, a
// credit, a label above something else, a note. Page and outline are borrowed, and blocks are named
// by their number in the outline.
//
// A line that may be a sentence of the article as well is one: what asks readers for something or
// names the taker of a picture is told from what tells of that by tells_something(), and a line
// that names a large sum is no furniture at all.
class TextLines {
 public:
  // Of the blocks [first, end).
  TextLines(const PageTree& tree, const PageOutline& outline, std::uint32_t first,
            std::uint32_t end, const KnownLines& known);

  [[nodiscard]] const Block& block(std::uint32_t i) const { return outline_.blocks[i]; }
  // Letters and digits outside links.
  [[nodiscard]] std::uint32_t prose_of(std::uint32_t i) const {
    return block(i).chars - block(i).link_chars;
  }
  [[nodiscard]] Tag tag_of(std::uint32_t i) const { return tree_[block(i).holder].tag; }
  [[nodiscard]] bool is_heading(std::uint32_t i) const {
    return block(i).kind == BlockKind::heading;
  }
  [[nodiscard]] const KnownWords& known() const { return known_; }
  // From here on who is named in this block is no author.
  void forget_names_in(std::uint32_t i) { known_.forget_names_in(block(i).text); }

  // A line that is no part of the article wherever it stands.
  [[nodiscard]] bool is_foreign(std::uint32_t i) const;
  // One that the article does not end with; `is_talk` says that its author speaks in it.
  [[nodiscard]] bool is_tail_line(std::uint32_t i, bool is_talk) const;
  // One that stands above an article: title, byline, date, sharing.
  [[nodiscard]] bool is_head_line(std::uint32_t i) const;
  // A paragraph that an article may begin with.
  [[nodiscard]] bool is_opening(std::uint32_t i) const;
  // "$499.00 View at Shop": most of it, or its end, leads to where something is sold.
  [[nodiscard]] bool is_offer(std::uint32_t i) const;
  // What a list or table in front of the first paragraph says of the matter.
  [[nodiscard]] bool is_key_fact(std::uint32_t i) const;

  [[nodiscard]] bool is_title(std::uint32_t i) const;
  [[nodiscard]] bool is_name(std::uint32_t i) const;
  // "Ann Example is a reporter in Rome."
  [[nodiscard]] bool is_about_author(std::uint32_t i) const;
  // "About Example Corp.": what follows is the same below every release of the company.
  [[nodiscard]] bool is_company_label(std::uint32_t i) const;
  // A heading or a short line with a phrase of this kind.
  [[nodiscard]] bool is_label_of(std::uint32_t i, Phrase phrase) const;
  // "Related articles", "Tags". Some are headings of chapters as well ("What's next") and then have
  // a sentence below them; `heads_text` says so.
  [[nodiscard]] bool is_tail_label(std::uint32_t i, bool heads_text) const;
  // A line with a link or a year; not a paragraph of prose, unless it begins with its number, and
  // not one with a large sum.
  [[nodiscard]] bool is_reference(std::uint32_t i) const;
  // A short line in strong type, such as pages have in place of a heading: "NAVY".
  [[nodiscard]] bool is_strong_label(std::uint32_t i) const;
  // Running text, as short as it may be.
  [[nodiscard]] bool is_sentence(std::uint32_t i) const;

 private:
  [[nodiscard]] const std::string& folded(std::uint32_t i) const { return folded_[i - first_]; }
  [[nodiscard]] bool tells(std::uint32_t i) const;
  [[nodiscard]] bool is_pointer(std::uint32_t i) const;
  [[nodiscard]] bool is_byline(std::uint32_t i) const;
  [[nodiscard]] bool is_date_line(std::uint32_t i) const;
  [[nodiscard]] bool is_in_fact_list(std::uint32_t i) const;
  [[nodiscard]] bool is_note(std::uint32_t i) const;
  [[nodiscard]] bool is_bold(std::uint32_t i) const;

  const PageTree& tree_;
  const PageOutline& outline_;
  std::uint32_t first_;
  KnownWords known_;
  std::vector<std::string> folded_;  // of short blocks
};

}  // namespace stakeout
