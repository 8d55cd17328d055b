#include "storage/digests.h"

namespace stakeout {

const std::string* Digests::find(std::int64_t article_id, FingerprintDigest digest) {
  if (const std::string* known = recent_.find(article_id)) return known;
  Query q{connection_, "SELECT fingerprint FROM story_marks WHERE article_id = ?", article_id};
  return q.next() ? &recent_.put(article_id, digest(q.bytes(0))) : nullptr;
}

}  // namespace stakeout
