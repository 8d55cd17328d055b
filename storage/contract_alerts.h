#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/connection.h"
#include "storage/contract_merge.h"
#include "storage/records.h"

// What is told of contracts. Called within the transaction that stores what they are about.

namespace stakeout {

struct ContractNews {
  bool is_quiet = false;      // nobody is told of what is new
  bool is_corrected = false;  // by a person, whose word its readers have
};

// Brings the alerts of a contract into line with what it is now: one that it is there, one for each
// event that is not among what the first article told of it to begin with, or the one of the alert
// if that was sent. An event that an alert has told already (told_changes.h) is not told again.
// What falls away is taken back where nobody was sent it.
AlertCount update_contract_alerts(Connection& connection, std::int64_t contract,
                                  const MergedDeal& deal, std::int64_t first_article,
                                  ContractNews news, Timestamp now);

// Whether all that is claimed of a contract is past, or was read before its vendor came on the
// watchlist.
[[nodiscard]] bool is_past_of(Connection& connection, std::optional<std::int64_t> vendor,
                              std::int64_t contract);

// Takes back what nobody was sent.
void take_back_alert(Connection& connection, const std::string& key, bool is_corrected);

// A contract that somebody was told of and that no article claims any more has to be taken back.
AlertCount raise_withdrawal(Connection& connection, std::int64_t contract, Timestamp now);

// Whoever was told that the contract is another vendor's has to know.
AlertCount raise_other_vendor(Connection& connection, std::int64_t contract,
                              std::optional<std::int64_t> vendor, std::int64_t article,
                              Timestamp now);

}  // namespace stakeout
