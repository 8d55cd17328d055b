#pragma once

#include <string>

#include "storage/alert_parts.h"
#include "storage/records.h"

// What a reader does not want to hear of, tested where alerts are queued, where messages are made
// and where a digest is shown.

namespace stakeout {

// The form in which ALERT_IS_MUTED takes them: a JSON object.
[[nodiscard]] std::string mutes_text(const Mutes& mutes);

// SQL: whether the alert `l` is muted, 0 or 1. `to` is a table or alias whose row says whom it
// would go to, by its columns digest, channel and recipient; `mutes` an expression that gives
// mutes_text(), or NULL for none.
//
// A vendor's mute takes what nobody but muted vendors has part in. A story that was merged into
// another mutes that one. A contract that does not reach the least sum is muted unless its reader
// was told of it before. Corrections are never muted: they mend what was sent. (The plus keeps
// SQLite from going through all vendors.)
#define ALERT_IS_MUTED(to, mutes)                                                             \
  "(l.kind <> 'correction' AND (l.kind IN (SELECT value FROM json_each(" mutes                \
  ", '$.kinds')) OR ifnull(" STORY_OF_ALERT                                                   \
  " IN (SELECT ifnull(g.into_id, j.value) FROM json_each(" mutes                              \
  ", '$.stories') j LEFT JOIN merged_stories g ON g.id = j.value), 0) OR "                    \
  "ifnull(json_array_length(" mutes                                                           \
  ", '$.vendors') > 0 AND (SELECT min(e.name IN (SELECT value FROM json_each(" mutes          \
  ", '$.vendors'))) FROM entities e WHERE +e.kind = 'vendor' AND e.id IN (" ENTITIES_OF_ALERT \
  ")), 0) OR (l.contract_id IS NOT NULL AND " mutes                                           \
  " ->> '$.min_amount' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contracts k WHERE k.id = "   \
  "l.contract_id AND k.currency = " mutes                                                     \
  " ->> '$.currency' AND coalesce(k.amount_max, k.amount) >= " mutes                          \
  " ->> '$.min_amount') AND NOT EXISTS (SELECT 1 FROM alerts x JOIN deliveries o ON "         \
  "o.alert_id = x.id WHERE x.contract_id = l.contract_id AND o.state IN ('sending', 'sent') " \
  "AND o.digest = " to ".digest AND o.channel = " to ".channel AND o.recipient = " to         \
  ".recipient))))"

}  // namespace stakeout
