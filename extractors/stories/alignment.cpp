#include "extractors/stories/alignment.h"

#include <algorithm>
#include <bit>

namespace stakeout {
namespace {

constexpr std::size_t most_occurrences = 6;

std::uint16_t weight_of(const StoryToken& token) {
  if (token.has(StoryToken::furniture)) return 0;
  // Doubled, so that half of it is a whole number.
  return static_cast<std::uint16_t>(token.has(StoryToken::quoted) ? token.rarity
                                                                  : 2 * token.rarity);
}

constexpr std::uint32_t none = 0xFFFFFFFF;

// Where each word of two texts stands. A table of slots, as few texts have more than 300 words.
class Places {
 public:
  Places(const std::vector<StoryToken>& a, const std::vector<StoryToken>& b)
      : slots_(std::bit_ceil(2 * (a.size() + b.size()) + 1)),
        words_a_(a.size()),
        next_b_(b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      words_a_[i] = slot_of(a[i].word);
      ++slots_[words_a_[i]].count_a;
    }
    for (std::uint32_t j = 0; j < b.size(); ++j) {
      Slot& slot = slots_[slot_of(b[j].word)];
      ++slot.count_b;
      next_b_[j] = slot.last_b;
      slot.last_b = j;
    }
  }

  // Is this word, which either text has, repeated too often to tell which is which?
  [[nodiscard]] bool is_repeated(std::uint32_t word) const {
    const Slot& slot = slots_[find(word)];
    return std::max(slot.count_a, slot.count_b) > most_occurrences;
  }

  // The last place in the second text of token `i` of the first, and the place before that one.
  [[nodiscard]] std::uint32_t last_in_b(std::size_t i) const { return slots_[words_a_[i]].last_b; }
  [[nodiscard]] std::uint32_t next_in_b(std::uint32_t j) const { return next_b_[j]; }

 private:
  struct Slot {
    std::uint32_t word = 0;
    std::uint16_t count_a = 0;
    std::uint16_t count_b = 0;
    std::uint32_t last_b = none;
  };

  // Where the word is, or the empty slot that is to be its own.
  [[nodiscard]] std::uint32_t find(std::uint32_t word) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = word & mask;
    while (slots_[at].word != word && slots_[at].count_a + slots_[at].count_b > 0) {
      at = (at + 1) & mask;
    }
    return static_cast<std::uint32_t>(at);
  }

  std::uint32_t slot_of(std::uint32_t word) {
    const std::uint32_t at = find(word);
    slots_[at].word = word;
    return at;
  }

  std::vector<Slot> slots_;  // a power of two, at least half of them empty
  std::vector<std::uint32_t> words_a_;
  std::vector<std::uint32_t> next_b_;
};

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

Alignment weigh(const std::vector<StoryToken>& a, const std::vector<StoryToken>& b,
                const Places& places) {
  const auto weights_of = [&](const std::vector<StoryToken>& tokens) {
    std::vector<std::uint16_t> weights(tokens.size());
    std::ranges::transform(tokens, weights.begin(), [&](const StoryToken& token) {
      return places.is_repeated(token.word) ? std::uint16_t{0} : weight_of(token);
    });
    return weights;
  };
  return {{}, weights_of(a), weights_of(b)};
}

}  // namespace

Alignment align(const std::vector<StoryToken>& a, const std::vector<StoryToken>& b) {
  const Places places{a, b};
  Alignment alignment = weigh(a, b, places);
  std::vector<Link> links;
  HeaviestBefore heaviest{b.size()};
  std::uint32_t best = 0;
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    if (alignment.weights_a[i] == 0) continue;
    // From the back, so that no two pairs of one token get into a chain.
    for (std::uint32_t j = places.last_in_b(i); j != none; j = places.next_in_b(j)) {
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

Alignment pair_in_any_order(const std::vector<StoryToken>& a, const std::vector<StoryToken>& b) {
  const Places places{a, b};
  Alignment alignment = weigh(a, b, places);
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    const std::uint32_t j = places.last_in_b(i);
    if (j != none && alignment.weights_a[i] > 0) alignment.pairs.push_back({i, j});
  }
  return alignment;
}

}  // namespace stakeout
