#include "extractors/stories/line_forms.h"

#include <span>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

struct Case {
  std::string_view line;
  bool is_one;
};

template <class IsOne>
void check_all(std::span<const Case> cases, const IsOne& is_one) {
  for (const Case& each : cases) {
    CAPTURE(each.line);
    CHECK(is_one(cut_words(each.line)) == each.is_one);
  }
}

}  // namespace

TEST_CASE("a line of names behind a credit word, or beside an agency, says who took a picture") {
  const Case cases[] = {{"Photo: Ann Reed / Getty Images", true},
                        {"Photo by Ann Reed", true},
                        {"Image credit: City of Port Harbor", true},
                        {"Foto: dpa", true},
                        {"Ann Reed/AP", true},
                        {"REUTERS/Ann Reed", true},
                        {"(Ann Reed/Getty Images)", true},
                        {"Photo evidence was shown by Ann Reed", false},
                        {"Photo: the mayor signs the contract", false},
                        {"Photo by Ann Reed, who sold it for $300", false},
                        {"Photo: Lantern Works and Port Harbor.", false},
                        {"The deal/AP style", false},
                        {"Lantern Works/Port Harbor", false},
                        {"Reuters", false},
                        {"Photo:", false}};
  check_all(cases, is_picture_credit);
}

TEST_CASE("a word for playing with a duration and nothing else is a button") {
  const Case cases[] = {{"Listen 4:32 min", true},   {"Listen · 4 min", true},
                        {"Watch: 2:15", true},       {"▶ Play 1:04:32", true},
                        {"Anhören 7 Minuten", true}, {"Listen", false},
                        {"Watch 7", false},          {"Watch: 7:2", false},
                        {"4:32 min", false},         {"Watch the vote: 4:32 min", false}};
  check_all(cases, is_player);
}

TEST_CASE("symbols with a price and its change are prices of shares") {
  const Case cases[] = {{"LTRN 24.10 ▲ 1.26%", true},
                        {"(NYSE: LTRN) 24.10 +0.30 (+1.26%)", true},
                        {"LTRN 24.10 +1.26% GLSS 310.22 -0.4%", true},
                        {"NASDAQ: LTRN +1.26%", true},
                        {"LTRN +1.26%", false},
                        {"CPI 3.1% 2.9%", false},
                        {"Lantern 24.10 +1.26%", false},
                        {"24.10 +1.26%", false},
                        {"ICE $24.10", false}};
  check_all(cases, is_stock_ticker);
}

}  // namespace stakeout
