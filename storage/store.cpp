#include "storage/store.h"

#include <string>
#include <system_error>
#include <utility>

#include <sqlite3.h>

#include "storage/alert_rows.h"
#include "storage/archive_rows.h"
#include "storage/article_rows.h"
#include "storage/connection.h"
#include "storage/correction_rows.h"
#include "storage/entity_rows.h"
#include "storage/feed_rows.h"
#include "storage/import_rows.h"
#include "storage/log_reader.h"
#include "storage/page_rows.h"
#include "storage/retention_rows.h"
#include "storage/search_index.h"
#include "storage/story_index.h"
#include "storage/story_rows.h"
#include "storage/subscription_rows.h"
#include "storage/upkeep_rows.h"

namespace stakeout {

struct Store::Impl {
  Impl(const std::filesystem::path& file, std::stop_token stop)
      : connection{file, Connection::Mode::write, std::move(stop)} {}

  Connection connection;
  StoryIndex stories{connection};
  SearchIndex search{connection};
};

namespace {

// While it lives, a lock of another program's is nothing to wait for.
class NoWaiting {
 public:
  explicit NoWaiting(Connection& connection) : connection_{connection} {
    connection_.wait_for_locks(false);
  }
  ~NoWaiting() { connection_.wait_for_locks(true); }
  NoWaiting(const NoWaiting&) = delete;
  NoWaiting& operator=(const NoWaiting&) = delete;

 private:
  Connection& connection_;
};

}  // namespace

Store::Store(const std::filesystem::path& file, std::stop_token stop)
    : impl_{std::make_unique<Impl>(file, std::move(stop))} {}

Store::~Store() {
  checkpoint();
}

void Store::together(const std::function<void()>& work) {
  impl_->search.write(work);
}

void Store::sync_entities(const std::vector<Entity>& entities, Timestamp) {
  impl_->connection.write([&] { sync_entity_rows(impl_->connection, entities); });
}

void Store::sync_feeds(const std::vector<FeedListing>& feeds, Timestamp now) {
  impl_->connection.write([&] { sync_feed_rows(impl_->connection, feeds, now); });
}

std::vector<FeedState> Store::feeds_due(Timestamp now, bool ignore_interval) {
  return impl_->connection.translated(
      [&] { return due_feed_rows(impl_->connection, now, ignore_interval); });
}

std::optional<Timestamp> Store::next_due(Timestamp since) {
  return impl_->connection.translated([&]() -> std::optional<Timestamp> {
    Query q{impl_->connection,
            "SELECT min(at) FROM (SELECT min(due_at) AS at FROM feeds INDEXED BY feeds_due "
            "WHERE listed AND status <> 'gone' AND due_at >= ?1 UNION ALL "
            "SELECT min(next_fetch_at) FROM articles WHERE next_fetch_at >= ?1)",
            since};
    return q.next() ? q.maybe_time(0) : std::nullopt;
  });
}

FeedCounts Store::feed_counts(Timestamp now) {
  return impl_->connection.translated([&] { return count_feed_rows(impl_->connection, now); });
}

std::size_t Store::mend_plans(Timestamp now) {
  return impl_->connection.write([&] {
    return mend_feed_rows(impl_->connection, now) + mend_page_rows(impl_->connection, now);
  });
}

SavedFeed Store::save_feed(const FeedUpdate& update, Timestamp now) {
  return impl_->connection.write([&] { return save_feed_rows(impl_->connection, update, now); });
}

void Store::save_feed_lesson(const FeedLesson& lesson, Timestamp now) {
  impl_->connection.write([&] { save_feed_lesson_rows(impl_->connection, lesson, now); });
}

void Store::plan_feed(std::int64_t feed_id, const FeedPlan& plan, bool asked_listed,
                      Timestamp now) {
  impl_->connection.write(
      [&] { plan_feed_row(impl_->connection, feed_id, plan, asked_listed, now); });
}

void Store::save_feed_not_modified(const FeedNotModified& answer, Timestamp now) {
  impl_->connection.write([&] { save_feed_not_modified_rows(impl_->connection, answer, now); });
}

void Store::save_feed_failure(const FeedFailure& failure, Timestamp now) {
  impl_->connection.write([&] { save_feed_failure_rows(impl_->connection, failure, now); });
}

void Store::postpone_feed(std::int64_t feed_id, Timestamp until) {
  impl_->connection.write([&] { postpone_feed_row(impl_->connection, feed_id, until); });
}

std::optional<Timestamp> Store::postpone_page(std::int64_t article_id, Timestamp until,
                                              bool is_hosts_wish, Timestamp now) {
  return impl_->connection.write(
      [&] { return postpone_page_row(impl_->connection, article_id, until, is_hosts_wish, now); });
}

void Store::close_page_job(std::int64_t article_id, std::int64_t wakes, Timestamp now) {
  impl_->connection.write([&] { close_page_job_row(impl_->connection, article_id, wakes, now); });
}

std::vector<PendingPage> Store::pages_pending(Timestamp now, std::size_t limit, PagePlace after) {
  return impl_->connection.translated(
      [&] { return pending_page_rows(impl_->connection, now, limit, after); });
}

Entry Store::page_entry(std::int64_t article_id) {
  return impl_->connection.translated(
      [&] { return page_entry_row(impl_->connection, article_id); });
}

void Store::save_page_failure(const PageFailure& failure, Timestamp now) {
  impl_->connection.write([&] { save_page_failure_rows(impl_->connection, failure, now); });
}

void Store::save_page_unchanged(std::int64_t article_id, std::optional<Timestamp> revisit_at,
                                Timestamp now) {
  impl_->connection.write(
      [&] { save_page_unchanged_rows(impl_->connection, article_id, revisit_at, now); });
}

std::int64_t Store::add_page(const std::string& url, const std::string& canonical_url,
                             Timestamp now) {
  return impl_->connection.write([&] {
    return page_row(impl_->connection, url, canonical_url, std::nullopt, now).article_id;
  });
}

std::vector<StoryCandidate> Store::story_candidates(const StoryQuery& query) {
  return impl_->connection.translated(
      [&] { return story_candidate_rows(impl_->connection, impl_->stories, query); });
}

std::vector<std::string> Store::host_digests(std::uint64_t host_hash, std::int64_t but_article,
                                             std::size_t limit, FingerprintDigest digest) {
  return impl_->connection.translated([&] {
    return host_digest_rows(impl_->connection, impl_->stories, host_hash, but_article, limit,
                            digest);
  });
}

std::vector<std::string> Store::neighbour_fingerprints(std::int64_t article_id,
                                                       std::uint64_t host_hash, std::size_t limit) {
  return impl_->connection.translated(
      [&] { return neighbour_fingerprint_rows(impl_->connection, article_id, host_hash, limit); });
}

std::vector<std::int64_t> Store::neighbours_with(std::int64_t article_id, std::size_t limit,
                                                 const std::string& words) {
  return impl_->connection.translated(
      [&] { return neighbour_rows_with(impl_->connection, article_id, limit, words); });
}

std::optional<StoredText> Store::latest_text(std::int64_t article_id) {
  return impl_->connection.translated(
      [&] { return latest_text_row(impl_->connection, article_id); });
}

SavedArticle Store::save_article(const ArticleRecord& record, Timestamp now) {
  return impl_->search.write([&] {
    return save_article_rows(impl_->connection, impl_->stories, impl_->search, record, now);
  });
}

std::vector<StoredText> Store::texts(std::size_t articles, std::int64_t after_article) {
  return impl_->connection.translated(
      [&] { return text_rows(impl_->connection, articles, after_article); });
}

std::optional<StoredText> Store::text(std::int64_t revision_id) {
  return impl_->connection.translated([&] { return text_row(impl_->connection, revision_id); });
}

std::optional<AlertCount> Store::save_reading(const StoredText& read, const TextReading& reading,
                                              bool quiet, Timestamp now) {
  return impl_->search.write([&] {
    return save_reading_rows(impl_->connection, impl_->search, read, reading, quiet, now);
  });
}

void Store::pare_text(const StoredText& before, const TextReading& reading, Timestamp now) {
  impl_->search.write(
      [&] { pare_text_rows(impl_->connection, impl_->search, before, reading, now); });
}

std::int64_t Store::last_alert() {
  return impl_->connection.translated(
      [&] { return find_integer(impl_->connection, "SELECT max(id) FROM alerts").value_or(0); });
}

AlertTally Store::alerts_after(std::int64_t id) {
  return impl_->connection.translated(
      [&] { return stakeout::alerts_after(impl_->connection, id); });
}

bool Store::reject_claim(std::int64_t claim_id, const std::string& why, Timestamp now) {
  return impl_->connection.write(
      [&] { return reject_claim_row(impl_->connection, claim_id, why, now); });
}

bool Store::reject_mention(std::int64_t mention_id, const std::string& why, Timestamp now) {
  return impl_->connection.write(
      [&] { return reject_mention_row(impl_->connection, mention_id, why, now); });
}

bool Store::reject_join(std::int64_t article_id, const std::string& why, Timestamp now) {
  return impl_->connection.write(
      [&] { return reject_join_row(impl_->connection, article_id, why, now); });
}

bool Store::restore_claim(std::int64_t claim_id, Timestamp now) {
  return impl_->connection.write(
      [&] { return restore_claim_row(impl_->connection, claim_id, now); });
}

bool Store::restore_mention(std::int64_t mention_id, Timestamp now) {
  return impl_->connection.write(
      [&] { return restore_mention_row(impl_->connection, mention_id, now); });
}

bool Store::restore_join(std::int64_t article_id, Timestamp now) {
  return impl_->connection.write(
      [&] { return restore_join_row(impl_->connection, article_id, now); });
}

bool Store::merge_contracts(std::int64_t keep, std::int64_t other, Timestamp now) {
  return impl_->connection.write(
      [&] { return merge_contract_rows(impl_->connection, keep, other, now); });
}

bool Store::split_claim(std::int64_t claim_id, Timestamp now) {
  return impl_->connection.write([&] { return split_claim_row(impl_->connection, claim_id, now); });
}

void Store::save_archive_row(const ArchiveRow& row) {
  impl_->connection.write([&] { insert_archive_row(impl_->connection, row); });
}

std::optional<ArchivedResponse> Store::archived_payload(const std::string& sha256) {
  return impl_->connection.translated(
      [&] { return archived_payload_row(impl_->connection, sha256); });
}

std::optional<ArchivedResponse> Store::archived_page(std::int64_t article_id) {
  return impl_->connection.translated(
      [&] { return archived_page_row(impl_->connection, article_id); });
}

std::uint64_t Store::archive_end(const std::string& file) {
  return impl_->connection.translated([&] { return archive_end_row(impl_->connection, file); });
}

std::vector<ImportPosition> Store::import_positions() {
  return impl_->connection.translated([&] { return import_position_rows(impl_->connection); });
}

void Store::save_import_position(const ImportPosition& position, Timestamp now) {
  impl_->connection.write([&] { save_import_position_row(impl_->connection, position, now); });
}

std::optional<Timestamp> Store::page_had_at(const std::string& canonical_url) {
  return impl_->connection.translated(
      [&] { return page_had_at_row(impl_->connection, canonical_url); });
}

void Store::sync_subscriptions(const std::vector<Subscription>& wanted) {
  impl_->connection.write([&] { sync_subscription_rows(impl_->connection, wanted); });
}

void Store::checkpoint() noexcept {
  // TRUNCATE waits for readers as long as the busy handler lets it, so there is none meanwhile.
  const NoWaiting at_once{impl_->connection};
  sqlite3_wal_checkpoint_v2(impl_->connection.database().getHandle(), "main",
                            SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

LogState Store::log_state() {
  const std::filesystem::path& file = impl_->connection.file();
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(file.string() + "-wal", error);
  return {error ? 0 : static_cast<std::int64_t>(bytes), log_reader(file)};
}

void Store::check_writable() {
  // Setting the version writes the first page of the file, even to what it is.
  impl_->connection.write([&] {
    SQLite::Database& database = impl_->connection.database();
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    database.exec("PRAGMA user_version = " + std::to_string(version));
  });
}

std::optional<Timestamp> Store::last_work() {
  return impl_->connection.translated([&] { return stakeout::last_work(impl_->connection); });
}

DropStep Store::drop_old(const RetentionLimits& limits, std::int64_t after, Timestamp now) {
  const NoWaiting at_once{impl_->connection};
  return impl_->search.write(
      [&] { return drop_old_rows(impl_->connection, impl_->search, limits, after, now); });
}

std::vector<std::string> Store::tables_to_analyze() {
  const NoWaiting at_once{impl_->connection};
  return impl_->connection.translated([&] { return countable_tables(impl_->connection); });
}

void Store::analyze(const std::string& table) {
  const NoWaiting at_once{impl_->connection};
  impl_->connection.translated([&] { analyze_table(impl_->connection, table); });
}

bool Store::merge_search_index() {
  const NoWaiting at_once{impl_->connection};
  return impl_->connection.write([&] { return merge_search_rows(impl_->connection); });
}

bool Store::give_back_pages() {
  const NoWaiting at_once{impl_->connection};
  return impl_->connection.write([&] { return give_back_free_pages(impl_->connection); });
}

}  // namespace stakeout
