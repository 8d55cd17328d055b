#pragma once

#include <cstdint>
#include <string>

#include "storage/connection.h"

// A person's corrections. Called within a transaction. False: there is no such id.

namespace stakeout {

bool reject_claim_row(Connection& connection, std::int64_t claim_id, const std::string& why,
                      Timestamp now);
bool reject_mention_row(Connection& connection, std::int64_t mention_id, const std::string& why,
                        Timestamp now);
bool reject_join_row(Connection& connection, std::int64_t article_id, const std::string& why,
                     Timestamp now);

// Take such a rejection back. False: there is no such id, or it is not rejected.
bool restore_claim_row(Connection& connection, std::int64_t claim_id, Timestamp now);
bool restore_mention_row(Connection& connection, std::int64_t mention_id, Timestamp now);
bool restore_join_row(Connection& connection, std::int64_t article_id, Timestamp now);

bool merge_contract_rows(Connection& connection, std::int64_t keep, std::int64_t other,
                         Timestamp now);
bool split_claim_row(Connection& connection, std::int64_t claim_id, Timestamp now);

}  // namespace stakeout
