#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/contract_merge.h"
#include "storage/records.h"

// What is told of contracts. Called within the transaction that stores what they are about.

namespace stakeout {

struct ContractNews {
  std::int64_t first_article = 0;  // that tells of the contract
  std::string reported_at;         // by that article
  bool is_past = false;            // nobody is told that the contract is there
  bool was_past = false;           // nobody was, before that article
  bool is_quiet = false;           // nobody is told of what is new
  bool is_corrected = false;       // by a person, whose word its readers have
};

// Which article tells of a contract: the first whose story is not past; if there is none the first,
// and the contract is past. `claims` are those of the contract, in the order of the reports.
[[nodiscard]] ContractNews contract_news(const std::vector<const DealClaim*>& claims);

// Brings the alerts of a contract into line with what it is now: one that it is there, one for each
// event that is not among what the first article told of it to begin with, or the one of the alert
// if that was sent. An event that an alert has told already (told_changes.h) is not told again.
// What falls away is taken back where nobody was sent it. Of an event that is past nobody is told;
// a contract that was past is told of when an article of another story reports it.
AlertCount update_contract_alerts(Connection& connection, std::int64_t contract,
                                  const MergedDeal& deal, const ContractNews& news, Timestamp now);

// Takes back what nobody was sent.
void take_back_alert(Connection& connection, const std::string& key, bool is_corrected);

// A contract that somebody was told of and that no article claims any more has to be taken back.
// Whoever was told of two that are one deal, which goes on as `into`, may have added up their sums;
// to be called while both have their rows. And that has to be taken back when the contract is there
// again. Each is told once: articles that go back and forth are not followed for ever.
AlertCount raise_withdrawal(Connection& connection, std::int64_t contract, Timestamp now);
AlertCount raise_merger(Connection& connection, std::int64_t contract, std::int64_t into,
                        Timestamp now);
AlertCount raise_return(Connection& connection, std::int64_t contract, std::int64_t article,
                        Timestamp now);

// Whoever was told that the contract is another vendor's has to know.
AlertCount raise_other_vendor(Connection& connection, std::int64_t contract,
                              std::optional<std::int64_t> vendor, std::int64_t article,
                              Timestamp now);

}  // namespace stakeout
