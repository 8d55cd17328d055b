// What v_contract_events says of the words behind each event, for texts that the program's own
// extractors have read.
#include <doctest/doctest.h>

#include "app/crawl/extraction.h"
#include "tests/storage/sample.h"

namespace stakeout {
namespace {

constexpr const char* names =
    "kind,name,category,aliases,country,parent,context,wikidata\n"
    "vendor,Glasshouse Systems,spyware,,,,,\nagency,Quay Bureau,police,,,,,\n";

using sample::Lines;

// The events of one database after these articles, the day of publication before each.
Lines events_after(const std::vector<std::pair<const char*, const char*>>& articles,
                   const std::string& columns) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "stakeout.db";
  {
    const Watchlist watchlist{parse_watchlist(names, "names.csv").entities};
    const MentionFinder finder{watchlist};
    Store store{file};
    store.sync_entities(watchlist.entities(), sample::monday);
    for (const auto& [day, text] : articles) {
      ArticleRecord record = sample::article(sample::add_page(store, text), text, day);
      record.facts = extract_stored(text, day, finder);
      store.save_article(record, sample::monday);
    }
  }
  return sample::rows(file, "SELECT " + columns +
                                " FROM v_contract_events e JOIN v_revisions r ON r.article_id = "
                                "e.article_id ORDER BY e.position");
}

constexpr const char* signing =
    "Glasshouse Systems signed a $500,000 contract with the Quay Bureau on October 1.";
constexpr const char* course =
    "Glasshouse Systems has a $500,000 contract with the Quay Bureau. The bureau issued a "
    "stop-work "
    "order on October 8. On October 21 the bureau lifted the stop-work order.";

}  // namespace

TEST_CASE("each event has the sentence, the words and the rule that tell of it") {
  const Lines events = events_after({{"2024-10-02", signing}, {"2024-10-22", course}},
                                    "e.after || ': ' || e.quote, e.rule IS NOT NULL");
  CHECK(events == Lines{"signed: " + std::string{signing} + "|1",
                        "stop_work: The bureau issued a stop-work order on October 8.|1",
                        "resumed: On October 21 the bureau lifted the stop-work order.|1"});
}

TEST_CASE("the words of an event stand where its offsets say") {
  const Lines events =
      events_after({{"2024-10-02", signing}, {"2024-10-22", course}},
                   "substr(r.text, e.start + 1, e.\"end\" - e.start) = e.words, instr(e.quote, "
                   "e.words) > 0");
  CHECK(events == Lines{"1|1", "1|1", "1|1"});
}

TEST_CASE("a change of the sum has the sentence with the sum, not the first one of the claim") {
  const Lines events = events_after(
      {{"2024-10-02", signing},
       {"2024-10-22",
        "Glasshouse Systems signed a contract with the Quay Bureau on October 1. The contract was "
        "modified on October 20. The modification raised the value of the contract to $750,000."}},
      "e.field, e.words, e.quote");
  REQUIRE(events.size() == 3);
  CHECK(events[2] ==
        "amount|$750,000|The modification raised the value of the contract to $750,000.");
}

}  // namespace stakeout
