#include "extractors/facts/dates.h"

#include <string>

#include <doctest/doctest.h>

#include "extractors/facts/date_expressions.h"

namespace stakeout {
namespace {

// "2024-09-27; 2024-10/2024-12": the intervals found.
std::string dates(std::string_view text, std::string_view published) {
  const Prose prose{text};
  std::optional<PartialDate> day;
  if (const auto parsed = parse_partial_date(published)) day = *parsed;
  std::string out;
  for (const DateMention& date : find_dates(prose, day)) {
    if (!out.empty()) out += "; ";
    out += to_string(date.from);
    if (date.from != date.to) out += "/" + to_string(date.to);
  }
  return out;
}

std::string durations(std::string_view text) {
  const Prose prose{text};
  std::string out;
  for (const DurationMention& duration : find_durations(prose)) {
    if (!out.empty()) out += "; ";
    out += duration.iso;
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string_view found;
};

constexpr std::string_view a_friday = "2023-06-16";

}  // namespace

TEST_CASE("a date that names its year needs no day of publication") {
  const Case cases[] = {
      {"It began on Feb. 3, 2022.", "2022-02-03"},
      {"Friday, 3 February 2022", "2022-02-03"},
      {"the 3rd of February, 2022", "2022-02-03"},
      {"le 3 février 2022", "2022-02-03"},
      {"le 3 mars 2022", "2022-03-03"},
      {"am 3. Februar 2022", "2022-02-03"},
      {"el 3 de febrero de 2022", "2022-02-03"},
      {"dated 2022-02-03", "2022-02-03"},
      {"dated 2/3/2022, or 23/2/2022", "2022-02-03; 2022-02-23"},
      {"dated 03.02.2022", "2022-02-03"},
      {"in February 2022", "2022-02"},
      {"in February 2022: up to ten", "2022-02"},
      {"between 5 and 10 May 2022", "2022-05-05/2022-05-10"},
      {"from the 5th to the 10th", ""},
      {"the years 2018 to 2021", "2018/2021"},
      {"in the last days of 2015. In December of that year", "2015; 2015-12"},
      {"In December of that year", ""},
      {"since 2022", "2022"},
      {"the third quarter of 2022", "2022-07/2022-09"},
      {"Q1 2022", "2022-01/2022-03"},
      {"fiscal 2022 and FY24", "2021-10-01/2022-09-30; 2023-10-01/2024-09-30"},
      {"from November to March 2022", "2021-11/2022-03"},
      {"Feb. 3 through May 4, 2022", "2022-02-03/2022-05-04"},
      {"February 3-5, 2022", "2022-02-03/2022-02-05"},
      {"from 2019 to 2022", "2019/2022"},
      {"between 2019 and 2022", "2019/2022"},
      {"between February and May 2022", "2022-02/2022-05"},
      {"between Feb. 3 and May 4, 2022", "2022-02-03/2022-05-04"},
      {"in 2019, 2020 and 2022", "2019; 2020; 2022"},
      {"since the summer of 2022", "2022"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(dates(text, "") == found);
    CHECK(dates(text, a_friday) == found);
  }
}

TEST_CASE("what has to be seen from the day of publication is left out without it") {
  const Case cases[] = {
      {"It was signed on Sept. 20.", "2022-09-20"},
      {"It expires September 20.", "2023-09-20"},
      {"It expires May 20.", "2024-05-20"},
      {"It will be signed on May 20.", "2024-05-20"},
      {"It is due by August.", "2023-08"},
      {"It was announced in August.", "2022-08"},
      {"In May Acme won, said June Smith, as told by April Jones.", "2023-05"},
      {"It was announced yesterday.", "2023-06-15"},
      {"They meet tomorrow.", "2023-06-17"},
      {"It came last week.", "2023-06-05/2023-06-11"},
      {"It comes next month.", "2023-07"},
      {"It came last year.", "2022"},
      {"It came three days ago.", "2023-06-13"},
      {"He said on Monday that it ended.", "2023-06-12"},
      {"He said on Saturday that it ended.", "2023-06-10"},
      {"The council will vote on Monday.", "2023-06-19"},
      {"Er wurde im Februar unterzeichnet.", "2023-02"},
      {"È scaduto a maggio, firmato martedì.", "2023-05; 2023-06-13"},
      {"Fue firmado en marzo.", "2023-03"},
      {"Signé l'an dernier, le mois dernier.", "2022; 2023-05"},
      {"It was signed last fall.", "2022"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(dates(text, a_friday) == found);
    CHECK(dates(text, "").empty());
    CHECK(dates(text, "2023-06").empty());  // a month of publication is no day
  }
}

TEST_CASE("a day of long ago without a year is of the month told right before it") {
  const Case cases[] = {
      {"It began in March 2021. On March 9 a judge stopped it.", "2021-03; 2021-03-09"},
      {"It began in March 2021. On April 9 a judge stopped it.", "2021-03; 2023-04-09"},
      {"It was signed in May 2021. They renewed it on May 20.", "2021-05; 2023-05-20"},
      {"It was signed in May 2021 and renewed on May 20.", "2021-05; 2023-05-20"},
      {"It began in March 2021. On March 9 a judge will stop it.", "2021-03; 2024-03-09"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(dates(text, a_friday) == found);
  }
}

TEST_CASE("numbers and words that only look like dates are none") {
  const std::string_view cases[] = {
      "It may or may not march on.",
      "August Wilson wrote it.",
      "They sold 2018 units of Office 2019.",
      "in 2000 cities",
      "Call 555-12-2020 or 82-2100.",
      "version 1.2.3, 51-50, 24/7",
      "Feb. 30, 2022",
      "32/13/2022",
      "by June Smith",
      "",
  };
  for (const std::string_view text : cases) {
    CAPTURE(text);
    CHECK(dates(text, a_friday).empty());
  }
}

TEST_CASE("days without a year are told for those who know more") {
  const Prose prose{"Signed in May 2022, it ends on September 20 or in October."};
  const auto found = find_day_months(prose);
  REQUIRE(found.size() == 2);
  CHECK(found[0].month == 9);
  CHECK(found[0].day == 20);
  CHECK(prose.words(found[0].first, found[0].end) == "September 20");
  CHECK(found[0].span == Span{31, 43});
  CHECK(found[1].month == 10);
  CHECK_FALSE(found[1].day.has_value());
}

TEST_CASE("durations count days, weeks, months and years") {
  const Case cases[] = {
      {"an 18-month deal", "P18M"},
      {"three years", "P3Y"},
      {"a two-year deal with a one-year option", "P2Y; P1Y"},
      {"one and a half years", "P18M"},
      {"five years and six months", "P5Y6M"},
      {"over a decade", "P10Y"},
      {"for two more years", "P2Y"},
      {"one more year", "P1Y"},
      {"more years", ""},
      {"ein Fünf-Jahres-Vertrag", "P5Y"},
      {"for 45 days", "P45D"},
      {"drei Jahre", "P3Y"},
      {"renewed for a year", "P1Y"},
      {"pour un an", "P1Y"},
      {"On June 30 an option was used.", ""},
      {"ein zweijähriger Vertrag", "P2Y"},
      {"eine 18-monatige Testphase", "P18M"},
      {"un accordo triennale da rinnovare", "P3Y"},
      {"een vierjarige overeenkomst", "P4Y"},
      {"ihre zweijährige Tochter", ""},
      {"ein 30-jähriger Mann", ""},
      {"der 30-Jährige sagte", ""},
      {"$2 million a year", ""},
      {"a 30-year-old man", ""},
      {"two years ago", ""},
      {"several years", ""},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(durations(text) == found);
  }
}

}  // namespace stakeout
