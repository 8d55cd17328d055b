#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/connection.h"
#include "storage/contract_merge.h"
#include "storage/near_claims.h"

// The claims of one party as they are stored, for contract_rows.cpp to sort into contracts. Called
// within a transaction.

namespace stakeout {

// A claim as stored: what merging needs, and where it was filed last time.
struct FiledClaim {
  DealClaim claim;
  std::optional<std::int64_t> contract;
  bool votes = true;  // for its contract to be that of its deal
};

// The claims of a party that claims_near() names. A claim that is read of another party now takes
// its contract along, unless more of the contract's claims stay with the party that it had: then it
// does not vote.
[[nodiscard]] std::vector<FiledClaim> claims_of(Connection& connection, const DealParty& party,
                                                const DealScope& scope);

// Columns of a date, and of an amount, the upper end of its range and its currency.
[[nodiscard]] std::optional<PartialDate> read_date(const Query& q, int column);
// Of two columns: its start and its end.
[[nodiscard]] Span read_span(const Query& q, int column);
[[nodiscard]] std::optional<Money> read_money(const Query& q, int amount, int amount_max,
                                              int currency);

// What a person has ruled of pairs of these claims, by index.
[[nodiscard]] std::vector<DealRuling> rulings_of(Connection& connection,
                                                 const std::vector<FiledClaim>& claims);

}  // namespace stakeout
