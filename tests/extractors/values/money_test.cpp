#include "extractors/values/money.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("what decimal_string prints, parse_decimal reads back") {
  struct Case {
    std::int64_t thousandths;
    const char* text;
  };
  const Case cases[] = {
      {0, "0"},         {5, "0.005"},
      {500, "0.5"},     {2'000'000'000, "2000000"},
      {1'234, "1.234"}, {1'234'567'890, "1234567.89"},
  };
  for (const auto& [thousandths, text] : cases) {
    CAPTURE(text);
    CHECK(decimal_string(thousandths) == text);
    CHECK(parse_decimal(text) == thousandths);
  }
}

TEST_CASE("a text that is no plain decimal is refused") {
  for (const char* text :
       {"", ".", "1.", ".5", "-1", "1,000", "1.2345", "1e3", "99999999999999999", "1.x"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_decimal(text).has_value());
  }
}

TEST_CASE("a range has its ends in order, however they were given") {
  const Currency usd = Currency::make("USD").value();
  const Money money = Money::between(5'000, 3'000, usd);
  CHECK(money.low() == 3'000);
  CHECK(money.high() == 5'000);
  CHECK(money.is_range());
  CHECK_FALSE(Money::exact(5'000, usd).is_range());
}

TEST_CASE("a currency is three capital letters") {
  CHECK(Currency::make("EUR")->code() == "EUR");
  for (const char* code : {"", "eur", "EU", "EURO", "E1R"})
    CHECK_FALSE(Currency::make(code).has_value());
}

}  // namespace stakeout
