#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_cues.h"
#include "extractors/text/prose.h"

namespace stakeout {

// What a whole text says beside the cues of a sentence.
struct RoleSetting {
  std::vector<TokenRange> vendors = {};
  std::vector<TokenRange> agencies = {};
  std::span<const CueHit> deal_cues;
};

template <class Items>
auto items_of(const Items& items, const Sentence& sentence) {
  using Item = typename Items::value_type;
  const auto from = std::ranges::lower_bound(items, sentence.first_token, {}, &Item::first);
  const auto to = std::ranges::lower_bound(items, sentence.end_token, {}, &Item::first);
  return std::span<const Item>{from, to};
}

// Whether the sentence names a vendor or an agency.
[[nodiscard]] bool names_party(const RoleSetting& setting, const Sentence& sentence);

// Whether a sum of sentence `s` that no word speaks for clearly is one of a deal: the sentence
// tells of one with its parties, or goes on about the deal of the sentence before it.
[[nodiscard]] bool is_about_deal(const Prose& prose, const RoleSetting& setting, std::size_t s);

// "The fund bought Acme", "Acme has been bought": the company itself is bought, and by no agency.
[[nodiscard]] bool buys_company(const Prose& prose, const RoleSetting& setting,
                                const Sentence& sentence);

}  // namespace stakeout
