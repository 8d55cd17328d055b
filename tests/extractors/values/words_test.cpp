#include "extractors/values/words.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("each word names the enumerator that prints it") {
  CHECK(word_of(Status::signed_) == "signed");
  CHECK(word_of(Status::denied) == "denied");
  CHECK(word_of(Role::other) == "other");
  CHECK(word_of(AlertKind::feed_moved) == "feed_moved");
  CHECK(word_of(Qualifier::range) == "range");
  CHECK(find_word<Status>("stop_work") == Status::stop_work);
  CHECK_FALSE(find_word<Status>("paused").has_value());
}

}  // namespace stakeout
