#include "extractors/values/timestamp.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("RFC 3339 times of any zone become the same instant in UTC") {
  const Timestamp expected = make_timestamp(2024, 9, 27, 13, 5, 0);
  for (const char* text :
       {"2024-09-27T13:05:00Z", "2024-09-27t13:05:00z", "2024-09-27 13:05:00Z",
        "2024-09-27T15:05:00+02:00", "2024-09-27T15:05:00.25+02:00", "2024-09-27T08:05:00-05:00"}) {
    CAPTURE(text);
    CHECK(parse_rfc3339(text).value() == expected);
  }
  CHECK(to_rfc3339(expected) == "2024-09-27T13:05:00Z");
}

TEST_CASE("a time without a zone, or of no day, is refused") {
  for (const char* text :
       {"", "2024-09-27", "2024-09-27T13:05:00", "2024-02-30T00:00:00Z", "2024-09-27T24:00:00Z",
        "2024-09-27T13:05:00.Z", "2024-09-27T13:05:00+2:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text).has_value());
  }
}

TEST_CASE("instants before 1970 and beyond the year 9999 print") {
  CHECK(to_rfc3339({-1}) == "1969-12-31T23:59:59Z");
  CHECK(to_rfc3339({INT64_MAX}) == "9999-12-31T23:59:59Z");
  CHECK(to_rfc3339({INT64_MIN}) == "0000-01-01T00:00:00Z");
}

}  // namespace stakeout
