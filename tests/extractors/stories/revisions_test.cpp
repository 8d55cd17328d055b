#include "extractors/stories/revisions.h"

#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

const std::string opening = "The harbour board met on Monday to hear the engineers.\n\n";
const std::string ending = "\n\nA vote is due in spring.";

RevisionDiff compare(const std::string& before, const std::string& after) {
  return compare_revisions(opening + before + ending, opening + after + ending);
}

TEST_CASE("facts that change are substantive") {
  struct Case {
    std::string before;
    std::string after;
  };
  const Case cases[] = {
      {"The work costs $2 million.", "The work costs $9.2 million."},
      {"The work costs 2 million.", "The work costs 2 billion."},
      {"It ends on September 29.", "It ends on October 29."},
      {"It meets on Tuesday.", "It meets on Wednesday."},
      {"It hired two divers.", "It hired seven divers."},
      {"It lasts a week.", "It lasts a month."},
      {"Owners must register.", "Owners should register."},
      {"The ferry will stop here.", "The ferry stopped here."},
      {"The ferry is safe.", "The ferry is not safe."},
      {"The ferry is safe.", "The ferry isn't safe."},
      {"Prices went up.", "Prices went down."},
      {"The slip is there.", "The public slip is there."},
      {"The fee is legal.", "The fee is illegal."},
      {"The tender was approved.", "The tender was cancelled."},
      {"The captain is John Fleming.", "The captain is John Finn."},
      {"The captain spoke.", "The captain spoke. He then resigned."},
      {"Remote attackers may enter.", "Attackers may enter."},
      {"The list names ARB and TOL.", "The list names ARB and QEX."},
  };
  for (const auto& [before, after] : cases) {
    CAPTURE(before);
    CHECK(compare(before, after).change_class == ChangeClass::substantive);
    CHECK(compare(after, before).change_class == ChangeClass::substantive);
  }
}

TEST_CASE("spelling, endings, case and punctuation are minor") {
  struct Case {
    std::string before;
    std::string after;
  };
  const Case cases[] = {
      {"The cusotmers left.", "The customers left."},
      {"A pubilc hearing.", "A public hearing."},
      {"She lead the team.", "She led the team."},
      {"They are being to work.", "They are begin to work."},
      {"The diver inspect it.", "The diver inspects it."},
      {"Ask Mr Dussalt.", "Ask Mr Dussault."},
      {"The coast guard came.", "The Coast Guard came."},
      {"Two boatyards closed.", "Two boat yards closed."},
      {"It plans to use cranes.", "It plans using the cranes."},
      {"They met and voted.", "They met, and voted."},
      {"It hired two divers.", "It hired 2 divers."},
      {"We'll sail if they won't.", "We will sail if they will not."},
      {"It has over 300 berths.", "It has more than 300 berths."},
      {"The pier is open.", "The pier is now open."},
      {"It cost 1400 crowns.", "It cost 1,400 crowns."},
  };
  for (const auto& [before, after] : cases) {
    CAPTURE(before);
    CHECK(compare(before, after).change_class == ChangeClass::minor);
  }
}

TEST_CASE("another word that looks like the old one is no slip of the pen") {
  const std::pair<const char*, const char*> words[] = {
      {"passed", "paused"},   {"extended", "expended"}, {"granted", "wanted"}, {"voted", "vetoed"},
      {"signed", "resigned"}, {"signed", "sighed"},     {"leased", "ceased"},  {"backed", "hacked"},
      {"rubles", "rupees"},   {"Iran", "Iraq"},         {"Mali", "Bali"},      {"Martin", "Marvin"},
      {"NSA", "NSO"},         {"ICE", "ICC"},           {"Kent", "Gent"},
  };
  for (const auto& [before, after] : words) {
    CAPTURE(before);
    const RevisionDiff diff = compare(std::string{"The board "} + before + " it.",
                                      std::string{"The board "} + after + " it.");
    CHECK(diff.change_class == ChangeClass::substantive);
  }
}

TEST_CASE("a name, a capital word or a word with its spelling put right is minor") {
  const std::pair<const char*, const char*> words[] = {
      {"Jonson", "Johnson"}, {"Petersen", "Peterson"}, {"Wasington", "Washington"}, {"GAS", "GSA"},
      {"trail", "trial"},    {"build", "built"},       {"comittee", "committee"},
  };
  for (const auto& [before, after] : words) {
    CAPTURE(before);
    const RevisionDiff diff = compare(std::string{"There the "} + before + " was seen.",
                                      std::string{"There the "} + after + " was seen.");
    CHECK(diff.change_class == ChangeClass::minor);
  }
}

TEST_CASE("a number or a day written otherwise is minor") {
  const std::pair<const char*, const char*> words[] = {
      {"one crane", "1 crane"},           {"the third crane", "the 3rd crane"},
      {"on March 3rd", "on March 3"},     {"for US$5m", "for $5m"},
      {"twenty-one cranes", "21 cranes"}, {"the twenty-first crane", "the 21st crane"},
      {"at 9 a.m.", "at 9:00 a.m."},      {"on 2026-03-05", "on March 5, 2026"},
  };
  for (const auto& [before, after] : words) {
    CAPTURE(before);
    const RevisionDiff diff = compare(std::string{"It came "} + before + " then.",
                                      std::string{"It came "} + after + " then.");
    CHECK(diff.change_class == ChangeClass::minor);
  }
  CHECK(compare("It has twenty-one cranes.", "It has thirty-one cranes.").change_class ==
        ChangeClass::substantive);
  CHECK(compare("It came on 2026-03-05.", "It came on March 6, 2026.").change_class ==
        ChangeClass::substantive);
}

TEST_CASE("what only looks different is no change") {
  CHECK(compare("It’s “ready”.", "It's \"ready\".").change_class == ChangeClass::no_change);
  CHECK(compare("One. Two.", "One.\n\nTwo.").change_class == ChangeClass::no_change);
  CHECK(compare("Four\u00A0sails.", "Four sails.").change_class == ChangeClass::no_change);
  CHECK(compare_revisions("", "").change_class == ChangeClass::no_change);
}

TEST_CASE("page furniture is no change") {
  const std::string before =
      "Skip to main content\n\nUpdated 5 minutes ago\n\n1,204 views · 18 shares\n\n" + opening +
      "Most read\n1. Storms ahead. Boats stay in.\n2. Bakery reopens\n\n"
      "© 2023 All rights reserved.";
  const std::string after =
      "Last updated 3 hours ago\n\n98,000 views · 2 comments\n\n"
      "Advertisement\n\n" +
      opening +
      "Related stories\n\nA new pier\n\nWhy gulls sing\n\n"
      "Sign up for our newsletter.\n\n© 2024 All rights reserved.";
  const RevisionDiff diff = compare_revisions(before, after);
  CHECK(diff.change_class == ChangeClass::no_change);
  CHECK(diff.changes.empty());
}

TEST_CASE("short lines of a table or list count, since they hold facts") {
  CHECK(compare("Lock | 30 days\n\nPier | 12 days", "Lock | 30 days\n\nPier | 14 days")
            .change_class == ChangeClass::substantive);
  CHECK(compare("Members\n\nAnna Berg", "Members\n\nAnna Berg\n\nOle Dahl").change_class ==
        ChangeClass::substantive);
}

TEST_CASE("a change is told in the words of both sides, names and figures whole") {
  struct Case {
    std::string before;
    std::string after;
    PassageChange change;
  };
  const Case cases[] = {
      {"The captain is John Fleming.",
       "The captain is John Finn.",
       {"John Fleming.", "John Finn."}},
      {"It costs $2 million now.", "It costs $9 million now.", {"$2 million", "$9 million"}},
      {"They will leave on September 29 at noon.",
       "They will leave on September 4 at noon.",
       {"September 29", "September 4"}},
      {"It is open.", "It is open to members.", {"", "to members."}},
      {"It was withdrawn by the board (Revoked) in May.",
       "It was withdrawn by the board in May.",
       {"(Revoked)", ""}},
  };
  for (const auto& [before, after, change] : cases) {
    CAPTURE(before);
    const RevisionDiff diff = compare(before, after);
    REQUIRE(diff.changes.size() == 1);
    CHECK(diff.changes[0].before == change.before);
    CHECK(diff.changes[0].after == change.after);
  }
}

TEST_CASE("a told change does not run on into the next paragraph") {
  const RevisionDiff diff = compare("It came on\n\n2026-03-05\n\nResidents cheered.",
                                    "It came on\n\n2026-03-08\n\nResidents cheered.");
  REQUIRE(diff.changes.size() == 1);
  CHECK(diff.changes[0].before == "2026-03-05");
  CHECK(diff.changes[0].after == "2026-03-08");
}

TEST_CASE("changes of two paragraphs are told as two, however short these are") {
  CHECK(compare("The pier is open.\n\nNow ships dock.", "The pier is shut.\n\nNow boats dock.")
            .changes.size() == 2);
}

TEST_CASE("figures weigh more than names, names more than other words, spelling nothing") {
  const RevisionDiff diff =
      compare("The comittee met. The pier is open. Then Ann Roe left. It has 12 cranes.",
              "The committee met. The pier is shut. Then Ann Poole left. It has 14 cranes.");
  REQUIRE(diff.changes.size() == 4);
  for (int weight = 0; weight < 4; ++weight) {
    CHECK(diff.changes[static_cast<std::size_t>(weight)].weight == weight);
  }
}

TEST_CASE("nothing changes from a text to itself") {
  const std::string text = opening + "Some words, 12 of them." + ending;
  CHECK(compare_revisions(text, text).changes.empty());
}

}  // namespace
}  // namespace stakeout
