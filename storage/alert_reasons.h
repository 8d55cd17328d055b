#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "storage/connection.h"

// Why an alert was raised: which words of which article, and what found them.

namespace stakeout {

struct AlertReason {
  std::string words;  // the alias of a mention; of a fact of a contract its own words
  std::optional<std::int64_t> start{};  // of the words in the article's text, in code points
  std::optional<std::int64_t> end{};
  std::string rule{};
  std::string quote{};  // the sentence
};

// Where an article names an entity first. Empty where it does not.
[[nodiscard]] AlertReason reason_of_mention(Connection& connection, std::int64_t article_id,
                                            std::int64_t entity_id);

// The name that claims give a field: "signed" for the column signed_on.
[[nodiscard]] std::string evidence_field(std::string column);

// What an article says of one field of a contract, by the column of v_contract_events ("status",
// "signed_on") or a party ("vendor"); the words of the whole claim where it says so nowhere else.
[[nodiscard]] AlertReason reason_of_claim(Connection& connection, std::int64_t contract_id,
                                          std::int64_t article_id, const std::string& field);

}  // namespace stakeout
