#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/connection.h"

// Which claims of a party have to be sorted anew, when some articles say something else than
// before. Called within a transaction.

namespace stakeout {

struct DealScope;

// All claims of one vendor, or those of one agency that name no vendor.
struct DealParty {
  std::optional<std::int64_t> vendor;
  std::int64_t agency = 0;  // where there is no vendor
};

// The claims of the party without which those of the scope's articles and contracts would be sorted
// otherwise, ascending; rejected ones are none. group_deals() gives these the lists that it gives
// them among all claims of the party: a claim only joins a list that has one that it may be one
// deal with, so that the claims around those of the scope are gathered, with all of their articles
// and of their contracts, and with what a person has put together with them, until nothing is near
// any more. Of a vendor with thousands of deals that is a handful.
[[nodiscard]] std::vector<std::int64_t> claims_near(Connection& connection, const DealParty& party,
                                                    const DealScope& scope);

}  // namespace stakeout
