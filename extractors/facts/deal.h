#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "extractors/values/facts.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/words.h"

namespace stakeout {

// Tokens [first, end) of a Prose.
struct TokenRange {
  std::size_t first = 0;
  std::size_t end = 0;

  [[nodiscard]] bool contains(std::size_t token) const { return first <= token && token < end; }
};

// A value, the words that say so, the name of the rule that read it there, and the words by which
// the rule ties it to the deal: the verb, the preposition, the noun. These are empty where the
// value's own words do, or where none do.
template <class T>
struct Found {
  T value;
  TokenRange at;
  std::string rule;
  TokenRange by = {};
};

struct DealParty {
  std::string name;
  bool listed = false;
  std::optional<std::uint32_t> name_id;  // DealScene::name_id(); none where no mention bears it
};

// A state in which the text says that a deal is or was, and the day when it came about, where the
// same sentence says so.
struct DealState {
  Found<Status> status;
  std::optional<PartialDate> on;
  bool again = false;  // as in StatusReport
};

// A claim in the making: what has been read so far of one deal.
struct Deal {
  std::size_t sentence = 0;  // that states it
  TokenRange anchor;         // the sum, else the word that names or makes the deal
  std::optional<Found<DealParty>> vendor;
  std::optional<Found<DealParty>> agency;
  std::optional<Found<const MoneyMention*>> sum;
  std::vector<const MoneyMention*> former_sums;  // what the value was before it became `sum`
  std::optional<TokenRange> changed;             // the words by which the value became `sum`
  std::optional<Found<std::string>> term;
  std::optional<Found<std::string>> longest_term;  // with all its options, as the text tells them
  std::optional<PartialDate> told_day;  // of its signing, in the words nearest to the anchor
  std::optional<Found<PartialDate>> signed_on;
  std::optional<Found<PartialDate>> starts_on;
  std::optional<Found<PartialDate>> ends_on;
  std::optional<Found<Status>> status;
  std::vector<DealState> states;  // all that are reported, in the order in which they came about
  std::optional<Found<std::string>> award_id;
  std::vector<std::size_t> sentences;  // that speak of it, `sentence` among them, ascending
  bool is_notice = false;              // read by the rules for award notices
};

// Those that the sentence states, of deals that are sorted by `sentence`.
[[nodiscard]] inline std::span<const Deal> deals_of(const std::vector<Deal>& deals,
                                                    std::size_t sentence) {
  return {std::ranges::lower_bound(deals, sentence, {}, &Deal::sentence),
          std::ranges::upper_bound(deals, sentence, {}, &Deal::sentence)};
}

}  // namespace stakeout
