#include "extractors/pages/teasers.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "extractors/pages/page_facts.h"
#include "extractors/pages/page_words.h"
#include "extractors/pages/row_names.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

constexpr std::uint32_t most_blocks = 5;     // of one teaser
constexpr std::uint32_t longest_text = 450;  // letters and digits of its text
constexpr std::uint32_t shortest_title = 12;

// Elements of one parent that are built alike.
struct Row {
  std::uint32_t teasers = 0;
  std::uint32_t others = 0;  // those of them that hold something else
  std::uint32_t prose = 0;   // letters and digits of the teasers' running text

  [[nodiscard]] bool is_of_teasers() const { return teasers >= 3 && teasers * 3 > others * 7; }
};

class TeaserSearch {
 public:
  TeaserSearch(const PageTree& tree, PageOutline& outline, std::string_view host)
      : tree_{tree}, outline_{outline}, host_{host} {}

  void run() {
    sum_up();
    std::unordered_map<std::uint64_t, Row> rows;
    std::vector<std::uint32_t> teasers;
    std::uint32_t body_end = 0;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (outline_.marks[i].has(Mark::body)) body_end = std::max(body_end, tree_[i].end);
      if (i < body_end || !may_be_in_a_row(i)) continue;
      const bool is_one = is_teaser(i);
      Row& row = rows[row_name(tree_, i)];
      ++(is_one ? row.teasers : row.others);
      if (!is_one) continue;
      teasers.push_back(i);
      row.prose += prose_in(i);
    }
    for (const std::uint32_t i : teasers) {
      const Row& row = rows[row_name(tree_, i)];
      if (row.is_of_teasers() && !is_round_up(row, tree_[i].parent)) mark(i);
    }
    mark_lists();
    if (is_nothing_else()) unmark_all();
  }

 private:
  void sum_up() {
    prose_before_.assign(1, 0);
    for (const Block& block : outline_.blocks) {
      prose_before_.push_back(prose_before_.back() + (block.is_prose() ? block.chars : 0));
    }
  }

  [[nodiscard]] std::uint32_t prose_in(std::uint32_t node) const {
    return prose_before_[outline_.block_at[tree_[node].end]] -
           prose_before_[outline_.block_at[node]];
  }

  // An article that says a few words first and is a row of linked headings with their texts then:
  // beside the row its parent has some text of its own, and hardly more than the row.
  [[nodiscard]] bool is_round_up(const Row& row, std::uint32_t parent) const {
    constexpr std::uint32_t some_text = 150;
    const std::uint32_t rest = prose_in(parent) - row.prose;
    return rest >= some_text && rest * 2 < row.prose * 3;
  }

  [[nodiscard]] bool may_be_in_a_row(std::uint32_t node) const {
    switch (tree_[node].tag) {
      case Tag::div:
      case Tag::li:
      case Tag::article:
      case Tag::section:
      case Tag::a:
        return outline_.is_left_out[node] == 0 &&
               outline_.block_at[node] < outline_.block_at[tree_[node].end];
      default:
        return false;
    }
  }

  [[nodiscard]] bool is_teaser(std::uint32_t node) const {
    const std::uint32_t first = outline_.block_at[node];
    const std::uint32_t end = outline_.block_at[tree_[node].end];
    if (end - first > most_blocks) return false;
    std::uint32_t text = 0;
    std::uint32_t title = end;
    for (std::uint32_t i = first; i < end; ++i) {
      const Block& block = outline_.blocks[i];
      if (block.is_post || block.kind == BlockKind::row || block.kind == BlockKind::preformatted)
        return false;
      text += block.chars - block.link_chars;
      if (title == end && block.chars >= shortest_title && block.link_share() > 0.85) title = i;
    }
    if (title == end || title > first + 2 || text > longest_text) return false;
    const bool is_title_alone = end - first == 1;
    if (is_title_alone && outline_.blocks[title].kind != BlockKind::heading) return false;
    return leads_elsewhere(outline_.blocks[title]);
  }

  // Lists of nothing but titles of other pages of this site, with the line that leads to them.
  void mark_lists() {
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      const bool is_list = tree_[i].tag == Tag::ul || tree_[i].tag == Tag::ol;
      if (!is_list || outline_.is_left_out[i] != 0 || !is_list_of_titles(i)) continue;
      mark(i);
      mark_label_above(i);
    }
  }

  [[nodiscard]] bool is_list_of_titles(std::uint32_t list) const {
    constexpr std::uint32_t fewest = 2;
    constexpr std::uint32_t most = 12;
    const std::uint32_t first = outline_.block_at[list];
    const std::uint32_t end = outline_.block_at[tree_[list].end];
    if (end - first < fewest || end - first > most || host_.empty()) return false;
    for (std::uint32_t i = first; i < end; ++i) {
      const Block& block = outline_.blocks[i];
      const bool is_title = block.kind == BlockKind::item && block.chars >= shortest_title &&
                            block.link_share() > 0.95;
      if (!is_title || !leads_elsewhere(block)) return false;
    }
    return true;
  }

  // "Our other stories:" right above a list, or a heading in one box with it.
  void mark_label_above(std::uint32_t list) {
    constexpr std::uint32_t longest = 100;
    const std::uint32_t first = outline_.block_at[list];
    if (first == 0) return;
    Block& label = outline_.blocks[first - 1];
    const bool is_near = tree_[label.holder].parent == tree_[list].parent;
    if (is_near && label.chars < longest && label.text.ends_with(':')) label.is_teaser = true;
  }

  // Whether a block links to another page of this site.
  [[nodiscard]] bool leads_elsewhere(const Block& block) const {
    constexpr int most_steps = 12;  // up from the text to its link
    std::uint32_t link = block.first;
    for (int i = 0; i < most_steps && tree_[link].tag != Tag::a; ++i) link = tree_[link].parent;
    const std::string_view address = tree_.attribute(link, Attribute::href);
    if (tree_[link].tag != Tag::a || address.empty() ||
        address.find('#') != std::string_view::npos || leads_to_document(address)) {
      return false;
    }
    if (address.starts_with("//") || address.find("://") != std::string_view::npos) {
      const std::string full =
          address.starts_with("//") ? "https:" + std::string{address} : std::string{address};
      return host_.empty() || host_word(full) == host_;
    }
    return address.find(':') == std::string_view::npos;
  }

  // Whether an address ends like that of a file that is no page: "/papers/deal.pdf".
  static bool leads_to_document(std::string_view address) {
    address = address.substr(0, address.find('?'));
    const std::size_t dot = address.rfind('.');
    if (dot == std::string_view::npos || address.find('/', dot) != std::string_view::npos)
      return false;
    return is_page_word(ascii_lower(address.substr(dot + 1)), PageWord::document_ending);
  }

  void mark(std::uint32_t node) {
    for (std::uint32_t i = outline_.block_at[node]; i < outline_.block_at[tree_[node].end]; ++i) {
      outline_.blocks[i].is_teaser = true;
    }
  }

  [[nodiscard]] bool is_nothing_else() const {
    constexpr std::uint64_t next_to_nothing = 300;
    std::uint64_t prose = 0;
    for (const Block& block : outline_.blocks) {
      if (!block.is_teaser && block.is_prose()) prose += block.chars;
    }
    return prose < next_to_nothing;
  }

  void unmark_all() {
    for (Block& block : outline_.blocks) block.is_teaser = false;
  }

  const PageTree& tree_;
  PageOutline& outline_;
  std::string_view host_;
  std::vector<std::uint32_t> prose_before_;  // running sum over the blocks
};

}  // namespace

void mark_teasers(const PageTree& tree, PageOutline& outline, std::string_view host) {
  TeaserSearch{tree, outline, host}.run();
}

}  // namespace stakeout
