#include <doctest/doctest.h>

#include "storage/local_bodies.h"
#include "tests/storage/sample.h"

namespace stakeout {
namespace {

using sample::claim;
using sample::Lines;
using sample::monday;
using sample::rows;

struct NamedStore {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "stakeout.db";
  Store store{file};

  NamedStore() { store.sync_entities(sample::watchlist(), monday); }

  // An article on a deal of a vendor, read once more as if its name had become another.
  std::int64_t save(const std::string& vendor) {
    const Claim told = claim(vendor, "Quay Bureau");
    if (revision == 0) {
      store.save_article(
          sample::article(sample::add_page(store, "deal"), "a deal", "2024-10-07", {told}), monday);
      revision = std::stoll(rows(file, "SELECT max(id) FROM v_revisions").front());
    } else {
      Facts facts;
      facts.mentions = {sample::mention(EntityKind::vendor, vendor),
                        sample::mention(EntityKind::agency, "Quay Bureau")};
      facts.claims = {told};
      sample::save_facts(store, revision, facts, "2", monday, false);
    }
    return revision;
  }

  // The watchlist with Glasshouse Systems under another name.
  void rename(const std::string& name, std::vector<std::string> aliases) {
    auto names = sample::watchlist();
    names.front().name = name;
    names.front().aliases = std::move(aliases);
    store.sync_entities(names, monday);
  }

  [[nodiscard]] Lines names() const {
    return rows(file, "SELECT id, name, listed FROM v_entities WHERE kind = 'vendor' ORDER BY id");
  }

  std::int64_t revision = 0;
};

constexpr const char* all_alerts =
    "SELECT id, kind, entity_id FROM v_alerts UNION ALL SELECT id, kind, entity_id FROM "
    "v_quiet_alerts ORDER BY id";

}  // namespace

TEST_CASE("a vendor that is renamed and keeps its old name as an alias raises nothing anew") {
  NamedStore s;
  s.save("Glasshouse Systems");
  const Lines before = rows(s.file, all_alerts);
  REQUIRE(before.size() == 3);
  s.rename("Glasshouse Group", {"glasshouse systems"});
  CHECK(s.names() == Lines{"1|Glasshouse Group|1", "2|Lantern Works|1"});
  s.save("Glasshouse Group");
  CHECK(rows(s.file, all_alerts) == before);
  CHECK(rows(s.file, "SELECT id, vendor FROM v_contracts") == Lines{"1|Glasshouse Group"});
}

TEST_CASE("an alias that is the name of another entity of the watchlist takes nothing from it") {
  NamedStore s;
  s.rename("Glasshouse Group", {"Lantern Works"});
  CHECK(s.names() == Lines{"1|Glasshouse Systems|0", "2|Lantern Works|1", "6|Glasshouse Group|1"});
}

TEST_CASE("a name that was found by context is listed in its row under a better name") {
  NamedStore s;
  s.save("Orchard Group Ltd.");
  auto names = sample::watchlist();
  names.push_back(sample::vendor("Orchard Group"));
  names.back().aliases = {"Orchard Group Ltd."};
  s.store.sync_entities(names, monday);
  CHECK(s.names().back() == "6|Orchard Group|1");
}

TEST_CASE("a body of a city or county is known by its name") {
  using Names = std::vector<std::string>;
  const Names places = {"City of Lakewood", "City and County of Lakewood", "Lakewood",
                        "County of Lakewood"};
  CHECK(governments_of("Lakewood Police Department") == places);
  CHECK(governments_of("Lakewood Sheriff's Office") == places);
  CHECK(governments_of("Quay Bureau").empty());
  CHECK(governments_of(" Police Department").empty());
}

}  // namespace stakeout
