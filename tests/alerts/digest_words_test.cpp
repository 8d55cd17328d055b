#include "alerts/digest_words.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a subject says what is told of one contract, and counts what is told of many") {
  DigestContents one;
  one.changed_contracts = one.changes = 1;
  one.contracts = {4};
  one.stories = 3;
  one.vendors = {"Lantern Works"};
  one.about("Lantern Works / Rail Police", "stop-work order reported");
  CHECK(subject_words(one) ==
        "Lantern Works / Rail Police: stop-work order reported (3 stories, 1 fact changed)");

  DigestContents many = one;
  many.new_contracts = 1;
  many.contracts.insert(5);
  many.about("Glasshouse Systems / Quay Bureau", "new contract");
  CHECK(subject_words(many) ==
        "1 new contract, 1 changed contract, 3 stories: Lantern Works, Glasshouse Systems");
  CHECK(subject_words({}) == "nothing new");
}

TEST_CASE("a subject of mentions alone names the only vendor, and of one story its title") {
  DigestContents in;
  in.stories = 2;
  in.vendors = {"Lantern Works"};
  CHECK(subject_words(in) == "Lantern Works in the news (2 stories)");
  in.stories = 1;
  in.story = "Cameras for the port";
  CHECK(subject_words(in) == "Lantern Works: Cameras for the port");
}

TEST_CASE("a correction alone is the subject, among others it is counted first") {
  DigestContents in;
  in.corrections = 1;
  in.correction = "Lantern Works / Rail Police";
  CHECK(subject_words(in) == "Correction: Lantern Works / Rail Police");
  in.stories = 2;
  in.vendors = {"Lantern Works"};
  CHECK(subject_words(in) == "1 correction, 2 stories: Lantern Works");
}

TEST_CASE("a story that one article tells has no count of outlets") {
  CHECK(outlets_words(1, 1).empty());
  CHECK(outlets_words(4, 3) == "; 4 articles in 3 outlets");
  CHECK(outlets_words(2, 1) == "; 2 articles in 1 outlet");
}

TEST_CASE("why a line is there says the words and what found them, the same words once") {
  CHECK(found_words("ICE", "alias \"ICE\" near its context word: federal") ==
        "found by the alias \"ICE\" near its context word: federal");
  CHECK(found_words("Lantern Works Inc.", "name \"Lantern Works\"") ==
        "\"Lantern Works Inc.\" found by the name \"Lantern Works\"");
  CHECK(read_words("stop-work order", "stop-work") ==
        "\"stop-work order\" says that work was stopped");
  CHECK(read_words("September 24", "signed-cue, year of signing and term") ==
        "\"September 24\" says when it was signed and has the year that signing and term imply");
  CHECK(read_words("a deal", "some-new-rule") == "\"a deal\"");
  CHECK(read_words("", "stop-work").empty());
}

}  // namespace stakeout
