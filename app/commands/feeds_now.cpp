#include "app/commands/feeds_now.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "app/output.h"

namespace stakeout {
namespace {

using Row = std::vector<Cell>;

Cell& cell(const Table& table, Row& row, std::string_view column) {
  const auto at = std::ranges::find(table.columns, column) - table.columns.begin();
  return row.at(static_cast<std::size_t>(at));
}

bool is_listed(const Cell& listed) {
  const auto* number = std::get_if<std::int64_t>(&listed);
  return number != nullptr && *number != 0;
}

Cell joined_tags(std::vector<std::string> tags) {
  std::ranges::sort(tags);
  std::string text;
  for (const std::string& tag : tags) text += (text.empty() ? "" : ",") + tag;
  return text.empty() ? Cell{} : Cell{text};
}

// What the list says of a feed.
void follow(const Table& table, Row& row, const ListedFeed& feed) {
  cell(table, row, "listed") = std::int64_t{1};
  if (!feed.title.empty()) cell(table, row, "title") = feed.title;
  cell(table, row, "tags") = joined_tags(feed.tags);
}

// Of a feed that no crawl has heard of yet.
Row new_row(const Table& table, const ListedFeed& feed) {
  Row row(table.columns.size());
  cell(table, row, "url") = feed.url;
  cell(table, row, "status") = std::string{"new"};
  follow(table, row, feed);
  for (const std::string_view count :
       {"failures", "entries", "failed_polls", "failing_told", "missed_entries"})
    cell(table, row, count) = std::int64_t{0};
  return row;
}

// As the crawl does with a feed that comes back to the list.
void begin_anew(const Table& table, Row& row) {
  cell(table, row, "status") = std::string{"new"};
  for (const std::string_view count : {"failures", "failed_polls", "failing_told"})
    cell(table, row, count) = std::int64_t{0};
  for (const std::string_view told : {"last_error", "advice", "current_url", "next_fetch_at"})
    cell(table, row, told) = Cell{};
}

bool is_wanted(const Table& table, Row& row, const std::string& status, const std::string& tag) {
  const std::string tags = "," + cell_text(cell(table, row, "tags")) + ",";
  return (status.empty() || cell_text(cell(table, row, "status")) == status) &&
         (tag.empty() || tags.find("," + tag + ",") != std::string::npos);
}

}  // namespace

Table no_feeds() {
  Table table;
  table.columns = {"id",
                   "url",
                   "current_url",
                   "title",
                   "site",
                   "format",
                   "tags",
                   "status",
                   "last_fetched_at",
                   "last_success_at",
                   "last_error",
                   "failures",
                   "next_fetch_at",
                   "entries",
                   "listed",
                   "last_new_entry_at",
                   "status_since",
                   "failed_polls",
                   "failing_told",
                   "last_status",
                   "advice",
                   "usual_gap",
                   "newest_at",
                   "poll_interval",
                   "missed_entries",
                   "silent_since",
                   "notes"};
  return table;
}

Table feeds_now(Table known, const FeedList& list, const std::string& status,
                const std::string& tag) {
  std::unordered_map<std::string, const ListedFeed*> listed;
  for (const ListedFeed& feed : list.feeds) listed.emplace(feed.url, &feed);
  std::vector<Row> rows;
  for (Row& row : known.rows) {
    const auto on_list = listed.find(cell_text(cell(known, row, "url")));
    if (on_list != listed.end()) {
      if (!is_listed(cell(known, row, "listed"))) begin_anew(known, row);
      follow(known, row, *on_list->second);
      listed.erase(on_list);
    } else {
      cell(known, row, "listed") = std::int64_t{0};
    }
    rows.push_back(std::move(row));
  }
  for (const ListedFeed& feed : list.feeds) {
    if (listed.contains(feed.url)) rows.push_back(new_row(known, feed));
  }
  std::erase_if(rows, [&](Row& row) { return !is_wanted(known, row, status, tag); });
  std::stable_partition(rows.begin(), rows.end(),
                        [&](Row& row) { return is_listed(cell(known, row, "listed")); });
  known.rows = std::move(rows);
  return known;
}

std::size_t remove_unlisted(Table& feeds) {
  return std::erase_if(feeds.rows,
                       [&](Row& row) { return !is_listed(cell(feeds, row, "listed")); });
}

}  // namespace stakeout
