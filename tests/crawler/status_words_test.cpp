#include "crawler/status_words.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("every status has words that say what is wrong and what to do") {
  CHECK(status_words(503).fault == "the server is overloaded or being mended (HTTP 503)");
  CHECK(status_words(418).fault == "the server refuses the request (HTTP 418)");
  CHECK(status_words(599).fault == "the server has a fault (HTTP 599)");
  for (const int status : {0, 100, 204, 206, 304, 404, 410, 777, 999}) {
    CAPTURE(status);
    CHECK(status_words(status).fault.ends_with("(HTTP " + std::to_string(status) + ")"));
    CHECK_FALSE(status_words(status).advice.empty());
  }
}

}  // namespace stakeout
