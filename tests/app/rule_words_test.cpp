// The words for readers against the tables of the rules that they are for.
#include "alerts/rule_words.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("every rule that finds a fact of a contract has words for a reader") {
  const std::filesystem::path data =
      std::filesystem::current_path() / "../../extractors/facts/data";
  for (const char* name : {"deal_verbs.tsv", "deal_states.tsv", "deal_nouns.tsv", "deal_dates.tsv",
                           "deal_rules.tsv", "award_ids.tsv"}) {
    std::ifstream table{data / name};
    REQUIRE(table.is_open());
    for (std::string line; std::getline(table, line);) {
      if (line.empty() || line.starts_with('#')) continue;
      const std::string rule = line.substr(0, line.find('\t'));
      CAPTURE(name);
      CAPTURE(rule);
      CHECK_FALSE(words_of_rules(rule).empty());
    }
  }
}

TEST_CASE("a rule that nobody wrote words for has none") {
  CHECK(words_of_rules("").empty());
  CHECK(words_of_rules("no-such-rule").empty());
  CHECK(words_of_rules("no-such-rule, stop-work") == "says that work was stopped");
}

}  // namespace stakeout
