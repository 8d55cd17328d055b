#include "extractors/values/partial_date.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a date prints as it is read, with the precision it has") {
  for (const char* text : {"2024", "2024-09", "2024-09-27", "0001-01-01", "2024-02-29"}) {
    CAPTURE(text);
    const auto date = parse_partial_date(text);
    REQUIRE(date.has_value());
    CHECK(to_string(*date) == text);
  }
}

TEST_CASE("what names no date is refused") {
  for (const char* text : {"", "24", "2024-9", "2024-13", "2023-02-29", "2024-00", "2024-01-00",
                           "0000", "2024/09/27", "2024-09-27T00:00:00Z", "abcd"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_partial_date(text).has_value());
  }
}

TEST_CASE("a date covers its first to its last day") {
  const auto february = parse_partial_date("2024-02").value();
  CHECK(to_string(PartialDate::from_days(february.first_day())) == "2024-02-01");
  CHECK(to_string(PartialDate::from_days(february.last_day())) == "2024-02-29");
  const auto year = parse_partial_date("2023").value();
  CHECK(to_string(PartialDate::from_days(year.last_day())) == "2023-12-31");
}

TEST_CASE("the less precise of two dates that begin together comes first") {
  CHECK(parse_partial_date("2024").value() < parse_partial_date("2024-01").value());
  CHECK(parse_partial_date("2024-01").value() < parse_partial_date("2024-01-01").value());
  CHECK(parse_partial_date("2023-12-31").value() < parse_partial_date("2024").value());
}

}  // namespace stakeout
