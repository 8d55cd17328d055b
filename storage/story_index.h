#pragma once

#include <cstdint>

#include "storage/connection.h"
#include "storage/digests.h"
#include "storage/records.h"
#include "storage/story_keys.h"

namespace stakeout {

// story_marks, the tables around it, and what is in memory of them.
//
// Several connections may write: the table story_writes counts what they do to these tables. What
// is in memory holds as long as the count is that of this connection's own writes and none of those
// was rolled back; what others commit elsewhere, mail that was sent, leaves it as it is.
class StoryIndex {
 public:
  // The connection outlives it.
  explicit StoryIndex(Connection& connection)
      : connection_{connection}, keys_{connection}, digests_{connection} {}

  // What is in memory, as the tables are now. Ask for it in each transaction, and where there is
  // none, for each answer.
  [[nodiscard]] StoryKeys& keys();
  [[nodiscard]] Digests& digests();

  // Gives an article its marks, in the place of those that it had.
  void save(std::int64_t article_id, const StoryMarks& marks);

 private:
  void refresh();

  Connection& connection_;
  StoryKeys keys_;
  Digests digests_;
  // When what is in memory was read: story_writes, with the own writes since, and the rollbacks.
  std::int64_t writes_ = -1;
  std::int64_t rollbacks_ = 0;
};

}  // namespace stakeout
