#include "extractors/pages/main_text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "extractors/pages/standfirst.h"
#include "extractors/pages/text_lines.h"
#include "extractors/pages/title.h"

namespace stakeout {
namespace {

class Composer {
 public:
  Composer(const PageTree& tree, const PageOutline& outline, std::uint32_t container,
           const KnownLines& known)
      : tree_{tree},
        outline_{outline},
        first_{outline.block_at[container]},
        end_{outline.block_at[tree[container].end]},
        lines_{tree, outline, first_, end_, known},
        is_marked_{outline.marks[container].has(Mark::body)} {}

  std::string run() {
    keep_to_own_story();
    if (first_ == end_) return {};
    keep_.assign(end_ - first_, 1);
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (lines_.is_foreign(i)) drop(i);
    }
    cut_head();
    find_lead();
    find_flow();
    drop_offers();
    cut_tail();
    drop_lonely_headings();
    drop_repeated();
    return joined();
  }

 private:
  [[nodiscard]] const Block& block(std::uint32_t i) const { return outline_.blocks[i]; }
  [[nodiscard]] bool is_kept(std::uint32_t i) const { return keep_[i - first_] != 0; }
  void drop(std::uint32_t i) { keep_[i - first_] = 0; }

  [[nodiscard]] bool is_heading(std::uint32_t i) const { return lines_.is_heading(i); }
  [[nodiscard]] std::uint32_t prose_of(std::uint32_t i) const { return lines_.prose_of(i); }

  // Of several stories one below the other, each under a title of its own, the one under the
  // page's.
  void keep_to_own_story() {
    int tries = 4;
    for (std::uint32_t i = first_; i < end_ && tries > 0; ++i) {
      if (!is_heading(i) || block(i).is_post || !lines_.is_title(i)) continue;
      --tries;
      const std::uint32_t story = story_under(i);
      if (story == 0) continue;
      first_ = outline_.block_at[story];
      end_ = outline_.block_at[tree_[story].end];
      return;
    }
  }

  // The element of a title and its prose, when it is one of several; else 0.
  [[nodiscard]] std::uint32_t story_under(std::uint32_t title) const {
    std::uint32_t story = block(title).holder;
    while (story != 0 && prose_inside(story) < some_prose) story = tree_[story].parent;
    for (int levels = 4; levels > 0 && story != 0; --levels, story = tree_[story].parent) {
      const bool is_all =
          outline_.block_at[story] <= first_ && outline_.block_at[tree_[story].end] >= end_;
      if (is_all) break;
      if (has_other_story(story, tree_[block(title).holder].tag)) return story;
    }
    return 0;
  }

  // Whether a brother of an element is built like it, and has prose under a title of the same tag.
  [[nodiscard]] bool has_other_story(std::uint32_t story, Tag title) const {
    const std::uint32_t parent = tree_[story].parent;
    for (std::uint32_t i = tree_[story].end; i < tree_[parent].end; i = tree_[i].end) {
      if (tree_[i].tag != tree_[story].tag || prose_inside(i) < some_prose) continue;
      for (std::uint32_t b = outline_.block_at[i]; b < outline_.block_at[tree_[i].end]; ++b) {
        if (block(b).is_prose()) break;
        if (is_heading(b) && tree_[block(b).holder].tag == title) return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::uint64_t prose_inside(std::uint32_t node) const {
    std::uint64_t prose = 0;
    for (std::uint32_t i = outline_.block_at[node];
         i < outline_.block_at[tree_[node].end] && prose < some_prose; ++i) {
      if (block(i).is_prose()) prose += prose_of(i);
    }
    return prose;
  }

  // Title, byline, date, sharing: what stands above the first paragraph, down to the last such
  // line. Of what follows it a marked body keeps its paragraphs and headings.
  void cut_head() {
    std::uint32_t opening = first_;
    while (opening < end_ &&
           !(is_kept(opening) && lines_.is_opening(opening) && !lines_.is_title(opening))) {
      ++opening;
    }
    if (opening == end_ || is_notice()) return;
    std::uint32_t begin = first_;
    for (std::uint32_t i = first_; i < opening; ++i) {
      if (lines_.is_head_line(i)) begin = i + 1;
    }
    for (std::uint32_t i = first_; i < opening; ++i) {
      if (i < begin || !belongs_to_text(i, opening)) drop(i);
    }
  }

  // Fields and tables that state facts, with a few words between them: all of it is the text.
  [[nodiscard]] bool is_notice() const {
    constexpr std::uint64_t next_to_no_prose = 200;
    constexpr int fewest = 2;
    std::uint64_t prose = 0;
    int facts = 0;
    for (std::uint32_t i = first_; i < end_ && prose < next_to_no_prose; ++i) {
      if (!is_kept(i)) continue;
      if (block(i).is_prose()) prose += prose_of(i);
      facts += states_fact(block(i)) ? 1 : 0;
    }
    return prose < next_to_no_prose && facts >= fewest;
  }

  [[nodiscard]] bool belongs_to_text(std::uint32_t i, std::uint32_t opening) const {
    const Block& b = block(i);
    if (is_marked_ && (tree_[b.holder].tag == Tag::p || b.kind != BlockKind::paragraph))
      return true;
    if (is_kept(i) && lines_.is_key_fact(i)) return true;
    if (i + 1 != opening) return false;
    return is_heading(i) ? has_later_heading(i)
                         : lines_.is_strong_label(i) && has_later_strong_label(i);
  }

  [[nodiscard]] bool has_later_strong_label(std::uint32_t label) const {
    for (std::uint32_t i = label + 1; i < end_; ++i) {
      if (is_kept(i) && lines_.is_strong_label(i)) return true;
    }
    return false;
  }

  [[nodiscard]] bool has_later_heading(std::uint32_t i) const {
    const Tag tag = tree_[block(i).holder].tag;
    for (std::uint32_t j = i + 1; j < end_; ++j) {
      if (is_kept(j) && tree_[block(j).holder].tag == tag) return true;
    }
    return false;
  }

  void cut_tail() {
    cut_at_tail_heading();
    std::uint32_t last = end_;
    while (last > first_ && is_tail(last - 1)) --last;
    for (std::uint32_t i = last; i < end_; ++i) drop(i);
  }

  [[nodiscard]] bool is_tail(std::uint32_t i) const {
    return !is_kept(i) || lines_.is_tail_line(i, is_talk_);
  }

  void drop_from(std::uint32_t block) {
    for (std::uint32_t i = block; i < end_; ++i) drop(i);
  }

  // The note and the name above it.
  void drop_author_note(std::uint32_t note) {
    drop(note);
    for (std::uint32_t i = note; i > first_ && is_heading(i - 1); --i) drop(i - 1);
  }

  // "Related articles" and the like: with all that follows when hardly any prose does, else with
  // the links below it.
  void cut_at_tail_heading() {
    find_what_heads_text();
    std::vector<std::uint64_t> prose_after(end_ - first_ + 1, 0);
    for (std::uint32_t i = end_; i > first_; --i) {
      const bool is_long = is_kept(i - 1) && prose_of(i - 1) >= 250;
      prose_after[i - 1 - first_] = prose_after[i - first_] + (is_long ? prose_of(i - 1) : 0);
    }
    std::uint64_t all = 0;
    for (std::uint32_t i = first_; i < end_; ++i) all += is_kept(i) ? prose_of(i) : 0;
    std::uint64_t above = 0;
    int tries = 4;  // lists of references
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (!is_kept(i)) continue;
      if (lines_.is_label_of(i, Phrase::contents)) {
        drop_contents(i);
        continue;
      }
      if (tries > 0 && above * 2 > all && lines_.is_label_of(i, Phrase::references)) {
        --tries;
        drop_references(i);
        if (!is_kept(i)) continue;
      }
      if ((all - above) * 5 < all && lines_.is_company_label(i)) {
        drop_company_note(i);
        continue;
      }
      if (lines_.is_about_author(i)) {
        if ((all - above) * 4 < all && !is_talk_) drop_author_note(i);
        is_talk_ = is_talk_ || (above * 2 < all && !lines_.is_name(i));
      }
      const bool is_label = lines_.is_tail_label(i, heads_text_[i - first_] != 0);
      if (is_label && box_of(i) != 0) {
        drop_box(box_of(i));
        continue;
      }
      const bool is_end = above * 2 > all && prose_after[i - first_] * 6 < all;
      if (is_label && is_end && !has_text_below_links(i)) return drop_from(i);
      if (is_label) drop_teasers(i);
      above += prose_of(i);
    }
  }

  // Boxes of a product, its price and a link to a shop.
  void drop_offers() {
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (!lines_.is_offer(i)) continue;
      const std::uint32_t box = box_of(i);
      if (box == 0) continue;
      if (!has_prose(box)) drop_box(box);
      i = blocks_in(box).second - 1;  // each box is looked at once
    }
  }

  [[nodiscard]] bool has_prose(std::uint32_t node) const {
    const auto [begin, end] = blocks_in(node);
    for (std::uint32_t i = begin; i < end; ++i) {
      if (block(i).is_prose()) return true;
    }
    return false;
  }

  void find_what_heads_text() {
    heads_text_.assign(end_ - first_, 0);
    bool is_above_text = false;
    for (std::uint32_t i = end_; i > first_; --i) {
      heads_text_[i - 1 - first_] = is_above_text ? 1 : 0;
      if (is_kept(i - 1)) is_above_text = lines_.is_sentence(i - 1);
    }
  }

  // Whether the links below a label are all that it heads: the article's own paragraphs go on.
  [[nodiscard]] bool has_text_below_links(std::uint32_t label) const {
    std::uint32_t i = label + 1;
    while (i < end_ && block(i).link_share() > 0.7) ++i;
    return i > label + 1 && i < end_ && is_kept(i) && lines_.is_sentence(i) &&
           lines_.tag_of(i) == Tag::p && tree_[block(i).holder].parent == flow_ &&
           !lines_.is_tail_line(i, is_talk_);
  }

  // The note, down to a chapter of its level or above that is no such note itself.
  void drop_company_note(std::uint32_t label) {
    const int level = is_heading(label) ? heading_level(lines_.tag_of(label)) : 6;
    drop(label);
    for (std::uint32_t i = label + 1; i < end_; ++i) {
      const bool is_chapter = is_heading(i) && heading_level(lines_.tag_of(i)) <= level &&
                              heads_text_[i - first_] != 0 && !lines_.is_company_label(i) &&
                              !lines_.is_tail_label(i, true);
      if (is_chapter) return;
      drop(i);
    }
  }

  // A label and the linked lines below it.
  void drop_contents(std::uint32_t label) {
    drop(label);
    for (std::uint32_t i = label + 1; i < end_ && block(i).link_share() > 0.7; ++i) drop(i);
  }

  // A label and what is below it, up to the next heading of its level, when that are references.
  void drop_references(std::uint32_t label) {
    const int level = is_heading(label) ? heading_level(tree_[block(label).holder].tag) : 6;
    std::uint32_t end = label + 1;
    std::uint32_t references = 0;
    for (; end < end_; ++end) {
      const Block& b = block(end);
      if (is_heading(end) && heading_level(tree_[b.holder].tag) <= level) break;
      if (lines_.is_reference(end)) ++references;
    }
    if (references * 2 <= end - label - 1) return;
    for (std::uint32_t i = label; i < end; ++i) drop(i);
  }

  // The element that parts a label from the text that goes on around it; 0 when the label stands in
  // the text's own flow, or with more than a few lines of text.
  [[nodiscard]] std::uint32_t box_of(std::uint32_t label) const {
    constexpr std::uint32_t few_lines = 600;
    const std::uint32_t flow = flow_;
    std::uint32_t box = block(label).holder;
    if (!tree_.is_inside(box, flow) || box == flow) return 0;
    int levels = 50;
    while (tree_[box].parent != flow && --levels > 0) box = tree_[box].parent;
    if (levels == 0 || box == block(label).holder) return 0;
    const auto [begin, end] = blocks_in(box);
    const std::uint64_t prose = prose_before_[end - first_] - prose_before_[begin - first_];
    return prose < few_lines && prose * 5 < prose_in_flow_ ? box : 0;
  }

  void drop_box(std::uint32_t box) {
    const auto [begin, end] = blocks_in(box);
    for (std::uint32_t i = begin; i < end; ++i) drop(i);
  }

  // The article's blocks inside a node, the second one behind the last of them.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> blocks_in(std::uint32_t node) const {
    return {std::clamp(outline_.block_at[node], first_, end_),
            std::clamp(outline_.block_at[tree_[node].end], first_, end_)};
  }

  // Whom the first paragraph names, the article is about.
  void find_lead() {
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (!is_kept(i) || !block(i).is_prose()) continue;
      return lines_.forget_names_in(i);
    }
  }

  // The element whose own children are most of the text.
  void find_flow() {
    std::unordered_map<std::uint32_t, std::uint64_t> prose;
    prose_before_.assign(1, 0);
    for (std::uint32_t i = first_; i < end_; ++i) {
      prose_before_.push_back(prose_before_.back() + prose_of(i));
      if (!is_kept(i) || !block(i).is_prose()) continue;
      const std::uint32_t parent = tree_[block(i).holder].parent;
      std::uint64_t& sum = prose[parent];
      sum += prose_of(i);
      if (sum > prose_in_flow_) {
        prose_in_flow_ = sum;
        flow_ = parent;
      }
    }
  }

  // A label in the midst of the text, and the linked titles with their short texts below it.
  void drop_teasers(std::uint32_t label) {
    std::uint32_t i = label + 1;
    while (i < end_ && block(i).link_share() > 0.7) {
      drop(i++);
      if (i < end_ && block(i).chars < 160 && tree_[block(i).holder].tag != Tag::p) drop(i++);
    }
    if (i > label + 1) drop(label);
  }

  // A heading with nothing below it, or another heading of its level or above.
  void drop_lonely_headings() {
    int below = 1;  // level of the kept heading below, 0 for text
    for (std::uint32_t i = end_; i > first_; --i) {
      if (!is_kept(i - 1)) continue;
      if (!is_heading(i - 1)) {
        below = 0;
        continue;
      }
      const int level = heading_level(tree_[block(i - 1).holder].tag);
      if (below != 0 && level >= below) {
        drop(i - 1);
      } else {
        below = std::max(level, 1);
      }
    }
  }

  void drop_repeated() {
    std::unordered_set<std::string_view> seen;
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (!is_kept(i) || block(i).chars < 100) continue;
      if (!seen.insert(block(i).text).second) drop(i);
    }
  }

  // The node of the first kept block; the tree's end when there is none.
  [[nodiscard]] std::uint32_t begin_of_text() const {
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (is_kept(i)) return block(i).first;
    }
    return tree_.size();
  }

  // Whether a line is what the page says about its article elsewhere too, or the text says it
  // again.
  [[nodiscard]] bool is_summary(std::string_view line) const {
    constexpr std::size_t enough = 40;  // bytes; descriptions are often cut
    const std::string start = bare_words(line).substr(0, enough);
    if (lines_.known().has_summary_from(start)) return true;
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (is_kept(i) && bare_words(block(i).text.substr(0, 4 * enough)).starts_with(start))
        return true;
    }
    return false;
  }

  [[nodiscard]] std::string standfirst() const {
    const auto is_known = [&](std::string_view line) { return is_summary(line); };
    const auto is_title = [&](std::string_view line) { return lines_.known().is_title(line); };
    return find_standfirst(tree_, outline_, begin_of_text(), is_title, is_known);
  }

  [[nodiscard]] std::string joined() const {
    std::string out = standfirst();
    if (!out.empty()) out += "\n\n";
    std::uint32_t before = end_;
    for (std::uint32_t i = first_; i < end_; ++i) {
      if (!is_kept(i)) continue;
      if (before != end_) out += is_one_list(before, i) ? "\n" : "\n\n";
      out += block(i).text;
      before = i;
    }
    return out;
  }

  [[nodiscard]] bool is_one_list(std::uint32_t a, std::uint32_t b) const {
    return b == a + 1 && block(a).kind == BlockKind::row && block(b).kind == BlockKind::row;
  }

  static constexpr std::uint64_t some_prose = 200;  // letters and digits

  const PageTree& tree_;
  const PageOutline& outline_;
  std::uint32_t first_;
  std::uint32_t end_;
  std::uint32_t flow_ = 0;
  std::uint64_t prose_in_flow_ = 0;
  std::vector<std::uint64_t> prose_before_;  // running sum over the blocks from first_ on
  TextLines lines_;
  bool is_talk_ = false;  // with the author, whose name begins many a paragraph
  bool is_marked_;        // the container is marked as the article's body
  std::vector<char> keep_;
  std::vector<char> heads_text_;  // whether a sentence follows a block
};

}  // namespace

std::string article_text(const PageTree& tree, const PageOutline& outline, std::uint32_t container,
                         const KnownLines& known) {
  return Composer{tree, outline, container, known}.run();
}

}  // namespace stakeout
