#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extractors/values/facts.h"
#include "storage/connection.h"

// Mentions and claims of a revision. Called within a transaction.

namespace stakeout {

// Writes the facts of a revision in the place of those that it has. A claim goes on in the row, and
// with that under the contract, of one that said the same: of the same vendor, by its entity or by
// the words that name it, and with two of agency, sum and quote in common; or of another vendor
// that is read out of the same quote, with the same agency and sum. The rows of the others go.
// Follow it with apply_rejections().
void replace_fact_rows(Connection& connection, std::int64_t revision_id, const Facts& facts);

// The same, but of `facts` only what is no news: entities that the revision names already, and
// claims that go on under a contract, or in a row of the same parties and sum.
void pare_fact_rows(Connection& connection, std::int64_t revision_id, const Facts& facts);

}  // namespace stakeout
