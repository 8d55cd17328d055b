#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// What a rule that a FieldEvidence names means, in one line, with the table that a person finds it
// in:
//
//     data/deal_verbs.tsv: a verb with the seller before it; status awarded
//     data/deal_rules.tsv: a preposition governs the name: "with X", "from X"
//
// Empty for a name that is no rule's.
[[nodiscard]] std::string note_of_rule(std::string_view rule);
// The same of a rule that a PassedOver names.
[[nodiscard]] std::string note_of_passing(std::string_view rule);

}  // namespace stakeout
