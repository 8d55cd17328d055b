#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/contract_merge.h"

// What the alerts of a contract's changes tell, by which they are known again among its events:
// an article that arrives late, a day that becomes known or a sum that is told more precisely makes
// no other event of one that was told. Called within a transaction.

namespace stakeout {

struct ToldChange {
  std::int64_t alert = 0;
  std::string key;           // of the alert
  std::int64_t article = 0;  // that it names; 0: none
  bool withdrawn = false;
  std::string field;
  std::optional<std::string> before;  // nothing: the value with which the contract was told
  std::string after;
  std::optional<PartialDate> happened_on;
  std::string reported_at;
};

// Those of a contract, by alert, with the withdrawn ones; the sum that it was told with only once
// that was sent.
[[nodiscard]] std::vector<ToldChange> told_changes_of(Connection& connection,
                                                      std::int64_t contract);

// Those that stand, for merge_deal().
[[nodiscard]] std::vector<KnownChange> known_changes(const std::vector<ToldChange>& told);

// By event the change that told it, if one did; no two have the same. The field has to be the same,
// and the value as precisely as it is known. Of several the one is meant whose article reports the
// event, on the same day as far as that is known; then one of the same day (a week of tolerance);
// then one of another day if the article has the event on that one now; then, where a day is not
// known, the nearest within a month. A change that a later one has told to be over is not
// meant by an event of another day that was reported after that one.
[[nodiscard]] std::vector<std::optional<std::size_t>> match_told(
    const std::vector<DealEvent>& events, const std::vector<ToldChange>& told);

// Says what an alert tells that nobody was sent, in place of what it told.
void save_told_change(Connection& connection, const std::string& key, const DealEvent& event);
// The same of the sum that the alert of a new contract tells.
void save_told_sum(Connection& connection, const std::string& key, const MergedDeal& deal,
                   std::string_view reported_at);

}  // namespace stakeout
