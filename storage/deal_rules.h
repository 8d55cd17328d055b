#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/contract_merge.h"

// Comparisons of what claims say, which the sorting of claims into deals, the following of claims
// through revisions and the merging of a deal's terms share. Pure.

namespace stakeout {

// Days of signing may be that far apart, and be of one deal.
inline constexpr int signing_tolerance_days = 7;

// Days between two dates, 0 when they overlap as far as they are known.
[[nodiscard]] int gap_days(const PartialDate& a, const PartialDate& b);

// "$2 million" has one.
[[nodiscard]] int significant_digits(std::int64_t amount);

// Whether two sums may be the same one: equal, one the rounding of the other, or ranges that meet.
[[nodiscard]] bool amounts_agree(const Money& a, const Money& b);

// Whether two sums are at most a twentieth apart: further apart the one is news to who knows the
// other, though it may be its rounding ("$2 million", "$2.2 million").
[[nodiscard]] bool amounts_are_close(std::int64_t a, std::int64_t b);

// Whether two terms are the same time: "P2Y", "P24M", "P104W" and "P730D".
[[nodiscard]] bool terms_agree(const std::string& a, const std::string& b);

// Whether two values of a field (contract_merge.h), as the database spells them, may be the same
// one; amounts are of one currency.
[[nodiscard]] bool values_agree(std::string_view field, const std::string& a, const std::string& b);

// "$53 million" and "$49 million": sums that two outlets may give for one deal, where everything
// else is the same.
[[nodiscard]] bool amounts_are_near(const Money& a, const Money& b);

// Whether the two were reported within a week of each other.
[[nodiscard]] bool are_told_at_once(const DealClaim& a, const DealClaim& b);

// Reports a modification or an extension: its amount and end replace those of before.
[[nodiscard]] bool is_amended(const DealClaim& claim);

// The day of signing that the claim tells is that of a modification or an extension.
[[nodiscard]] bool signs_amendment(const DealClaim& claim);

// The same agency, one a part of the other, or one not known.
[[nodiscard]] bool agencies_fit(const DealClaim& a, const DealClaim& b);

// Whether both give an award number, however it is spelled: the same, or different ones.
[[nodiscard]] bool same_award(const DealClaim& a, const DealClaim& b);
[[nodiscard]] bool awards_differ(const DealClaim& a, const DealClaim& b);

// False only where may_be_one_deal() is, and would be if two sums that are near were one: what
// agency, sum, day of signing, state and award number tell against it. Nothing else of the claims
// is looked at.
[[nodiscard]] bool could_be_one_deal(const DealClaim& a, const DealClaim& b);

// How much two claims that may be one deal have in common.
[[nodiscard]] int common_ground(const DealClaim& a, const DealClaim& b);

// By the time of the report; of two at once, by DealClaim::order.
[[nodiscard]] bool reported_before(const DealClaim& a, const DealClaim& b);

}  // namespace stakeout
