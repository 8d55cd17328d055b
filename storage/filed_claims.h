#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/connection.h"
#include "storage/contract_merge.h"

// The claims of one party as they are stored, for contract_rows.cpp to sort into contracts. Called
// within a transaction.

namespace stakeout {

// A claim as stored: what merging needs, and where it was filed last time.
struct FiledClaim {
  DealClaim claim;
  std::optional<std::int64_t> contract;
  bool votes = true;  // for its contract to be that of its deal
};

// All claims of a vendor, or all of an agency that name no vendor, but for rejected ones. A claim
// that is read of another party now takes its contract along, unless more of the contract's claims
// stay with the party that it had: then it does not vote.
[[nodiscard]] std::vector<FiledClaim> claims_of_vendor(Connection& connection, std::int64_t vendor);
[[nodiscard]] std::vector<FiledClaim> claims_of_agency_alone(Connection& connection,
                                                             std::int64_t agency);

// What a person has ruled of pairs of these claims, by index.
[[nodiscard]] std::vector<DealRuling> rulings_of(Connection& connection,
                                                 const std::vector<FiledClaim>& claims);

}  // namespace stakeout
