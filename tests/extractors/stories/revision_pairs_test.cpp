#include <string>

#include <doctest/doctest.h>

#include "extractors/stories/revisions.h"

// Two fetches of whole pages, as news sites change them: what stands around the article, and the
// article itself, in several languages.

namespace stakeout {
namespace {

const std::string report =
    "The ferry company ordered a ship on Thursday.\n\n"
    "It will cost 48.5 million kroner and carry 120 cars, said Marit Osterhaug, who chairs it.\n\n"
    "The old ship failed three inspections and was out of service for 11 days in spring.";

ChangeClass class_of(const std::string& before, const std::string& after) {
  return compare_revisions(before, after).change_class;
}

struct Pair {
  std::string before;
  std::string after;
};

TEST_CASE("what stands around an article may change in any language") {
  const Pair pairs[] = {
      {"Home > News > Regions", "Home > News > Harbours"},
      {"Home News Sport Business", "Home News Sport Weather"},
      {"Share Save", "Share Save Print"},
      {"18 March 2025, 09:12 GMT", "18 March 2025, 09:12 GMT · Updated 4 hours ago"},
      {"12 marzo 2025 - 18:04", "12 marzo 2025 - 18:04, aggiornato alle 21:30"},
      {"Stand: 14.05.2024, 18:12 Uhr", "Stand: 15.05.2024, 07:40 Uhr"},
      {"Publié le 12 mai à 10h04", "Publié le 12 mai à 10h04, mis à jour à 16h31"},
      {"Actualizado hace 2 horas", "Actualizado hace 5 horas"},
      {"Просмотров: 312", "Просмотров: 1 540"},
      {"عدد المشاهدات: 210", "عدد المشاهدات: 965"},
      {"Komentarze (3)", "Komentarze (27)"},
      {"Advertisement", "Sponsored: Paint your boat now"},
      {"Tags: ships", "Tags: ships, harbours"},
      {"", "Get five stories a day in your inbox. Enter your email address."},
      {"Breaking: storm closes the airport", ""},
      {"Publicerad 09:14", "Publicerad 09:14 Uppdaterad 11:40"},
      {"", "You have read 3 of 5 free articles this month."},
      {"Gift this article", ""},
      {"Page last reviewed: September 5, 2024", "Page last reviewed: September 9, 2024"},
  };
  for (const Pair& pair : pairs) {
    const std::string& before = pair.before;
    const std::string& after = pair.after;
    CAPTURE(before);
    CAPTURE(after);
    const std::string old_page = before + "\n\n" + report;
    const std::string new_page = after + "\n\n" + report;
    CHECK(class_of(old_page, new_page) == ChangeClass::no_change);
  }
}

TEST_CASE("lists of other articles may change in any language") {
  for (const char* const heading :
       {"Most read", "You might also be interested in", "Mehr zum Thema", "Lo más leído",
        "À lire aussi", "Leggi anche", "Meest gelezen", "Czytaj także", "Читайте также",
        "Читайте також", "اقرأ أيضا"}) {
    CAPTURE(heading);
    const std::string page = report + "\n\n" + heading + "\n\n";
    CHECK(class_of(page + "Bakery opens 3 shops", page + "Gulls, 40 of them, on strike") ==
          ChangeClass::no_change);
  }
}

TEST_CASE("what readers write is no change") {
  const std::string before = report + "\n\n1 Comment\n\nRuth: I liked the old ship\n\nReply";
  const std::string after = report +
                            "\n\n2 Comments\n\nRuth: I liked the old ship\n\nReply\n\n"
                            "Old_Sailor: 120 cars will never do\n\nLike · Reply (4) · Report";
  CHECK(class_of(before, after) == ChangeClass::no_change);
}

TEST_CASE("a count of comments above the article hides nothing of it") {
  const std::string page = "57 comments\n\n" + report + "\n\nReply";
  CHECK(class_of(page, page + "\n\nThe price rose to 50 million.") == ChangeClass::substantive);
}

TEST_CASE("an article that was shut away has not changed; one that was opened has") {
  const std::string stub =
      "The ferry company ordered a ship on Thursday.\n\n"
      "Subscribe to continue reading\n\nAlready a subscriber? Log in";
  CHECK(class_of(report, stub) == ChangeClass::no_change);
  CHECK(class_of(stub, report) == ChangeClass::substantive);
  CHECK(class_of(report, "The ferry company ordered a ship on Thursday.") ==
        ChangeClass::substantive);
}

TEST_CASE("sentences that begin like furniture are the article's") {
  const Pair pairs[] = {
      {"Search teams found three survivors.", "Search teams found five survivors."},
      {"Advertisement sales fell by 4 percent.", "Advertisement sales fell by 9 percent."},
      {"Share prices fell 4 percent", "Share prices fell 9 percent"},
      {"Published in 2019, the plan named 14 yards.",
       "Published in 2019, the plan named 41 yards."},
      {"Subscribers pay 5 euros.", "Subscribers pay 9 euros."},
  };
  for (const Pair& pair : pairs) {
    const std::string& before = pair.before;
    const std::string& after = pair.after;
    CAPTURE(before);
    CHECK(class_of(report + "\n\n" + before, report + "\n\n" + after) == ChangeClass::substantive);
  }
}

TEST_CASE("a line that says something is the article's, however it begins") {
  const Pair pairs[] = {
      {"Breaking: the yard signs for the ship", "Breaking: the yard gives up the ship"},
      {"", "Updated March 9: the ferry company has cancelled its order with the yard"},
      {"Modified price of the ship: 48.5 million", "Modified price of the ship: 52 million"},
      {"Published accounts show that it paid 2 million", "Published accounts show that it paid 9"},
      {"Date: 18 March 2026, town hall", "Date: 25 March 2026, town hall"},
      {"Sponsored by two members, the ban failed", "Sponsored by two members, the ban passed"},
      {"Watch: Council buys Osterhaug ship", "Watch: Council sells Osterhaug ship"},
      {"Read more meters: the port doubled its order to 200",
       "Read more meters: the port doubled its order to 900"},
      {"Open", "Closed"},
      {"Votes: 7:2", "Votes: 2:7"},
      {"Thieves who broke in have your email address, and the port kept the contract.",
       "Thieves who broke in have your email address, and the port ended the contract."},
      {"\"They read our journalism,\" said the editor whom Arb spied on.",
       "\"They read our journalism,\" said the editor whom Qex spied on."},
      {"Captains who have a tip pay nothing; the port pays 2 million a year for it.",
       "Captains who have a tip pay nothing; the port pays 3 million a year for it."},
  };
  for (const Pair& pair : pairs) {
    const std::string& before = pair.before;
    const std::string& after = pair.after;
    CAPTURE(after);
    CHECK(class_of(report + "\n\n" + before, report + "\n\n" + after) == ChangeClass::substantive);
  }
}

TEST_CASE("a paragraph behind a heading of lists is the article's") {
  for (const char* const between : {"\n", "\n\n", "\n\nA new pier\n\n"}) {
    CAPTURE(between);
    const std::string page = report + "\n\nLatest" + between;
    CHECK(class_of(page, page + "The order was cancelled on Friday, the yard said.") ==
          ChangeClass::substantive);
    CHECK(
        class_of(page, page + "“The order was cancelled on Friday,” the yard said, “for good.”") ==
        ChangeClass::substantive);
    CHECK(class_of(page, page + "15 captains have cancelled their orders.") ==
          ChangeClass::substantive);
  }
}

TEST_CASE("words of a paywall in a sentence do not excuse what is missing") {
  const std::string stub =
      "The ferry company ordered a ship on Thursday.\n\n"
      "Captains say that they need lamps to keep reading the charts at night.";
  CHECK(class_of(report, stub) == ChangeClass::substantive);
}

TEST_CASE("notes about the page itself are no change") {
  for (const char* const note :
       {"This story was first published on March 2, 2026.", "Reading time: 4 minutes",
        "This article was amended on 3 March 2026 to correct a name.", "Story continues below",
        "Published 3 March 2026 by Ruth Moss"}) {
    CAPTURE(note);
    CHECK(class_of(report, report + "\n\n" + note) == ChangeClass::no_change);
  }
}

TEST_CASE("how lists and tables are set is no change") {
  CHECK(class_of("Cut:\n\nthe night bus\n\nthe library van",
                 "Cut:\n\n• the night bus\n\n• the library van") == ChangeClass::no_change);
  CHECK(class_of("| 2023 | 410 |\n| 2024 | 900 |", "2023 | 410\n2024 | 900") ==
        ChangeClass::no_change);
}

TEST_CASE("the same said otherwise is minor") {
  const Pair pairs[] = {
      {"It costs $12,480,000 in all.", "It costs $12.48 million in all."},
      {"It costs more than £6 million.", "It costs over £6m."},
      {"It pays 40 percent of it.", "It pays 40% of it."},
      {"It costs 5 million dollars.", "It costs $5 million."},
      {"They met Marit Osterhaug there.", "They met Marit Østerhaug there."},
      {"Leía matrículas ayer.", "Leía matriculas ayer."},
      {"The town gets a ship after years of waiting",
       "After years of waiting, the town gets a ship"},
  };
  for (const Pair& pair : pairs) {
    const std::string& before = pair.before;
    const std::string& after = pair.after;
    CAPTURE(before);
    CHECK(class_of(before, after) == ChangeClass::minor);
  }
}

TEST_CASE("paragraphs that change places are minor") {
  const std::string yard = "The yard in Tonsvik employs 340 people and has built for Denmark.";
  const std::string bridge = "A bridge would have cost about four times as much, a study found.";
  const std::string vote = "The council approved it by 21 votes to 14.";
  const std::string gap = "\n\n";
  CHECK(class_of(yard + gap + vote + gap + bridge, vote + gap + bridge + gap + yard) ==
        ChangeClass::minor);
  CHECK(class_of(yard + gap + vote + gap + bridge, bridge + gap + vote + gap + yard) ==
        ChangeClass::minor);
  CHECK(class_of("Red beat Blue in the final.", "Blue beat Red in the final.") ==
        ChangeClass::substantive);
  CHECK(class_of("Smith was jailed for two years. Jones was fined.",
                 "Smith was jailed. Jones was fined for two years.") == ChangeClass::substantive);
}

TEST_CASE("facts that change are substantive in any language") {
  const Pair pairs[] = {
      {"Es kostet 23,4 Millionen Euro.", "Es kostet 32,4 Millionen Euro."},
      {"Der Bau beginnt im Juni.", "Der Bau beginnt im Juli."},
      {"Der Bau ist möglich.", "Der Bau ist unmöglich."},
      {"Der Rat stimmte zu.", "Der Rat stimmte nicht zu."},
      {"La obra empieza en junio.", "La obra empieza en julio."},
      {"I lavori dureranno sessanta mesi.", "I lavori dureranno settanta mesi."},
      {"Les juges ont salué le projet.", "Les juges ont critiqué le projet."},
      {"Sąd orzekł w środę.", "Sąd orzekł w czwartek."},
      {"Машины передадут в июне.", "Машины передадут в июле."},
      {"العقد بقيمة 32 مليون دولار.", "العقد بقيمة 23 مليون دولار."},
      {"It costs 5 million dollars.", "It costs 5 million euros."},
      {"It costs $1.2 million.", "It costs $12 million."},
      {"It costs 3.500 kroner.", "It costs 3.5 kroner."},
  };
  for (const Pair& pair : pairs) {
    const std::string& before = pair.before;
    const std::string& after = pair.after;
    CAPTURE(before);
    CHECK(class_of(before, after) == ChangeClass::substantive);
    CHECK(class_of(after, before) == ChangeClass::substantive);
  }
}

TEST_CASE("changes of one sentence that few words part are told as one") {
  struct Case {
    std::string before;
    std::string after;
    PassageChange change;
  };
  const Case cases[] = {
      {"The rule remains under review and has not yet taken effect anywhere.",
       "The rule has cleared review and taken effect anywhere.",
       {"remains under review and has not yet taken effect",
        "has cleared review and taken effect"}},
      {"The authority said that it would appeal the order.",
       "The authority said that it would not appeal the order.",
       {"appeal", "not appeal"}},
  };
  for (const Case& told : cases) {
    CAPTURE(told.before);
    const RevisionDiff diff = compare_revisions(told.before, told.after);
    REQUIRE(diff.changes.size() == 1);
    CHECK(diff.changes[0].before == told.change.before);
    CHECK(diff.changes[0].after == told.change.after);
  }
}

TEST_CASE("changes of two sentences are told as two") {
  CHECK(compare_revisions("It has 12 cars. Ann Roe left.", "It has 14 cars. Ann Poole left.")
            .changes.size() == 2);
}

}  // namespace
}  // namespace stakeout
