#include "extractors/text/date_time.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

std::string printed(const DateTime& date) {
  if (const auto* instant = std::get_if<Timestamp>(&date)) return to_rfc3339(*instant);
  return to_string(std::get<PartialDate>(date));
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

void check(const Case& row) {
  CAPTURE(row.text);
  const auto date = parse_date_time(row.text);
  REQUIRE(date.has_value());
  CHECK(printed(*date) == row.expected);
}

}  // namespace

TEST_CASE("dates of mail and of feeds are instants in UTC") {
  const Case cases[] = {
      {"Tue, 03 Feb 2026 08:05:09 GMT", "2026-02-03T08:05:09Z"},
      {"Tue, 3 Feb 26 08:05 EST", "2026-02-03T13:05:00Z"},
      {"3 February 2026 08:05:09 +0530 (IST)", "2026-02-03T02:35:09Z"},
      {"Tuesday, 03-Feb-98 08:05:09 CEST", "1998-02-03T06:05:09Z"},
      {"Tue,3 Feb 2026 08:05:09 -0000", "2026-02-03T08:05:09Z"},
      {"tue, 3 feb 2026 8:05:09 pm pdt", "2026-02-04T03:05:09Z"},
      {"Tue, 3 Feb 2026 12:05 AM", "2026-02-03T00:05:00Z"},
      {"Tue, 3 Feb 2026 08:05:09 GMT+02:00", "2026-02-03T06:05:09Z"},
      {"Tue, 3 Feb 2026 08:05:09 Europe/Berlin", "2026-02-03T07:05:09Z"},
      {"Fri, 3 Jul 2026 08:05:09 ET", "2026-07-03T12:05:09Z"},
      {"Fri, 3 Jul 2026 08:05:09 BST", "2026-07-03T07:05:09Z"},
      {"Fri, 3 Jul 2026 08:05:09 XYZ", "2026-07-03T08:05:09Z"},
      {"Fri, 3 Jul 2026 24:00:00 GMT", "2026-07-04T00:00:00Z"},
      {"Tue Feb  3 08:05:09 2026", "2026-02-03T08:05:09Z"},
      {"Tue Feb  3 08:05:09 PST 2026", "2026-02-03T16:05:09Z"},
      {"Tue Feb 03 08:05:09 +0100 2026", "2026-02-03T07:05:09Z"},
  };
  for (const Case& row : cases) check(row);
}

TEST_CASE("ISO 8601 is read in all its shapes, as precisely as it is written") {
  const Case cases[] = {
      {"2026-02-03T08:05:09Z", "2026-02-03T08:05:09Z"},
      {"2026-02-03t08:05:09.123456z", "2026-02-03T08:05:09Z"},
      {"2026-02-03T08:05:09,5-03:30", "2026-02-03T11:35:09Z"},
      {"2026-02-03T08:05+02", "2026-02-03T06:05:00Z"},
      {"2026-02-03 08:05:09 +0200", "2026-02-03T06:05:09Z"},
      {"2026-02-03T08:05:09 UTC", "2026-02-03T08:05:09Z"},
      {"2026-02-03T08:05:09+01:00[Europe/Paris]", "2026-02-03T07:05:09Z"},
      {"20260203T080509Z", "2026-02-03T08:05:09Z"},
      {"20260203080509", "2026-02-03T08:05:09Z"},
      {"2026-02-03", "2026-02-03"},
      {"20260203", "2026-02-03"},
      {"2026-034", "2026-02-03"},
      {"2026-W06-2", "2026-02-03"},
      {"2026-02", "2026-02"},
      {"2026", "2026"},
      {"1770105909", "2026-02-03T08:05:09Z"},
      {"2026W062", "2026-02-03"},
      {"2026-02-03 T 08:05 Z", "2026-02-03T08:05:00Z"},
      {"1770105909000", "2026-02-03T08:05:09Z"},
      {"1770105909.25", "2026-02-03T08:05:09Z"},
  };
  for (const Case& row : cases) check(row);
}

TEST_CASE("months and days are understood in the languages of the press") {
  const Case cases[] = {
      {"February 3rd, 2026", "2026-02-03"},
      {"3 Feb. 2026 at 8:05 a.m.", "2026-02-03T08:05:00Z"},
      {"Di, 03 Mär 2026 08:05:09 +0100", "2026-03-03T07:05:09Z"},
      {"3. Februar 2026, 08:05 Uhr", "2026-02-03T08:05:00Z"},
      {"mardi 3 février 2026 à 8h05", "2026-02-03T08:05:00Z"},
      {"mar., 3 feb. 2026 08:05:09 +0100", "2026-02-03T07:05:09Z"},
      {"3 de agosto de 2026", "2026-08-03"},
      {"lun 3 ago 2026 10:00", "2026-08-03T10:00:00Z"},
      {"terça-feira, 3 de fevereiro de 2026", "2026-02-03"},
      {"3 lutego 2026", "2026-02-03"},
      {"3 февраля 2026 г.", "2026-02-03"},
      {"Τρι, 03 Φεβ 2026 08:05:09 EET", "2026-02-03T06:05:09Z"},
      {"2026-február-3T8:05+01:00", "2026-02-03T07:05:00Z"},
      {"2026年2月3日 08:05", "2026-02-03T08:05:00Z"},
      {"2026년 02월 03일 오후 8:05", "2026-02-03T20:05:00Z"},
      {"2026년 2월 3일 8시 5분", "2026-02-03T08:05:00Z"},
      {"2026年2月3日8時05分09秒", "2026-02-03T08:05:09Z"},
      {"3. Maerz 2026", "2026-03-03"},
      {"Вт, 01 сен 2026 08:05:09 MSK", "2026-09-01T05:05:09Z"},
      {"3 فبراير 2026", "2026-02-03"},
      {"3 בפברואר 2026", "2026-02-03"},
      {"3.2.2026 klo 8.05", "2026-02-03T08:05:00Z"},
      {"Feb 3, 2026 8.05.09 pm", "2026-02-03T20:05:09Z"},
      {"Feb 3, 2026 8 p.m. EST", "2026-02-04T01:00:00Z"},
  };
  for (const Case& row : cases) check(row);
}

TEST_CASE("dates in numbers follow the custom that their separator tells") {
  const Case cases[] = {
      {"2/3/2026 8:05:09 PM", "2026-02-03T20:05:09Z"}, {"23/2/2026", "2026-02-23"},
      {"03.02.2026 08:05", "2026-02-03T08:05:00Z"},    {"03-02-2026", "2026-02-03"},
      {"2026/02/03 08:05:09", "2026-02-03T08:05:09Z"}, {"02/2026", "2026-02"},
  };
  for (const Case& row : cases) check(row);
}

TEST_CASE("what is no date or names no real day is refused") {
  for (const std::string_view text : {"",
                                      "soon",
                                      "{{date}}",
                                      "Tue, 31 Feb 2026 08:05:09 GMT",
                                      "99 Jun 2026",
                                      "Tue, Feb x 2026",
                                      "3 Feb zz 08:05:09 GMT",
                                      "2026-02-03T25:00:00Z",
                                      "2026-02-03T08:61:00Z",
                                      "2026-02-03T08:05:09-99:99",
                                      "3 Feb 2026 1:2:3:4 GMT",
                                      "2026-13-01",
                                      "08:05",
                                      "February",
                                      "3 February",
                                      "2026-02-30",
                                      "2026-366",
                                      "99999999999999999999",
                                      "1 2 3 4",
                                      "Feb 2026 08:05",
                                      "0001-01-01T00:00:00Z",  // what programs write for "never"
                                      "-0001-11-30T00:00:00Z",
                                      "8 pm"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date_time(text).has_value());
  }
}

TEST_CASE("the instant of a date without a time is its first midnight") {
  CHECK(to_rfc3339(instant_of(parse_date_time("2026-02").value())) == "2026-02-01T00:00:00Z");
}

}  // namespace stakeout
