#include "app/commands/feeds_now.h"

#include <doctest/doctest.h>

#include "app/output.h"
#include "storage/store.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

const Timestamp monday = make_timestamp(2024, 10, 7, 6);

// "1 ok listed https://...", a line each.
std::string summary(const Table& table) {
  const auto text = [&](const std::vector<Cell>& row, std::string_view column) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (table.columns[i] == column) return cell_text(row[i]);
    }
    return std::string{"?"};
  };
  std::string out;
  for (const auto& row : table.rows) {
    out += text(row, "id") + " " + text(row, "status") + " " + text(row, "listed") + " " +
           text(row, "url") + " " + text(row, "tags") + "\n";
  }
  return out;
}

// a and b were polled, c left the list before the last crawl.
Table known_feeds(const std::filesystem::path& file) {
  Store store{file};
  store.sync_feeds({{"https://a.example/", "", {"x"}},
                    {"https://b.example/", "", {}},
                    {"https://c.example/", "", {"x"}}},
                   monday);
  for (const FeedState& feed : store.feeds_due(monday)) {
    FeedUpdate update;
    update.feed_id = feed.id;
    store.save_feed(update, monday);
  }
  store.sync_feeds({{"https://a.example/", "", {"x"}}, {"https://b.example/", "", {}}}, monday);
  return Reader{file}.feeds({});
}

}  // namespace

TEST_CASE("the list decides which feeds there are, the database how they are") {
  const TemporaryFolder folder;
  const Table known = known_feeds(folder.file());
  const FeedList list = parse_feed_list(
      "https://n.example/ x \"y y\"\nhttps://c.example/ z\nhttps://a.example/ x\n", "f");
  Table all = feeds_now(known, list, "", "");
  CHECK(summary(all) ==
        "1 ok 1 https://a.example/ x\n3 new 1 https://c.example/ z\n"
        " new 1 https://n.example/ x,y y\n2 ok 0 https://b.example/ \n");
  CHECK(remove_unlisted(all) == 1);
  CHECK(all.rows.size() == 3);
  CHECK(summary(feeds_now(known, list, "new", "")) ==
        "3 new 1 https://c.example/ z\n new 1 https://n.example/ x,y y\n");
  CHECK(summary(feeds_now(known, list, "", "x")) ==
        "1 ok 1 https://a.example/ x\n new 1 https://n.example/ x,y y\n");
  CHECK(feeds_now(known, list, "", "y").rows.empty());
}

TEST_CASE("without a database the columns are those of the view") {
  const TemporaryFolder folder;
  CHECK(no_feeds().columns == known_feeds(folder.file()).columns);
  CHECK(summary(feeds_now(no_feeds(), parse_feed_list("https://n.example/\n", "f"), "", "")) ==
        " new 1 https://n.example/ \n");
}

}  // namespace stakeout
