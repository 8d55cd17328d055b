#include "extractors/stories/site_blocks.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <set>
#include <unordered_map>
#include <unordered_set>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "extractors/text/prose.h"

namespace stakeout {
namespace {

constexpr std::size_t run_length = 4;
constexpr std::size_t fewest_that_are_a_site = 8;  // articles, of which three quarters say "all"
constexpr std::size_t fewest_own_tokens = 12;

// At least nine tenths.
bool is_nearly_all(std::size_t part, std::size_t whole) {
  return whole > 0 && part * 10 >= whole * 9;
}

// The hash of the run that begins with a token, figures and all.
std::uint64_t run_at(const std::vector<StoryToken>& tokens, std::size_t first) {
  std::array<std::uint32_t, run_length> words{};
  for (std::size_t i = 0; i < run_length; ++i) words[i] = tokens[first + i].word;
  return XXH64(words.data(), sizeof words, 0);
}

// A block whose wording recurs on the site, as far as figures do not matter.
struct Candidate {
  std::size_t block = 0;  // its number
  std::size_t tokens = 0;
  std::size_t runs = 0;
  std::size_t found = 0;     // of the runs, in the article that is being looked at
  std::size_t articles = 0;  // that have nearly all of the runs
};

// Which candidates stand in an article.
class CandidateRuns {
 public:
  CandidateRuns(const StoryFingerprint& article, const std::vector<TextBlock>& blocks,
                std::vector<Candidate>& candidates)
      : candidates_{candidates} {
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const TextBlock& block = blocks[candidates[c].block];
      std::unordered_set<std::uint64_t> runs;
      for (std::size_t i = block.first_token; i + run_length <= block.end_token; ++i) {
        const std::uint64_t run = run_at(article.tokens, i);
        if (!runs.insert(run).second) continue;
        places_.push_back({run, c, 0});
        openings_.set(opening_of(article.tokens[i]));
      }
      candidates[c].runs = runs.size();
    }
    std::ranges::sort(places_, {}, &Place::run);
  }

  // Sets Candidate::found.
  void look_into(const StoryFingerprint& other) {
    ++looked_at_;
    for (Candidate& candidate : candidates_) candidate.found = 0;
    for (std::size_t i = 0; i + run_length <= other.tokens.size(); ++i) {
      if (!openings_.test(opening_of(other.tokens[i]))) continue;
      const std::uint64_t run = run_at(other.tokens, i);
      auto place = std::ranges::lower_bound(places_, run, {}, &Place::run);
      for (; place != places_.end() && place->run == run; ++place) {
        if (place->seen_in == looked_at_) continue;
        place->seen_in = looked_at_;
        ++candidates_[place->candidate].found;
      }
    }
  }

 private:
  static constexpr std::size_t opening_count = 4096;
  struct Place {
    std::uint64_t run;
    std::size_t candidate;
    std::size_t seen_in;  // the number of the last article that has it
  };

  static std::size_t opening_of(const StoryToken& token) { return token.word % opening_count; }

  std::vector<Candidate>& candidates_;
  std::vector<Place> places_;            // by run
  std::bitset<opening_count> openings_;  // the first words of the runs
  std::size_t looked_at_ = 0;
};

std::set<std::uint32_t> words_of(const std::vector<StoryToken>& tokens) {
  std::set<std::uint32_t> words;
  for (const StoryToken& token : tokens) words.insert(token.word);
  return words;
}

std::size_t count_tokens(const TextBlock& block) {
  return block.end_token - block.first_token;
}

std::size_t count_marked(const TextBlock& block, const StoryFingerprint& fingerprint,
                         StoryToken::Mark mark) {
  const auto begin = fingerprint.tokens.begin();
  return static_cast<std::size_t>(
      std::count_if(begin + static_cast<std::ptrdiff_t>(block.first_token),
                    begin + static_cast<std::ptrdiff_t>(block.end_token),
                    [&](const StoryToken& token) { return token.has(mark); }));
}

bool recurs(const TextBlock& block, const StoryFingerprint& fingerprint) {
  const std::size_t tokens = count_tokens(block);
  return tokens >= run_length &&
         is_nearly_all(count_marked(block, fingerprint, StoryToken::furniture), tokens);
}

bool are_alike(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const auto shared =
      std::ranges::count_if(a, [&](std::uint32_t word) { return b.contains(word); });
  return shorter > 0 && static_cast<std::size_t>(shared) * 2 >= shorter;
}

// Sentences, as against a headline.
bool is_prose(std::string_view line) {
  constexpr std::size_t shortest_prose = 60;  // bytes
  static constexpr std::string_view ends[] = {".", "!", "?", "”", "\"", ".)", "»", "。"};
  return line.size() >= shortest_prose && !line.ends_with("...") &&
         std::ranges::any_of(ends, [&](std::string_view end) { return line.ends_with(end); });
}

class SiteBlockFinder {
 public:
  explicit SiteBlockFinder(const SiteComparison& given) : given_{given} {
    left_out_.assign(given.blocks.size(), 0);
    is_out_.assign(given.blocks.size(), false);
  }

  std::vector<Omission> run() {
    take_known();
    find_candidates();
    count_articles();
    take_furniture();
    take_short_lines();
    return omissions();
  }

 private:
  [[nodiscard]] const TextBlock& block(std::size_t i) const { return given_.blocks[i]; }
  [[nodiscard]] std::string_view line(std::size_t i) const {
    return given_.text.substr(block(i).begin, block(i).end - block(i).begin);
  }
  [[nodiscard]] std::size_t length(std::size_t i) const { return count_tokens(block(i)); }
  [[nodiscard]] std::size_t count(std::size_t i, StoryToken::Mark mark) const {
    return count_marked(block(i), given_.article, mark);
  }

  void take(std::size_t i, std::size_t articles) {
    is_out_[i] = true;
    left_out_[i] = std::max(left_out_[i], articles);
  }

  void take_known() {
    if (given_.known.empty()) return;
    std::unordered_map<std::string_view, std::size_t> known;
    for (const LeftOut& piece : given_.known) {
      std::string_view words = piece.text;
      words.remove_prefix(std::min(words.find_first_not_of('\n'), words.size()));
      known.emplace(words.substr(0, words.find_last_not_of('\n') + 1), piece.articles);
    }
    for (std::size_t i = 0; i < given_.blocks.size(); ++i) {
      const auto piece = known.find(line(i));
      if (piece != known.end()) take(i, piece->second);
    }
  }

  void find_candidates() {
    for (std::size_t i = 0; i < given_.blocks.size(); ++i) {
      const bool is_row = line(i).find(" | ") != std::string_view::npos;
      if (!is_row && recurs(block(i), given_.article)) {
        candidates_.push_back({.block = i, .tokens = length(i)});
      }
    }
  }

  void count_articles() {
    if (candidates_.empty()) return;
    CandidateRuns runs{given_.article, given_.blocks, candidates_};
    const auto title = words_of(given_.article.title);
    std::set<std::set<std::uint32_t>> titles;
    std::unordered_set<std::uint64_t> texts{given_.article.text_hash};
    for (const StoryFingerprint& other : given_.others) {
      if (other.text_hash != 0 && !texts.insert(other.text_hash).second) continue;
      auto other_title = words_of(other.title);
      runs.look_into(other);
      if (is_copy(other, are_alike(title, other_title))) continue;
      if (!other_title.empty() && !titles.insert(std::move(other_title)).second) continue;
      ++site_articles_;
      for (Candidate& candidate : candidates_) {
        if (is_nearly_all(candidate.found, candidate.runs)) ++candidate.articles;
      }
    }
  }

  // Whether what the article shares with the one that was looked into makes them one text.
  [[nodiscard]] bool is_copy(const StoryFingerprint& other, bool is_titled_alike) const {
    std::size_t shared = 0;
    for (const Candidate& candidate : candidates_) {
      if (is_nearly_all(candidate.found, candidate.runs)) shared += candidate.tokens;
    }
    const std::size_t shorter = std::min(given_.article.text_tokens, other.text_tokens);
    return (is_titled_alike && shared * 2 > shorter) ||
           shared * 5 > std::size_t{given_.article.text_tokens} * 4;
  }

  void take_furniture() {
    std::erase_if(candidates_, [](const Candidate& candidate) {
      return candidate.articles < articles_that_make_furniture;
    });
    if (candidates_.empty()) return;
    find_own_words();
    for (const Candidate& candidate : candidates_) {
      const std::size_t articles = candidate.articles;
      const bool is_site = site_articles_ >= fewest_that_are_a_site;
      const bool is_everywhere = is_site && articles * 4 >= site_articles_ * 3;
      const bool is_common = is_site && articles * 3 >= site_articles_;
      if (is_everywhere || !(belongs_to_article(candidate.block) ||
                             (!is_common && stands_in_prose(candidate.block)))) {
        take(candidate.block, articles);
      }
    }
  }

  // Whether it is a sentence between two paragraphs of the article's own: "They did not comment."
  [[nodiscard]] bool stands_in_prose(std::size_t i) const {
    const auto is_own_prose = [&](std::size_t b) {
      return is_prose(line(b)) &&
             std::ranges::find(candidates_, b, &Candidate::block) == candidates_.end();
    };
    return is_prose(line(i)) && i > 0 && i + 1 < given_.blocks.size() && is_own_prose(i - 1) &&
           is_own_prose(i + 1);
  }

  // The words of the title and of what is certainly the article's, and which of all are names.
  void find_own_words() {
    std::vector<bool> may_be_furniture = is_out_;
    for (const Candidate& candidate : candidates_) may_be_furniture[candidate.block] = true;
    for (std::size_t i = 0; i < given_.blocks.size(); ++i) {
      for (std::size_t t = block(i).first_token; t < block(i).end_token; ++t) {
        const StoryToken& token = given_.article.tokens[t];
        if (!may_be_furniture[i]) own_words_.insert(token.word);
        if (token.has(StoryToken::name)) names_.insert(token.word);
      }
    }
    for (const StoryToken& token : given_.article.title) own_words_.insert(token.word);
  }

  [[nodiscard]] bool belongs_to_article(std::size_t i) const {
    if (count(i, StoryToken::quoted) * 2 > length(i)) return true;
    std::set<std::uint32_t> names;
    for (std::size_t t = block(i).first_token; t < block(i).end_token; ++t) {
      const StoryToken& token = given_.article.tokens[t];
      if (names_.contains(token.word) && !token.has(StoryToken::month)) names.insert(token.word);
    }
    const auto shared = static_cast<std::size_t>(std::ranges::count_if(
        names, [&](std::uint32_t name) { return own_words_.contains(name); }));
    return !names.empty() &&
           (is_prose(line(i)) ? shared * 2 >= names.size() : shared == names.size());
  }

  void take_short_lines() {
    const std::size_t end = given_.blocks.size();
    const auto is_out = [&](std::size_t i) { return i < end && is_out_[i]; };
    for (std::size_t i = 0; i < end; ++i) {
      const std::size_t tokens = length(i);
      if (is_out_[i] || tokens >= run_length) continue;
      const bool is_above = is_out(i + 1);
      const bool is_below = i > 0 && is_out(i - 1);
      const bool is_marked = tokens > 0 && count(i, StoryToken::furniture) == tokens;
      if (is_marked ? is_above || is_below : tokens == 0 && is_above && is_below) {
        take(i, left_out_[is_above ? i + 1 : i - 1]);
      }
    }
  }

  [[nodiscard]] std::vector<Omission> omissions() const {
    std::vector<Omission> out;
    std::size_t tokens = 0;
    for (std::size_t i = 0; i < given_.blocks.size(); ++i) {
      if (!is_out_[i]) continue;
      out.push_back({block(i).begin, block(i).end, left_out_[i]});
      tokens += length(i);
    }
    const std::size_t own = given_.article.text_tokens - tokens;
    const bool is_left_something =
        own >= fewest_own_tokens && own * 5 >= std::size_t{given_.article.text_tokens};
    return is_left_something ? out : std::vector<Omission>{};
  }

  const SiteComparison& given_;
  std::vector<std::size_t> left_out_;  // by block: the articles that have it
  std::vector<bool> is_out_;           // by block
  std::vector<Candidate> candidates_;
  std::size_t site_articles_ = 0;  // that were compared with
  std::unordered_set<std::uint32_t> own_words_, names_;
};

}  // namespace

std::vector<TextBlock> cut_blocks(const Prose& text, const StoryFingerprint& fingerprint) {
  std::vector<TextBlock> blocks;
  const bool is_whole = fingerprint.tokens.size() == fingerprint.text_tokens;
  const std::uint32_t last_place =
      fingerprint.tokens.empty() ? 0U : fingerprint.tokens.back().place;
  std::uint32_t place = 0;
  std::size_t content = 0;  // tokens of the fingerprint before the line
  std::size_t token = 0;    // of the text
  const std::string_view words = text.text();
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find('\n', begin), words.size());
    const std::size_t first = token;
    for (; token < text.tokens().size() && text.tokens()[token].begin < end; ++token) {
      const TokenKind kind = text.tokens()[token].kind;
      if (kind == TokenKind::word || kind == TokenKind::number) ++place;
    }
    // Beyond its last token the fingerprint knows nothing; places are numbers of 16 bits.
    if ((!is_whole && place >= last_place) || place >= UINT16_MAX) break;
    const std::size_t first_token = content;
    while (content < fingerprint.tokens.size() && fingerprint.tokens[content].place <= place) {
      ++content;
    }
    if (token > first) blocks.push_back({begin, end, first_token, content});
    begin = end + 1;
  }
  return blocks;
}

bool has_recurring_block(const std::vector<TextBlock>& blocks,
                         const StoryFingerprint& fingerprint) {
  return std::ranges::any_of(blocks,
                             [&](const TextBlock& block) { return recurs(block, fingerprint); });
}

std::vector<Omission> find_site_blocks(const SiteComparison& comparison) {
  return SiteBlockFinder{comparison}.run();
}

}  // namespace stakeout
