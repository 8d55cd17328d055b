#pragma once

#include <cstdint>
#include <set>

#include "storage/connection.h"
#include "storage/records.h"

// Contracts: the stored outcome of contract_merge.h. Called within a transaction.

namespace stakeout {

// Whose claims have to be sorted anew. A claim without a vendor is filed under its agency.
struct DealScope {
  std::set<std::int64_t> vendors;
  std::set<std::int64_t> agencies;
  // Articles whose claims have changed.
  std::set<std::int64_t> articles;
  // Contracts to look at again even when they keep their claims.
  std::set<std::int64_t> contracts;
  // Whether all claims of the parties are sorted, and not only those that could be about one deal
  // with what has changed: after a person's word, which may be about any of them.
  bool whole_parties = false;
  // Contracts whose readers have a correction already.
  std::set<std::int64_t> corrected;
};

// Adds the parties of the claims of one article, of all its revisions, and their contracts. Call it
// before claims are deleted, and after new ones are written.
void add_scope_of_article(Connection& connection, std::int64_t article_id, DealScope& scope);
// The same for all articles of a story.
void add_scope_of_story(Connection& connection, std::int64_t story_id, DealScope& scope);

struct ContractChanges {
  std::size_t created = 0;
  std::size_t changed = 0;
  AlertCount alerts;
};

// Sorts the claims of the scope into contracts and writes what differs from before: a contract
// keeps its id as long as most of its claims stay together, also when they are read of another
// vendor from now on; then whoever was told of it gets a correction. Raises new_contract once for
// each contract, and contract_changed once for each of its events that the article that told of the
// contract first did not tell to begin with; `quiet` keeps them from everybody. Alerts that fall
// away with their reason are withdrawn, unless they were sent. A contract that no article claims
// any more is dropped; where an alert of it was sent, a correction says so.
ContractChanges update_contracts(Connection& connection, const DealScope& scope, bool quiet,
                                 Timestamp now);

}  // namespace stakeout
