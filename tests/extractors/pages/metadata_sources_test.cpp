#include "extractors/pages/metadata_sources.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "extractors/text/table.h"

namespace stakeout {

std::string_view metadata_sources_table();

TEST_CASE("every row of the table of sources is read, and none stands there twice") {
  std::set<std::string> seen;
  for (const auto& row : read_table(metadata_sources_table())) {
    std::string line;
    for (const std::string_view cell : row) line += std::string{cell} + '\t';
    CAPTURE(line);
    CHECK(is_source_row(row));
    CHECK(seen.insert(line).second);
  }
}

TEST_CASE("a row with a misspelt field or source, or without a name, is none") {
  CHECK(is_source_row({"published", "meta", "date"}));
  CHECK(is_source_row({"elsewhere", "property", "comment"}));
  CHECK_FALSE(is_source_row({"publised", "meta", "date"}));
  CHECK_FALSE(is_source_row({"published", "metta", "date"}));
  CHECK_FALSE(is_source_row({"published", "meta"}));
  CHECK_FALSE(is_source_row({"published", "meta", ""}));
}

}  // namespace stakeout
