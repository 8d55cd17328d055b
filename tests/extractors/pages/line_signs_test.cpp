#include "extractors/pages/line_signs.h"

#include <string>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {

TEST_CASE("counts are taken out of a line, with what parts them") {
  CHECK(without_numbers("2 shares 1.5k views") == "shares views");
  CHECK(without_numbers("(12) comments") == "comments");
  CHECK(without_numbers("image 2 of 5") == "image of");
  CHECK(without_numbers("no numbers") == "no numbers");
  CHECK(without_numbers("12").empty());
}

TEST_CASE("a year has four digits of its own") {
  CHECK(has_year("Annual report, 2022."));
  CHECK(has_year("1999"));
  CHECK_FALSE(has_year("12022 towers"));
  CHECK_FALSE(has_year("1234 of them"));
  CHECK_FALSE(has_year(""));
}

TEST_CASE("a short code is told from a remark in brackets") {
  CHECK(is_short_code("[CTA_BOX]"));
  CHECK(is_short_code("[gallery ids=\"1,2\"]"));
  CHECK(is_short_code("[/caption]"));
  CHECK_FALSE(is_short_code("[laughter]"));
  CHECK_FALSE(is_short_code("[A and B] said"));
  CHECK_FALSE(is_short_code("[]"));
}

TEST_CASE("a mail address needs a name and a host") {
  CHECK(has_mail_address("Write to desk@paper.example."));
  CHECK(has_mail_address("(desk@paper.example)"));
  CHECK_FALSE(has_mail_address("@member says so. Yes."));
  CHECK_FALSE(has_mail_address("five @ a dollar.each"));
  CHECK_FALSE(has_mail_address("a@b"));
}

TEST_CASE("the first words of a line end at its second gap") {
  CHECK(first_words("Ada Climber Harbour Desk") == "Ada Climber");
  CHECK(first_words("Ada Climber") == "Ada Climber");
  CHECK(first_words("Ada") == "Ada");
  CHECK(first_words("").empty());
}

TEST_CASE("a sentence tells something with words of its own, and not to readers") {
  const auto tells = [](const std::string& text) {
    return tells_something(text, with_plain_quotes(fold_case(text)));
  };
  CHECK(tells("Photos by drones are kept for thirty days."));
  CHECK(tells("“Join our fight,” the member told people in the hall."));
  CHECK_FALSE(tells("“Join our fight,” the member told people in the hall"));      // no end
  CHECK_FALSE(tells("Join our fight against nine more cameras today."));           // to readers
  CHECK_FALSE(tells("This article was written without “the help of machines”."));  // of itself
  CHECK_FALSE(tells("Reporting by Ann Example in Rome and Bo Other in Oslo."));    // names
  CHECK_FALSE(tells("What the county said about cameras:"));
  CHECK_FALSE(tells("県は橋にカメラを置いた。"));
  CHECK_FALSE(tells(""));
}

TEST_CASE("a code is a word of letters and four digits or more") {
  CHECK(has_code("Contract W911QX-23-C-0012"));
  CHECK(has_code("70CMSD22F00000012"));
  CHECK_FALSE(has_code("Phone 555-0123"));
  CHECK_FALSE(has_code("May 2024"));
  CHECK_FALSE(has_code("A1 B2"));
}

TEST_CASE("a large sum is money in thousands or more") {
  for (const char* line : {"it pays $4 million", "it pays $30m", "eur 12,000 a year", "30 mln euro",
                           "€1.234.567,89", "4 millionen euro", "us$ 2.5bn", "5 млрд рублей",
                           "$1,500 and 20 towers", "of 7 and of $12-million towers"}) {
    CAPTURE(line);
    CHECK(has_large_sum(line));
  }
  for (const char* line : {"$4.99 a month", "$1 a week", "40 million people", "in 2024", "$", "",
                           "12,000 towers", "£999,50"}) {
    CAPTURE(line);
    CHECK_FALSE(has_large_sum(line));
  }
}

}  // namespace stakeout
