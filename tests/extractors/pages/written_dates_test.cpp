#include "extractors/pages/written_dates.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a date is found within a line in every language of the table") {
  const WrittenDates read{make_timestamp(2026, 1, 1)};
  const std::string_view lines[] = {
      "Published: September 27, 2024",          // en
      "Friday, 27th September 2024",            // en
      "Von Ann Beispiel | 27. September 2024",  // de
      "Publié le vendredi 27 septembre 2024",   // fr
      "Publicado el 27 de septiembre de 2024",  // es
      "venerdì 27 settembre 2024",              // it
      "27 de setembro de 2024",                 // pt
      "vrijdag 27 september 2024",              // nl
      "27 września 2024 r.",                    // pl
      "27. září 2024",                          // cs
      "Опубликовано 27 сентября 2024 г.",       // ru
      "27 вересня 2024",                        // uk
      "27 septembrie 2024",                     // ro
      "27 Σεπτεμβρίου 2024",                    // el
      "27 Eylül 2024 Cuma",                     // tr
      "27 سبتمبر 2024",                         // ar
      "٢٧ سبتمبر ٢٠٢٤",                         // ar, its own digits
      "27 أيلول 2024",                          // ar, Levant
      "۲۷ سپتامبر ۲۰۲۴",                        // fa
      "발행 2024년 9월 27일",                   // ko
      "2024年9月27日",                          // zh, ja
      "发布时间 2024年09月27日",                // zh
      "27 september 2024",                      // sv, da
      "27. syyskuuta 2024",                     // fi
      "2024. szeptember 27.",                   // hu
      "(27.09.2024)",
      "27/9/2024",
      "9/27/2024",
  };
  for (const std::string_view line : lines) {
    CAPTURE(line);
    CHECK(read.within(line).value_or("") == "2024-09-27");
  }
}

TEST_CASE("a date that no article has is not one") {
  const WrittenDates read{make_timestamp(2024, 9, 27, 12)};
  for (const std::string_view written :
       {"1970-01-01T00:00:00Z", "1969-12-31", "0001-01-01", "2024-09-29", "2031-01-01T10:00:00Z",
        "2024", "27.09.", "12:30", "no date"}) {
    CAPTURE(written);
    CHECK_FALSE(read.whole(written).has_value());
  }
  CHECK(read.whole("2024-09-28").has_value());  // where the day has begun already
  CHECK(read.whole("2024-09-28T09:00:00+14:00").has_value());
  const WrittenDates unset{make_timestamp(1970, 1, 1)};
  CHECK(unset.whole("2024-09-27").has_value());
  CHECK(WrittenDates{std::nullopt}.whole("2024-09-27").has_value());
}

TEST_CASE("a paragraph's date stands at its start") {
  struct Case {
    std::string_view text;
    std::string_view date;
  };
  const Case cases[] = {
      {"27.09.2024 The agency signed a contract.", "2024-09-27"},
      {"27 September 2024. The agency signed a contract.", "2024-09-27"},
      {"Berlin, 27. September 2024 - The agency signed.", "2024-09-27"},
      {"San Jose, September 27, 2024 – The agency signed.", "2024-09-27"},
      {"In Berlin, 27 September 2024 was a day like others.", ""},
      {"The agency signed a contract on 27.09.2024 - at last.", ""},
      {"", ""},
  };
  const WrittenDates read{std::nullopt};
  for (const auto& [text, date] : cases) {
    CAPTURE(text);
    CHECK(read.at_start(text).value_or("") == date);
  }
}

TEST_CASE("an address may have a day in it") {
  struct Case {
    std::string_view address;
    std::string_view date;
  };
  const Case cases[] = {
      {"https://example.org/2024/09/27/a", "2024-09-27"},
      {"https://example.org/a-2024-09-27", "2024-09-27"},
      {"https://example.org/20240927/a", "2024-09-27"},
      {"https://example.org/27-09-2024", "2024-09-27"},
      {"https://example.org/2024_09_27.html", "2024-09-27"},
      {"https://example.org/2024/09/a", ""},
      {"https://example.org/12345678", ""},
      {"https://example.org/2024/13/27", ""},
      {"https://example.org/120240927", ""},
      {"https://example.org/2033/09/27", ""},
      {"", ""},
  };
  const WrittenDates read{make_timestamp(2024, 10, 1)};
  for (const auto& [address, date] : cases) {
    CAPTURE(address);
    CHECK(read.in_address(address).value_or("") == date);
  }
}

}  // namespace stakeout
