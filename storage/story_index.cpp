#include "storage/story_index.h"

namespace stakeout {

StoryKeys& StoryIndex::keys() {
  refresh();
  return keys_;
}

Digests& StoryIndex::digests() {
  refresh();
  return digests_;
}

void StoryIndex::save(std::int64_t article_id, const StoryMarks& marks) {
  refresh();
  const std::int64_t position = keys_.replace(article_id, marks);
  run(connection_,
      "INSERT OR REPLACE INTO story_marks (article_id, text_hash, host_hash, day, position, "
      "fingerprint, keys) VALUES (?, ?, ?, ?, ?, ?, ?)",
      article_id, as_signed(marks.text_hash), as_signed(marks.host_hash), marks.day, position,
      Blob{marks.fingerprint}, Blob{key_bytes(marks.keys)});
  digests_.forget(article_id);
  run(connection_, "UPDATE story_writes SET count = count + 1");
  ++writes_;
}

void StoryIndex::refresh() {
  const std::int64_t writes =
      find_integer(connection_, "SELECT count FROM story_writes").value_or(0);
  if (writes == writes_ && connection_.rollbacks() == rollbacks_) return;
  keys_.refresh();
  digests_.refresh();
  writes_ = writes;
  rollbacks_ = connection_.rollbacks();
}

}  // namespace stakeout
