#pragma once

#include "extractors/facts/deal_scene.h"
#include "extractors/values/words.h"

namespace stakeout {

// Whether the words for a state tell of nothing that happened to the deal: each looks at the one
// sentence of `hit`, a cue that says how a deal stands. Linear in the words around it.

// "Councilor Lane voted against it", "two senators voted to cancel": one of those who vote, or a
// few of them, decide nothing. Also "critics rejected it".
[[nodiscard]] bool is_of_bystander(const DealScene& scene, const CueHit& hit);

// "she rejected it", "Mayor Oss, who rejected it": beside a decision to sign, an opinion.
[[nodiscard]] bool is_opinion(const DealScene& scene, const CueHit& hit);

// "a bid to end the contract", "called for it to be suspended": asked for and not done, unless the
// words by it say that it was adopted.
[[nodiscard]] bool is_asked_for(const DealScene& scene, const CueHit& hit);

// "rejected a motion to delay it", "An amendment to cancel the contract was rejected": what is
// denied (`hit` tells of that) is the motion.
[[nodiscard]] bool is_about_motion(const DealScene& scene, const CueHit& hit);

// "voted down an earlier version", "rejected a similar contract": another deal than the one told.
[[nodiscard]] bool is_about_another(const DealScene& scene, const CueHit& hit);

// "had rejected it": before what the text tells, unless it is how somebody says it: "said on Monday
// that it had rejected it".
[[nodiscard]] bool is_told_as_past(const DealScene& scene, const CueHit& hit);

}  // namespace stakeout
