#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_cues.h"
#include "extractors/facts/deal_words.h"
#include "extractors/text/prose.h"
#include "extractors/values/facts.h"

namespace stakeout {

// A fact of the text and the tokens that it covers.
template <class T>
struct Placed {
  const T* fact = nullptr;
  TokenRange at;
  std::size_t sentence = 0;
};

// A mention as a possible party of a deal.
struct Party : Placed<Mention> {
  std::uint32_t name = 0;  // DealScene::name_id() of the mention's name
  bool is_rival = false;   // named beside a deal, not as a side of it
  bool is_beaten = false;  // lost, protested or sued: no side of the deal that the sentence tells
  bool is_oversight = false;   // judges deals more often than it makes them
  bool is_enumerated = false;  // one of three or more names in a row
};

// Everything that is known of a text before deals are looked for, placed on its tokens. Borrows all
// that it is built from.
//
// Deals are looked for in the first 100,000 tokens of a text (some two hundred pages) and no
// further, and at most 1,000 are kept, the first ones: what a page full of deals can cost is
// bounded, at ten times what a day's award notices hold.
struct DealScene {
  DealScene(const Prose& text, const std::vector<Mention>& mentions,
            const std::vector<MoneyMention>& money, const std::vector<DateMention>& dates_in_text,
            const std::vector<DurationMention>& durations_in_text,
            std::vector<CueHit> cues_in_text);

  static constexpr std::size_t most_tokens = 100'000;
  static constexpr std::size_t most_deals = 1000;

  const Prose& prose;
  std::size_t sentence_count = 0;  // sentences, from the first on, that are looked at
  std::vector<Party> parties;
  std::vector<Placed<MoneyMention>> sums;
  std::vector<Placed<DateMention>> dates;
  std::vector<Placed<DurationMention>> durations;
  std::vector<CueHit> cues;

  // Belongs to a note that tells what an earlier version of the article had wrong. It reports no
  // deal: its cues are left out.
  [[nodiscard]] bool is_correction(std::size_t sentence) const { return corrections_[sentence]; }
  [[nodiscard]] TokenRange tokens_of(std::size_t sentence) const {
    const Sentence& s = prose.sentences()[sentence];
    return {s.first_token, s.end_token};
  }
  // A number below name_count() for each name that parties bear.
  [[nodiscard]] std::optional<std::uint32_t> name_id(const std::string& name) const;
  [[nodiscard]] std::size_t name_count() const { return names_.size(); }
  [[nodiscard]] std::size_t count_semicolons(TokenRange range) const;
  [[nodiscard]] std::span<const CueHit> cues_in(TokenRange range) const;
  // The last cue of a kind in the range, or null.
  [[nodiscard]] const CueHit* last_cue(TokenRange range, CueKind kind) const;
  [[nodiscard]] const CueHit* first_cue(TokenRange range, CueKind kind) const;
  [[nodiscard]] bool has_cue(TokenRange range, CueKind kind) const {
    return first_cue(range, kind) != nullptr;
  }
  [[nodiscard]] bool is_word(std::size_t token, DealWord list) const {
    return is_deal_word(prose.tokens()[token], list);
  }
  [[nodiscard]] bool is_mark(std::size_t token, std::string_view mark) const {
    return prose.tokens()[token].folded == mark;
  }

 private:
  void mark_corrections();

  std::vector<bool> corrections_;  // by sentence
  std::unordered_map<std::string, std::uint32_t> names_;
  std::vector<std::size_t> semicolons_;  // tokens, ascending
};

// Those of `items` (in the order of the text) that begin in the range.
template <class T>
[[nodiscard]] std::span<const T> items_in(const std::vector<T>& items, TokenRange range) {
  const auto before = [](const T& item, std::size_t token) { return item.at.first < token; };
  const auto first = std::lower_bound(items.begin(), items.end(), range.first, before);
  const auto end = std::lower_bound(first, items.end(), range.end, before);
  return {first, end};
}

// "A, B and C": nothing but commas and conjunctions between two names.
[[nodiscard]] bool is_listed_with(const DealScene& scene, const Party& earlier, const Party& later);

// The words between two ranges, whichever stands first; empty when they touch or overlap.
[[nodiscard]] inline TokenRange gap_between(TokenRange a, TokenRange b) {
  if (b.first < a.first) std::swap(a, b);
  return {std::min(a.end, b.first), b.first};
}

// `count` tokens before `token`, within the sentence.
[[nodiscard]] TokenRange before(const DealScene& scene, std::size_t token, std::size_t count);
// `count` tokens from `token` on, within the sentence of the token before it.
[[nodiscard]] TokenRange after(const DealScene& scene, std::size_t token, std::size_t count);

}  // namespace stakeout
