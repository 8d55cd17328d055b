#include "extractors/stories/match.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <numeric>
#include <tuple>

#include "extractors/stories/alignment.h"

namespace stakeout {
namespace {

constexpr std::size_t block_count = 6;
constexpr double enough_alone = 0.35;
constexpr double enough_with_title = 0.225;
constexpr double least_anchors = 0.5;
constexpr double least_neighbours = 0.55;
constexpr std::uint32_t neighbour_distance = 4;
constexpr double least_of_longer = 0.13;
constexpr double least_on_one_host = 0.75;
constexpr double least_beside_quotation = 0.5;
constexpr double quoted_whole = 0.95;
constexpr double same_title = 0.5;
constexpr int fewest_anchors = 3;
constexpr std::size_t fewest_identifiers = 2;
constexpr std::size_t shortest_opening = 30;  // tokens
constexpr std::size_t parts_of_opening = 3;
constexpr std::size_t together_within = 12;     // tokens
constexpr std::uint8_t identifier_rarity = 88;  // a figure of five digits or more

// What the alignment of two texts shows. Shares are of weight, 0 to 1.
struct Figures {
  double second_weakest = 0;  // matched share of the second-weakest block of the shorter text
  double weakest = 0;
  double third_strongest = 0;
  double of_shorter = 0;  // matched share of the shorter text
  double of_longer = 0;   // and of the longer one, or of its opening when that matches better
  double anchors = 1;     // matched share of the shorter text's names and figures; 1 for very few
  double neighbours = 0;  // share of the matched tokens that stand close to the next one
  double title = 0;       // shared part of the titles
  bool titles_disagree = false;  // see titles_disagree()
  bool one_host = false;
  bool identifiers_differ = false;  // each has long figures (file numbers) that the other lacks
};

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

template <class T>
double sum(const std::vector<T>& weights) {
  return std::accumulate(weights.begin(), weights.end(), 0.0);
}

// The matched share of each sixth of the shorter text, weakest first.
std::array<double, block_count> block_shares(const Alignment& alignment) {
  std::array<double, block_count> whole{};
  std::array<double, block_count> matched{};
  const double total = sum(alignment.weights_a);
  double before = 0;
  std::size_t next_pair = 0;
  for (std::size_t i = 0; i < alignment.weights_a.size(); ++i) {
    const double weight = alignment.weights_a[i];
    const auto block = std::min<std::size_t>(
        block_count - 1, static_cast<std::size_t>(share(before * block_count, total)));
    before += weight;
    whole[block] += weight;
    if (next_pair < alignment.pairs.size() && alignment.pairs[next_pair].a == i) {
      matched[block] += weight;
      ++next_pair;
    }
  }
  std::array<double, block_count> shares{};
  for (std::size_t k = 0; k < block_count; ++k) shares[k] = share(matched[k], whole[k]);
  std::sort(shares.begin(), shares.end());
  return shares;
}

double matched_weight(const Alignment& alignment) {
  double weight = 0;
  for (const auto& pair : alignment.pairs) weight += alignment.weights_a[pair.a];
  return weight;
}

// The matched share of the longer text, or of its opening as long as the shorter text: a teaser
// copies only that.
double share_of_longer(const Alignment& alignment) {
  const double shorter = sum(alignment.weights_a);
  double opening = 0;
  std::size_t end = 0;
  while (end < alignment.weights_b.size() && opening < shorter) {
    opening += alignment.weights_b[end++];
  }
  double matched = 0;
  double matched_opening = 0;
  for (const auto& pair : alignment.pairs) {
    matched += alignment.weights_b[pair.b];
    if (pair.b < end) matched_opening += alignment.weights_b[pair.b];
  }
  return std::max(share(matched, sum(alignment.weights_b)), share(matched_opening, opening));
}

double share_of_anchors(const std::vector<StoryToken>& tokens, const Alignment& alignment) {
  const auto is_anchor = [&](std::size_t i) {
    return tokens[i].has(StoryToken::name) || tokens[i].has(StoryToken::number);
  };
  int count = 0;
  double whole = 0;
  double matched = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_anchor(i) || alignment.weights_a[i] == 0) continue;
    ++count;
    whole += alignment.weights_a[i];
  }
  if (count < fewest_anchors) return 1;
  for (const auto& pair : alignment.pairs) {
    if (is_anchor(pair.a)) matched += alignment.weights_a[pair.a];
  }
  return share(matched, whole);
}

double share_of_neighbours(const Alignment& alignment) {
  std::size_t close = 0;
  for (std::size_t i = 1; i < alignment.pairs.size(); ++i) {
    const auto& before = alignment.pairs[i - 1];
    const auto& here = alignment.pairs[i];
    if (here.a - before.a <= neighbour_distance && here.b - before.b <= neighbour_distance) ++close;
  }
  return share(static_cast<double>(close), static_cast<double>(alignment.pairs.size()));
}

// The weight of the title words that both share, over that of the shorter title.
double share_of_titles(const StoryFingerprint& a, const StoryFingerprint& b) {
  const auto weight = [](const std::vector<StoryToken>& tokens) {
    return std::accumulate(tokens.begin(), tokens.end(), 0.0,
                           [](double sum, const StoryToken& t) { return sum + t.rarity; });
  };
  double matched = 0;
  for (const auto& pair : align(a.title, b.title).pairs) matched += a.title[pair.a].rarity;
  return share(matched, std::min(weight(a.title), weight(b.title)));
}

bool is_figure(const StoryToken& token) {
  return token.has(StoryToken::number) || token.has(StoryToken::month);
}

std::vector<std::uint32_t> figures_of_title(const StoryFingerprint& fingerprint) {
  std::vector<std::uint32_t> words;
  for (const StoryToken& token : fingerprint.title) {
    if (is_figure(token)) words.push_back(token.word);
  }
  return words;
}

// Whether all of these figures stand close together in the opening of the text.
bool opens_with(const StoryFingerprint& fingerprint, const std::vector<std::uint32_t>& words) {
  const auto& tokens = fingerprint.tokens;
  const std::size_t opening =
      std::min(tokens.size(), std::max(shortest_opening, tokens.size() / parts_of_opening));
  const auto states = [&](std::size_t begin, std::uint32_t word) {
    const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last =
        tokens.begin() + static_cast<std::ptrdiff_t>(std::min(opening, begin + together_within));
    return std::any_of(first, last, [&](const StoryToken& token) { return token.word == word; });
  };
  for (std::size_t i = 0; i < opening; ++i) {
    if (std::find(words.begin(), words.end(), tokens[i].word) == words.end()) continue;
    if (std::all_of(words.begin(), words.end(), [&](auto word) { return states(i, word); })) {
      return true;
    }
  }
  return false;
}

// Whether the titles are the same but for their figures: "Council meets on 3 May", "... on 7 June".
bool differ_in_figures(const StoryFingerprint& a, const StoryFingerprint& b) {
  const auto words_of = [](const StoryFingerprint& fingerprint) {
    std::vector<std::uint32_t> words;
    for (const StoryToken& token : fingerprint.title) {
      if (!is_figure(token)) words.push_back(token.word);
    }
    return words;
  };
  const std::vector<std::uint32_t> in_a = words_of(a);
  return !in_a.empty() && in_a == words_of(b);
}

// Whether both titles carry figures or months and share none: the reports of two months. Not when
// each text opens with what the other's title states: then two editors picked different facts of
// one text.
bool titles_disagree(const StoryFingerprint& a, const StoryFingerprint& b) {
  const std::vector<std::uint32_t> in_a = figures_of_title(a);
  const std::vector<std::uint32_t> in_b = figures_of_title(b);
  if (in_a.empty() || in_b.empty()) return false;
  const bool share_one =
      std::find_first_of(in_a.begin(), in_a.end(), in_b.begin(), in_b.end()) != in_a.end();
  if (share_one) return false;
  return differ_in_figures(a, b) || !opens_with(a, in_b) || !opens_with(b, in_a);
}

// Whether half of the shorter text stands word for word in the other and the rest does not: a
// report that quotes paragraphs of another. A reworded copy is alike all over, a cut one is all
// there, one with additions makes up most of the other.
bool only_quotes(const Figures& figures) {
  return figures.third_strongest >= quoted_whole &&
         figures.second_weakest < least_beside_quotation &&
         figures.of_longer < least_beside_quotation;
}

std::vector<std::uint32_t> identifiers_of(const StoryFingerprint& fingerprint) {
  std::vector<std::uint32_t> words;
  for (const StoryToken& token : fingerprint.tokens) {
    // Furniture counts here: the frame of a notice recurs, but not the number in it.
    const bool is_long = token.has(StoryToken::number) && token.rarity >= identifier_rarity;
    if (is_long) words.push_back(token.word);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// Two notices in the same words, of two files: on one site each carries a number that the other
// does not; on two sites, where a copy may have lost a sentence, most of the numbers differ.
bool identifiers_differ(const StoryFingerprint& a, const StoryFingerprint& b, bool one_host) {
  const std::vector<std::uint32_t> in_a = identifiers_of(a);
  const std::vector<std::uint32_t> in_b = identifiers_of(b);
  std::vector<std::uint32_t> shared;
  std::set_intersection(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(),
                        std::back_inserter(shared));
  const std::size_t fewer = std::min(in_a.size(), in_b.size());
  if (one_host) return shared.size() < fewer;
  return fewer >= fewest_identifiers && shared.size() * 2 < fewer;
}

Figures figures_of(const StoryFingerprint& shorter, const StoryFingerprint& longer) {
  const Alignment alignment = align(shorter.tokens, longer.tokens);
  const auto blocks = block_shares(alignment);
  Figures figures;
  figures.weakest = blocks[0];
  figures.second_weakest = blocks[1];
  figures.third_strongest = blocks[block_count - 3];
  figures.of_shorter = share(matched_weight(alignment), sum(alignment.weights_a));
  figures.of_longer = share_of_longer(alignment);
  figures.anchors = share_of_anchors(shorter.tokens, alignment);
  figures.neighbours = share_of_neighbours(alignment);
  figures.title = share_of_titles(shorter, longer);
  figures.titles_disagree = titles_disagree(shorter, longer);
  figures.one_host = shorter.host_hash != 0 && shorter.host_hash == longer.host_hash;
  figures.identifiers_differ = identifiers_differ(shorter, longer, figures.one_host);
  return figures;
}

// The guard that forbids a merge whatever the score; nullptr when there is none.
const char* objection(const Figures& figures) {
  if (figures.titles_disagree) return "the titles name different figures or months";
  if (figures.one_host && (figures.of_shorter < least_on_one_host || figures.weakest == 0)) {
    return "two pages of one site that differ in part";
  }
  if (figures.identifiers_differ) return "the long figures differ";
  if (figures.anchors < least_anchors) return "too few names and figures in common";
  if (figures.neighbours < least_neighbours) return "the common words are scattered";
  if (only_quotes(figures)) return "one quotes paragraphs of the other";
  if (figures.of_longer < least_of_longer) return "too little of the longer text";
  return nullptr;
}

std::string describe(const Figures& figures, const char* what) {
  std::array<char, 256> line{};
  std::snprintf(line.data(), line.size(),
                "%s (second-weakest part %.2f, of the shorter text %.2f, of the longer %.2f, names "
                "and figures %.2f, neighbours %.2f, title %.2f)",
                what, figures.second_weakest, figures.of_shorter, figures.of_longer,
                figures.anchors, figures.neighbours, figures.title);
  return line.data();
}

double total_weight(const StoryFingerprint& fingerprint) {
  double weight = 0;
  for (const StoryToken& token : fingerprint.tokens) {
    if (!token.has(StoryToken::furniture)) weight += token.rarity;
  }
  return weight;
}

// Which of two is the shorter, whichever comes first; among equals it is settled by the words.
bool is_shorter(const StoryFingerprint& a, const StoryFingerprint& b) {
  const auto key_a = std::tuple{total_weight(a), a.text_hash, a.host_hash};
  const auto key_b = std::tuple{total_weight(b), b.text_hash, b.host_hash};
  if (key_a != key_b) return key_a < key_b;
  const auto order = [](const StoryToken& x, const StoryToken& y) {
    return std::tuple{x.word, x.rarity, x.marks} < std::tuple{y.word, y.rarity, y.marks};
  };
  return std::lexicographical_compare(a.tokens.begin(), a.tokens.end(), b.tokens.begin(),
                                      b.tokens.end(), order);
}

// The most that figures_of() may find: what does not rest on the order of the words.
Figures best_figures_of(const StoryFingerprint& shorter, const StoryFingerprint& longer) {
  const Alignment shared = pair_in_any_order(shorter.tokens, longer.tokens);
  const auto blocks = block_shares(shared);
  Figures figures;
  figures.weakest = blocks[0];
  figures.second_weakest = blocks[1];
  figures.third_strongest = blocks[block_count - 3];
  figures.of_shorter = share(matched_weight(shared), sum(shared.weights_a));
  figures.of_longer = 1;
  figures.anchors = share_of_anchors(shorter.tokens, shared);
  figures.neighbours = 1;
  figures.titles_disagree = titles_disagree(shorter, longer);
  figures.one_host = shorter.host_hash != 0 && shorter.host_hash == longer.host_hash;
  return figures;
}

}  // namespace

bool may_be_copies(const StoryFingerprint& a, const StoryFingerprint& b) {
  if (a.text_hash != 0 && a.text_hash == b.text_hash) return true;
  const bool a_is_shorter = is_shorter(a, b);
  const Figures best = best_figures_of(a_is_shorter ? a : b, a_is_shorter ? b : a);
  return best.second_weakest >= enough_with_title && objection(best) == nullptr;
}

StoryMatch compare_stories(const StoryFingerprint& a, const StoryFingerprint& b) {
  if (a.text_hash != 0 && a.text_hash == b.text_hash) {
    return {SameStory::yes, 1, "word for word the same"};
  }
  const bool a_is_shorter = is_shorter(a, b);
  const Figures figures = figures_of(a_is_shorter ? a : b, a_is_shorter ? b : a);
  const double score = figures.second_weakest;
  if (const char* why = objection(figures)) return {SameStory::no, score, describe(figures, why)};
  if (score >= enough_alone) return {SameStory::yes, score, describe(figures, "alike all over")};
  if (score < enough_with_title) {
    return {SameStory::no, score, describe(figures, "alike in places only")};
  }
  if (figures.title >= same_title) {
    return {SameStory::yes, score, describe(figures, "alike, and so are the titles")};
  }
  return {SameStory::maybe, score, describe(figures, "somewhat alike")};
}

}  // namespace stakeout
