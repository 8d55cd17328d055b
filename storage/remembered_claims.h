#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"

// Claims in terms that outlive a new fetch, a new extraction and a new watchlist: what a person's
// corrections are about. Called within a transaction.

namespace stakeout {

// What a claim said when somebody ruled on it.
struct RememberedClaim {
  std::int64_t id = 0;  // of remembered_claims; 0: not remembered yet
  std::int64_t article_id = 0;
  std::optional<std::int64_t> vendor_id;
  std::optional<std::int64_t> agency_id;
  std::string vendor_words;  // the words that name the vendor; empty: not known
  std::string agency_words;
  std::string sum;  // amount, upper end and currency; empty: none
  std::string quote;
};

// A claim as it stands; nothing when there is no such id.
[[nodiscard]] std::optional<RememberedClaim> read_claim_to_remember(Connection& connection,
                                                                    std::int64_t claim_id);
// Keeps what a claim says, and gives it an id.
[[nodiscard]] std::int64_t remember_claim(Connection& connection, RememberedClaim claim);
[[nodiscard]] std::optional<RememberedClaim> remembered_claim(Connection& connection,
                                                              std::int64_t id);

// The claims that say the same: in all revisions of the article and of the copies of its story.
// The same vendor (by its entity, or by the words that name it), and two of agency, sum and quote;
// or another vendor, read out of the same quote with the same agency and sum. A quote is the same
// when one is a part of the other; an agency also when it is a part of the other one and a known
// sum is the same. In other articles the quote has to be the same or nearly so. Of the claims of
// one revision only those that are most like it.
[[nodiscard]] std::vector<std::int64_t> claims_like(Connection& connection,
                                                    const RememberedClaim& claim);

}  // namespace stakeout
