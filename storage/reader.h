#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "extractors/values/entity.h"
#include "extractors/values/money.h"
#include "extractors/values/timestamp.h"
#include "storage/database.h"
#include "storage/records.h"
#include "storage/retention.h"

namespace stakeout {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

// Rows as they come out of the database: NULL is std::monostate, a blob is hex digits.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
};

// Which rows of a listing are wanted. What is empty lets everything through; what a listing has no
// column for does not narrow it.
struct Filter {
  std::string vendor;                      // the name, whole, in any case
  std::string agency;                      // the same; bodies below it count as well
  std::string category;                    // of the vendor or agency
  std::string since;                       // RFC 3339 instant or date, inclusive
  std::string until;                       // inclusive; a date covers its whole day
  std::optional<std::int64_t> min_amount;  // thousandths of a major unit
  std::string currency;  // of amounts; empty: any, but USD where there is a min_amount
  std::string status;
  std::string tag;  // of the feed
  // Of alerts:
  std::string kind;   // a word of AlertKind
  bool past = false;  // those that nobody is told of
  std::size_t limit = 100;
};

// One part of what is known about a thing: "mentions", with its rows.
struct Section {
  std::string title;
  Table table;
};

using TakeRow = std::function<void(const std::vector<Cell>& row)>;

// The database, for reading: works while the service runs and when it is stopped, and never blocks
// it. For one thread at a time. Every method throws StorageError.
class Reader {
 public:
  // Opens a file that exists; it is never changed.
  explicit Reader(const std::filesystem::path& file);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // ---- Listings, the latest first
  [[nodiscard]] Table mentions(const Filter& filter);
  [[nodiscard]] Table contracts(const Filter& filter);
  [[nodiscard]] Table stories(const Filter& filter);
  [[nodiscard]] Table changes(const Filter& filter);  // of contracts and of articles
  [[nodiscard]] Table alerts(const Filter& filter);
  [[nodiscard]] Table feeds(const Filter& filter);
  [[nodiscard]] Table entities(const Filter& filter);

  // Full text in FTS5's syntax, best match first; `snippet` has the words found between [ and ].
  // StorageFault::bad_query says what is wrong with the words.
  [[nodiscard]] Table search(const std::string& query, const Filter& filter);

  // The alerts that wait for a recipient, in a message or not, in the order in which they were
  // raised; with `since` those raised since then that he waits for or was sent. Without those that
  // are muted by now, unless they are in a message.
  [[nodiscard]] std::vector<std::int64_t> alerts_for(const Recipient& to, const Mutes& mutes,
                                                     std::optional<Timestamp> since = {});

  // ---- Everything known about one; empty when there is no such id
  [[nodiscard]] std::vector<Section> show_article(std::int64_t id);
  [[nodiscard]] std::vector<Section> show_contract(std::int64_t id);
  [[nodiscard]] std::vector<Section> show_story(std::int64_t id);
  [[nodiscard]] std::vector<Section> show_entity(std::int64_t id);
  // What the articles on a contract state otherwise than each other (contradictions.h): field,
  // value, articles, outlets, counts, in this order. A section of show_contract(), too.
  [[nodiscard]] Table contradictions(std::int64_t contract_id);

  // As Store::last_work().
  [[nodiscard]] std::optional<Timestamp> last_work();
  // What these limits would have dropped (Store::drop_old()). Goes through all articles.
  [[nodiscard]] Dropped droppable(const RetentionLimits& limits);

  // Those of a watchlist that it has otherwise than when the store was last told of it, or had not:
  // what is stored was not read with their names, aliases and context words.
  [[nodiscard]] std::vector<Entity> edited(const std::vector<Entity>& watchlist);

  // One statement that only reads. bad_query: SQL that is off, writes, or is more than one
  // statement; interrupted: it took longer than `time_limit`.
  [[nodiscard]] Table query(std::string_view sql, std::chrono::milliseconds time_limit);
  // The same, for the program's own statements: `values` are bound to ?1, ?2, ...
  [[nodiscard]] Table rows(std::string_view sql, const std::vector<Cell>& values = {});
  // A row at a time, for results of any size. `take` may ask this reader for other rows.
  void each_row(std::string_view sql, const std::vector<Cell>& values, const TakeRow& take);
  [[nodiscard]] std::vector<std::string> columns_of(std::string_view sql);

  // Whatever `read` reads is of one moment, whoever writes meanwhile.
  void at_one_moment(const std::function<void()>& read);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
