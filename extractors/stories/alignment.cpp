#include "extractors/stories/alignment.h"

#include <algorithm>

namespace stakeout {
namespace {

constexpr std::size_t most_occurrences = 6;

std::uint16_t weight_of(const StoryToken& token) {
  if (token.has(StoryToken::furniture)) return 0;
  // Doubled, so that half of it is a whole number.
  return static_cast<std::uint16_t>(token.has(StoryToken::quoted) ? token.rarity
                                                                  : 2 * token.rarity);
}

std::vector<std::uint16_t> weights_of(const std::vector<StoryToken>& tokens) {
  std::vector<std::uint16_t> weights(tokens.size());
  std::transform(tokens.begin(), tokens.end(), weights.begin(), weight_of);
  return weights;
}

// The tokens sorted by word, then by position.
struct Occurrence {
  std::uint32_t word;
  std::uint32_t index;
};

std::vector<Occurrence> occurrences_of(const std::vector<StoryToken>& tokens) {
  std::vector<std::uint64_t> packed;
  packed.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    packed.push_back((std::uint64_t{tokens[i].word} << 32U) | i);
  }
  std::sort(packed.begin(), packed.end());
  std::vector<Occurrence> sorted;
  sorted.reserve(packed.size());
  for (const std::uint64_t p : packed) {
    sorted.push_back({static_cast<std::uint32_t>(p >> 32U), static_cast<std::uint32_t>(p)});
  }
  return sorted;
}

std::size_t end_of_word(const std::vector<Occurrence>& sorted, std::size_t begin) {
  std::size_t end = begin;
  while (end < sorted.size() && sorted[end].word == sorted[begin].word) ++end;
  return end;
}

// The occurrences in the second text of one token of the first: a range of its sorted list.
struct Partners {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Pairs up equal words; takes the weight off words that are repeated too often on either side.
std::vector<Partners> find_partners(const std::vector<Occurrence>& a,
                                    const std::vector<Occurrence>& b, Alignment& alignment) {
  std::vector<Partners> partners(a.size());
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const bool takes_a = i < a.size() && (j == b.size() || a[i].word <= b[j].word);
    const bool takes_b = j < b.size() && (i == a.size() || b[j].word <= a[i].word);
    const std::size_t end_i = takes_a ? end_of_word(a, i) : i;
    const std::size_t end_j = takes_b ? end_of_word(b, j) : j;
    if (std::max(end_i - i, end_j - j) > most_occurrences) {
      for (std::size_t k = i; k < end_i; ++k) alignment.weights_a[a[k].index] = 0;
      for (std::size_t k = j; k < end_j; ++k) alignment.weights_b[b[k].index] = 0;
    } else {
      for (std::size_t k = i; k < end_i; ++k) {
        partners[a[k].index] = {static_cast<std::uint32_t>(j), static_cast<std::uint32_t>(end_j)};
      }
    }
    i = end_i;
    j = end_j;
  }
  return partners;
}

// A pair of equal tokens as the end of the heaviest chain that ends there.
struct Link {
  Alignment::Pair pair;
  std::uint32_t total = 0;
  std::uint32_t previous = 0;  // 1-based; 0: the chain begins here
};

// The heaviest link among those that end before a position: a Fenwick tree of maxima. Links are
// named by their 1-based number; 0 is none.
class HeaviestBefore {
 public:
  explicit HeaviestBefore(std::size_t positions) : tree_(positions + 1) {}

  [[nodiscard]] std::uint32_t find(std::size_t position, const std::vector<Link>& links) const {
    std::uint32_t best = 0;
    for (std::size_t at = position; at > 0; at &= at - 1) best = heavier(best, tree_[at], links);
    return best;
  }

  void add(std::size_t position, std::uint32_t link, const std::vector<Link>& links) {
    for (std::size_t at = position + 1; at < tree_.size(); at += at & (~at + 1)) {
      tree_[at] = heavier(tree_[at], link, links);
    }
  }

 private:
  static std::uint32_t heavier(std::uint32_t a, std::uint32_t b, const std::vector<Link>& links) {
    if (a == 0 || b == 0) return a + b;
    return links[b - 1].total > links[a - 1].total ? b : a;
  }

  std::vector<std::uint32_t> tree_;
};

}  // namespace

Alignment align(const std::vector<StoryToken>& a, const std::vector<StoryToken>& b) {
  Alignment alignment{{}, weights_of(a), weights_of(b)};
  const std::vector<Occurrence> sorted_b = occurrences_of(b);
  const std::vector<Partners> partners = find_partners(occurrences_of(a), sorted_b, alignment);
  std::vector<Link> links;
  HeaviestBefore heaviest{b.size()};
  std::uint32_t best = 0;
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    // From the back, so that no two pairs of one token get into a chain.
    for (std::uint32_t k = partners[i].end; k-- > partners[i].begin;) {
      const std::uint32_t j = sorted_b[k].index;
      const std::uint32_t weight = std::min(alignment.weights_a[i], alignment.weights_b[j]);
      if (weight == 0) continue;
      const std::uint32_t previous = heaviest.find(j, links);
      const std::uint32_t before = previous == 0 ? 0 : links[previous - 1].total;
      links.push_back({{i, j}, before + weight, previous});
      const auto link = static_cast<std::uint32_t>(links.size());
      heaviest.add(j, link, links);
      if (best == 0 || links[link - 1].total > links[best - 1].total) best = link;
    }
  }
  for (std::uint32_t at = best; at != 0; at = links[at - 1].previous) {
    alignment.pairs.push_back(links[at - 1].pair);
  }
  std::reverse(alignment.pairs.begin(), alignment.pairs.end());
  return alignment;
}

}  // namespace stakeout
