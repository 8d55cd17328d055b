#include <algorithm>

#include "extractors/pages/line_signs.h"
#include "extractors/pages/main_text.h"
#include "extractors/pages/page_facts.h"
#include "extractors/pages/teasers.h"

namespace stakeout {
namespace {

// Letters outside links.
std::uint32_t plain_chars(const Block& block) {
  return block.is_teaser ? 0 : block.chars - block.link_chars;
}

// What a block speaks for or against its place being the article. A teaser is a short text below
// a link.
double value_of(const Block& block, const Block* before) {
  if (block.is_teaser) return -20;
  if (block.is_post && !block.is_prose()) return 0;
  if (block.is_prose()) {
    const bool is_teaser = !block.is_post && block.chars < 330 && before != nullptr &&
                           before->chars >= 15 && before->link_share() > 0.8;
    if (is_teaser) return -20;
    return std::min(block.chars, 600U) * (1 - block.link_share());
  }
  if (block.kind == BlockKind::heading) return -5;
  return -10.0 - std::min(block.link_chars, 60U);
}

constexpr double next_to_no_prose = 150;

class ContainerSearch {
 public:
  ContainerSearch(const PageTree& tree, const PageOutline& outline)
      : tree_{tree}, outline_{outline} {
    value_before_.assign(outline.blocks.size() + 1, 0);
    plain_before_ = value_before_;
    for (std::size_t i = 0; i < outline.blocks.size(); ++i) {
      value_before_[i + 1] =
          value_before_[i] + value_of(outline.blocks[i], i > 0 ? &outline.blocks[i - 1] : nullptr);
      plain_before_[i + 1] = plain_before_[i] + plain_chars(outline.blocks[i]);
    }
  }

  std::uint32_t run() {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (can_hold(i) && value(i) >= value(best)) best = i;
    }
    if (value(best) < next_to_no_prose) {
      const std::uint32_t notice = notice_around(best);
      if (notice != 0) return notice;
    }
    return marked_instead(best);
  }

 private:
  // The element around all that looks like the notice of an award, on a page of fields and tables:
  // 0 when there is none, or it does not hold `best`, where that has any text.
  [[nodiscard]] std::uint32_t notice_around(std::uint32_t best) const {
    constexpr int fewest = 2;
    int facts = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    for (const Block& block : outline_.blocks) {
      if (block.is_teaser || !states_fact(block)) continue;
      if (facts++ == 0) first = block.holder;
      last = block.holder;
    }
    if (facts < fewest) return 0;
    std::uint32_t around = first;
    while (!tree_.is_inside(last, around)) around = tree_[around].parent;
    const bool is_in_best = value(best) <= 0 || tree_.is_inside(best, around);
    if (!is_in_best) around = 0;
    if (tree_[around].tag == Tag::tr || tree_[around].tag == Tag::tbody)
      around = tree_[around].parent;
    return around;
  }

  [[nodiscard]] bool can_hold(std::uint32_t i) const {
    return tree_[i].tag != Tag::text && outline_.is_left_out[i] == 0;
  }

  [[nodiscard]] double value(std::uint32_t node) const {
    return value_before_[outline_.block_at[tree_[node].end]] -
           value_before_[outline_.block_at[node]];
  }

  // The innermost marked element with most of the best one's text. On a page with next to no
  // prose (a calendar, a table of results) the amount of text decides.
  [[nodiscard]] std::uint32_t marked_instead(std::uint32_t best) const {
    const bool is_prose = value(best) > 500;
    const auto weight = [&](std::uint32_t i) { return is_prose ? value(i) : plain_chars_in(i); };
    std::uint32_t chosen = best;
    double chosen_weight = 0;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (!can_hold(i)) continue;
      const bool is_body = outline_.marks[i].has(Mark::body);
      if (!is_body && tree_[i].tag != Tag::article) continue;
      if (weight(i) >= weight(best) * (is_body ? 0.5 : 0.75) &&
          weight(i) >= chosen_weight * (is_body ? 0.8 : 1)) {
        chosen = i;
        chosen_weight = weight(i);
      }
    }
    return whole_of(chosen);
  }

  // The parent of a marked body when its brothers are bodies too: the text is split.
  [[nodiscard]] std::uint32_t whole_of(std::uint32_t body) const {
    constexpr double some_prose = 100;
    if (!outline_.marks[body].has(Mark::body)) return body;
    const std::uint32_t parent = tree_[body].parent;
    int bodies = 0;
    for (std::uint32_t i = parent + 1; i < tree_[parent].end; i = tree_[i].end) {
      const bool is_body = tree_[i].tag == tree_[body].tag && outline_.marks[i].has(Mark::body) &&
                           can_hold(i) && value(i) >= some_prose;
      bodies += is_body ? 1 : 0;
    }
    return bodies > 1 ? parent : body;
  }

  [[nodiscard]] double plain_chars_in(std::uint32_t node) const {
    return plain_before_[outline_.block_at[tree_[node].end]] -
           plain_before_[outline_.block_at[node]];
  }

  const PageTree& tree_;
  const PageOutline& outline_;
  std::vector<double> value_before_;  // running sums over blocks
  std::vector<double> plain_before_;  // of letters outside links
};

// Letters outside links in an element.
std::uint64_t plain_chars(const PageTree& tree, const MainPart& part) {
  std::uint64_t sum = 0;
  const PageOutline& outline = part.outline;
  for (std::uint32_t i = outline.block_at[part.container];
       i < outline.block_at[tree[part.container].end]; ++i) {
    sum += plain_chars(outline.blocks[i]);
  }
  return sum;
}

MainPart main_part(const PageTree& tree, const std::string& address, ClassTrust trust) {
  MainPart part;
  part.outline = outline_page(tree, address, trust);
  mark_teasers(tree, part.outline, host_word(address));
  part.container = find_container(tree, part.outline);
  return part;
}

}  // namespace

std::uint32_t find_container(const PageTree& tree, const PageOutline& outline) {
  return ContainerSearch{tree, outline}.run();
}

MainPart find_main_part(const PageTree& tree, const std::string& address) {
  constexpr std::uint64_t next_to_nothing = 400;
  MainPart part = main_part(tree, address, ClassTrust::full);
  const std::uint64_t chars = plain_chars(tree, part);
  if (chars >= next_to_nothing) return part;
  MainPart second = main_part(tree, address, ClassTrust::little);
  return plain_chars(tree, second) > 3 * chars ? second : part;
}

}  // namespace stakeout
