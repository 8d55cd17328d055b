#include "extractors/stories/word_diff.h"

#include <random>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

using Kind = DiffRun::Kind;

TEST_CASE("a diff says which words went and which came") {
  const std::vector<DiffRun> expected = {
      {Kind::equal, "The deal is worth "}, {Kind::removed, "$2 "},   {Kind::added, "$9 "},
      {Kind::equal, "million "},           {Kind::added, "a year "}, {Kind::equal, "now."}};
  CHECK(diff_words("The deal is worth $2 million now.",
                   "The deal is worth $9 million a year now.") == expected);
}

TEST_CASE("white space, quotation marks and dashes are no difference") {
  const char* const before = "It’s “all right” – he said";
  const auto runs = diff_words(before, "It's  \"all\nright\" - he said");
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].kind == Kind::equal);
  CHECK(runs[0].words == before);
}

TEST_CASE("one empty side is one run") {
  CHECK(diff_words("", "all new") == std::vector<DiffRun>{{Kind::added, "all new"}});
  CHECK(diff_words("all old", "") == std::vector<DiffRun>{{Kind::removed, "all old"}});
  CHECK(diff_words("", "").empty());
}

std::string random_text(std::mt19937& generator, int words) {
  std::string text;
  for (int i = 0; i < words; ++i) text += "w" + std::to_string(generator() % 9) + " ";
  return text;
}

TEST_CASE("equal and removed runs are the old text, equal and added ones the new text") {
  const unsigned seed = 7;
  CAPTURE(seed);
  std::mt19937 generator{seed};
  for (const int words : {1, 3, 20, 200, 1500}) {
    const std::string before = random_text(generator, words);
    const std::string after = random_text(generator, words + 2);
    std::string old_side;
    std::string new_side;
    for (const DiffRun& run : diff_words(before, after)) {
      if (run.kind != Kind::added) old_side += run.words;
      if (run.kind != Kind::removed) new_side += run.words;
    }
    CHECK(old_side == before);
    CHECK(new_side == after);
  }
}

}  // namespace
}  // namespace stakeout
