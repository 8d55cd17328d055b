#include "app/reprocess_hint.h"

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
namespace {

Watchlist watchlist_of(const std::string& lines) {
  return Watchlist{
      parse_watchlist("kind,name,category,aliases,country,parent,context,wikidata\n" + lines,
                      "names.csv")
          .entities};
}

}  // namespace

TEST_CASE("a name that comes on the watchlist is told once, with the stored articles it is in") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "stakeout.db";
  const Watchlist before = watchlist_of("vendor,Glasshouse Systems,,,,,,\n");
  const Watchlist after = watchlist_of(
      "vendor,Glasshouse Systems,,,,,,\nvendor,Ferry Optics,,Ferry Cameras,,,,\n"
      "vendor,Nobody At All,,,,,,\n");
  CHECK(reprocess_hint(file, after).empty());
  Store store{file};
  store.sync_entities(before.entities(), sample::monday);
  CHECK(reprocess_hint(file, after).empty());
  for (const char* text : {"Ferry Optics sold cameras.", "Ferry Cameras are sold.", "A boat."}) {
    store.save_article(sample::article(sample::add_page(store, text), text, "2024-10-07"),
                       sample::monday);
  }
  CHECK(reprocess_hint(file, before).empty());
  CHECK(reprocess_hint(file, after) ==
        "2 names of the watchlist are new or have other aliases, and 2 stored articles have such "
        "words; read them again with: stakeout reprocess");
  store.sync_entities(after.entities(), sample::monday);
  CHECK(reprocess_hint(file, after).empty());
}

TEST_CASE("an alias that is added or taken away is an edit, another category is none") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "stakeout.db";
  Store store{file};
  store.sync_entities(watchlist_of("vendor,Ferry Optics,,,,,,\n").entities(), sample::monday);
  const char* const text = "Ferry Cameras are sold.";
  store.save_article(sample::article(sample::add_page(store, text), text, "2024-10-07"),
                     sample::monday);
  CHECK(reprocess_hint(file, watchlist_of("vendor,Ferry Optics,biometrics,,us,,,\n")).empty());
  CHECK(reprocess_hint(file, watchlist_of("vendor,Ferry Optics,,Ferry Cameras,,,,\n"))
            .starts_with("1 name of the watchlist is new or has other aliases, and 1 stored "
                         "article has its words"));
}

}  // namespace stakeout
