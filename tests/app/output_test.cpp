#include "app/output.h"

#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

std::string printed(const Table& table, OutputForm form) {
  std::ostringstream out;
  print_table(out, table, form);
  return std::move(out).str();
}

const Table sample = {{"id", "title", "amount"},
                      {{std::int64_t{7}, std::string{"A, \"b\""}, 1234.5},
                       {std::int64_t{12}, std::string{"=HYPERLINK(1)"}, std::monostate{}}}};

}  // namespace

TEST_CASE("JSON lines keep the order of the columns and the kinds of the cells") {
  CHECK(printed(sample, OutputForm::json) ==
        "{\"id\":7,\"title\":\"A, \\\"b\\\"\",\"amount\":1234.5}\n"
        "{\"id\":12,\"title\":\"=HYPERLINK(1)\",\"amount\":null}\n");
}

TEST_CASE("two columns of one name are two keys of a JSON line") {
  const Table table = {{"a", "a", "a:1"}, {{std::int64_t{1}, std::int64_t{2}, std::int64_t{3}}}};
  CHECK(printed(table, OutputForm::json) == "{\"a\":1,\"a:1\":2,\"a:1:1\":3}\n");
}

TEST_CASE("CSV quotes what needs it and no cell is a formula") {
  CHECK(printed(sample, OutputForm::csv) ==
        "id,title,amount\r\n7,\"A, \"\"b\"\"\",1234.5\r\n12,'=HYPERLINK(1),\r\n");
}

TEST_CASE("a table aligns words left and numbers right, whatever their letters weigh in bytes") {
  const Table table = {
      {"name", "n"},
      {{std::string{"Île"}, std::int64_t{5}}, {std::string{"Paragon"}, std::int64_t{10}}}};
  CHECK(printed(table, OutputForm::table) == "name     n\nÎle       5\nParagon  10\n");
}

TEST_CASE("a table for a terminal fits, without empty columns, and says what it leaves out") {
  const Table table = {
      {"id", "entity_id", "title", "term", "amount", "url"},
      {{std::int64_t{7}, std::int64_t{3}, std::string(40, 'x'), std::monostate{},
        std::int64_t{123456789}, std::string{"https://news.example/a-long-address"}}}};
  std::ostringstream wide;
  CHECK(print_table(wide, table, OutputForm::table).empty());
  CHECK(std::move(wide).str().find("https://news.example/a-long-address") != std::string::npos);
  for (const std::size_t width :
       {std::size_t{40}, std::size_t{48}, std::size_t{70}, std::size_t{90}}) {
    CAPTURE(width);
    std::ostringstream out;
    const auto missing = print_table(out, table, OutputForm::table, width);
    const std::string text = std::move(out).str();
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) CHECK(count_code_points(line) <= width);
    CHECK(text.find("123456789") != std::string::npos);
    CHECK(text.find("term") == std::string::npos);
    CHECK((std::ranges::find(missing, "entity_id") != missing.end()) ==
          (text.find("entity_id") == std::string::npos));
    CHECK(std::ranges::find(missing, "term") == missing.end());
  }
}

TEST_CASE("a table prints no control characters and cuts long cells") {
  const Table table = {{"text"}, {{std::string{"\x1b[2J"} + std::string(100, 'x')}}};
  const std::string out = printed(table, OutputForm::table);
  CHECK(out.find('\x1b') == std::string::npos);
  CHECK(out.find("…\n") != std::string::npos);
}

}  // namespace stakeout
