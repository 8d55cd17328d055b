#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "extractors/values/entity.h"
#include "extractors/values/timestamp.h"
#include "storage/database.h"
#include "storage/log_reader.h"
#include "storage/records.h"
#include "storage/retention.h"

namespace stakeout {

// The database, for writing, owned by the writer thread; within a program only an Outbox writes
// beside it. Every method that changes something is one transaction: it happens whole or, with a
// StorageError, not at all, and the Store can be used on. Saving the same thing twice changes
// nothing.
//
// The time is an argument. `now` is what goes into the `*_at` columns.
class Store {
 public:
  // Opens the file, makes it when there is none, and brings its schema up to date. The directory
  // has to exist. Once `stop` is requested, waits for other programs' locks end at once, as if
  // their time were up. Throws StorageError.
  explicit Store(const std::filesystem::path& file, std::stop_token stop = {});
  ~Store();  // writes the log back into the file when nobody reads
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Makes what `work` saves one transaction, so that a run of results which are at hand costs one
  // wait for the disk. When it throws, nothing of it has happened.
  void together(const std::function<void()>& work);

  // ---- What is looked for

  // The watchlist: categories, countries, parents. An entity that is no longer on it is kept,
  // unlisted.
  void sync_entities(const std::vector<Entity>& entities, Timestamp now);

  // The feed list. A feed that is no longer on it is kept and not asked again.
  void sync_feeds(const std::vector<FeedListing>& feeds, Timestamp now);

  // ---- Feeds

  // Listed feeds that are due, the longest overdue first. `ignore_interval` takes all but those
  // that are gone and those whose server asked to be left alone (FeedFailure::not_before).
  [[nodiscard]] std::vector<FeedState> feeds_due(Timestamp now, bool ignore_interval = false);
  // When the next feed or page is due, of those that are due at `since` or later; nullopt when
  // there is none.
  [[nodiscard]] std::optional<Timestamp> next_due(Timestamp since = {});
  [[nodiscard]] FeedCounts feed_counts(Timestamp now);
  // Feeds and pages that were put off while the clock was ahead become due: those that were asked
  // more than an hour from now, and feeds that would not be asked for more than 31 days. How many.
  std::size_t mend_plans(Timestamp now);

  // A feed's document. Follow it with save_feed_lesson() in the same together(): the feed is due
  // until then.
  SavedFeed save_feed(const FeedUpdate& update, Timestamp now);
  // Raises feed_silent once in a silence.
  void save_feed_lesson(const FeedLesson& lesson, Timestamp now);
  // The same.
  void save_feed_not_modified(const FeedNotModified& answer, Timestamp now);
  // Raises feed_failing once when failures add up, feed_gone once.
  void save_feed_failure(const FeedFailure& failure, Timestamp now);
  // The poll taught nothing of the feed; it comes again at `plan`. `asked_listed`: the address that
  // the list gives, of a feed that moved, did not serve.
  void plan_feed(std::int64_t feed_id, const FeedPlan& plan, bool asked_listed, Timestamp now);
  // Its host asked to be left alone; nothing was fetched, and nothing will be before `until`.
  void postpone_feed(std::int64_t feed_id, Timestamp until);

  // ---- Pages

  // Pages that are due, the longest overdue first; pass the place of the last one to go on.
  [[nodiscard]] std::vector<PendingPage> pages_pending(Timestamp now, std::size_t limit,
                                                       PagePlace after = {});
  // What the feeds say of a page, as in PendingPage.
  [[nodiscard]] Entry page_entry(std::int64_t article_id);
  // A page that is known to have no article. One that had text before raises article_gone once.
  void save_page_failure(const PageFailure& failure, Timestamp now);
  // A 304, or the same bytes as before.
  void save_page_unchanged(std::int64_t article_id, std::optional<Timestamp> revisit_at,
                           Timestamp now);
  // As postpone_feed(). Since when its host has put the page off, without an answer in between or a
  // day in which nobody asked; nothing when that was never its wish.
  std::optional<Timestamp> postpone_page(std::int64_t article_id, Timestamp until,
                                         bool is_hosts_wish, Timestamp now);
  // Follows what is stored of any answer: the page is put off no longer, and due again when an
  // entry of its has changed since it was pending with so many `wakes`.
  void close_page_job(std::int64_t article_id, std::int64_t wakes, Timestamp now);
  // An article that no feed pointed to (back-fill). The id of the known one when there is one.
  std::int64_t add_page(const std::string& url, const std::string& canonical_url, Timestamp now);

  // ---- Articles

  [[nodiscard]] std::vector<StoryCandidate> story_candidates(const StoryQuery& query);
  // What `digest` makes of the fingerprints of the other articles of one host, the latest first:
  // what its furniture is learnt from. It is always the same function, since what it makes of an
  // article is remembered.
  [[nodiscard]] std::vector<std::string> host_digests(std::uint64_t host_hash,
                                                      std::int64_t but_article, std::size_t limit,
                                                      FingerprintDigest digest);
  // Of the articles of a host, so many before this one, so many after it and so many of the latest,
  // in the order in which they became known; never itself. `host_hash` 0: the host that it was
  // stored with.
  [[nodiscard]] std::vector<std::string> neighbour_fingerprints(std::int64_t article_id,
                                                                std::uint64_t host_hash,
                                                                std::size_t limit);
  // Of those the articles whose latest text has these words.
  [[nodiscard]] std::vector<std::int64_t> neighbours_with(std::int64_t article_id,
                                                          std::size_t limit,
                                                          const std::string& words);
  // The latest revision of an article; nullopt while it has none. Its text may have been dropped.
  [[nodiscard]] std::optional<StoredText> latest_text(std::int64_t article_id);

  // Everything about one article in one transaction: text, mentions, claims, story, contracts,
  // alerts. Contracts and stories come out the same in whatever order the articles arrive.
  SavedArticle save_article(const ArticleRecord& record, Timestamp now);

  // The id of the latest alert; 0: there is none yet.
  [[nodiscard]] std::int64_t last_alert();
  // What stands of the alerts after that one.
  [[nodiscard]] AlertTally alerts_after(std::int64_t id);

  // ---- The archive (storage/warc/archive.h)

  void save_archive_row(const ArchiveRow& row);
  // The first response with this payload.
  [[nodiscard]] std::optional<ArchivedResponse> archived_payload(const std::string& sha256);
  // The response that holds the page which an article was last seen with.
  [[nodiscard]] std::optional<ArchivedResponse> archived_page(std::int64_t article_id);
  // Behind the last record of a file that is known; 0: none is.
  [[nodiscard]] std::uint64_t archive_end(const std::string& file);

  // ---- Imports

  // How far sources were imported, as save_import_position() was told.
  [[nodiscard]] std::vector<ImportPosition> import_positions();
  void save_import_position(const ImportPosition& position, Timestamp now);
  // When the page of an address was fetched last, of those that were had; nullopt: it never was.
  [[nodiscard]] std::optional<Timestamp> page_had_at(const std::string& canonical_url);

  // ---- Extraction run again

  // All revisions of so many articles, by article id and number; pass the last article id to go on.
  // Superseded ones, too: what two versions of the extractors read is no correction of the article.
  // Without those that were dropped.
  [[nodiscard]] std::vector<StoredText> texts(std::size_t articles, std::int64_t after_article = 0);
  // One of them; nullopt also when it was dropped.
  [[nodiscard]] std::optional<StoredText> text(std::int64_t revision_id);
  // Replaces what is known of a stored text, and where it was found to hold furniture, the text: no
  // revision is made. Raises what is new by it, as save_article() does, unless `quiet`, or where
  // furniture came out of the text: then nothing follows from it, then or later, but the correction
  // of a contract that somebody was told of and that is none any more; none where it was known from
  // furniture. The alerts that it raised; nullopt, and nothing is written, where another program
  // has replaced the text since it was `read`: read it again.
  [[nodiscard]] std::optional<AlertCount> save_reading(const StoredText& read,
                                                       const TextReading& reading, bool quiet,
                                                       Timestamp now);

  // Takes out of the latest text of an article what was found to be furniture of its site, within
  // the transaction that it was read in. Of the facts of `reading` it keeps those that it had
  // before, so that what is new in them is still to be raised by the revision that says so. Makes
  // no revision, and raises nothing, whatever facts it costs: the article takes none of them back.
  // A text that was dropped stays dropped.
  void pare_text(const StoredText& before, const TextReading& reading, Timestamp now);

  // ---- A person's corrections. Each outlives every later crawl and reading: it holds for what
  // says the same in the article, whatever becomes of its rows, and in the copies of its story.
  // Whoever was sent what is rejected gets a correction. False: there is no such id.

  bool reject_claim(std::int64_t claim_id, const std::string& why, Timestamp now);
  // All mentions of the same words for the same entity.
  bool reject_mention(std::int64_t mention_id, const std::string& why, Timestamp now);
  // Takes an article out of the story that it was joined to.
  bool reject_join(std::int64_t article_id, const std::string& why, Timestamp now);
  // Take it back. False also when there is nothing to take back.
  bool restore_claim(std::int64_t claim_id, Timestamp now);
  bool restore_mention(std::int64_t mention_id, Timestamp now);
  bool restore_join(std::int64_t article_id, Timestamp now);
  // The claims of both are one deal from now on, which goes on as `keep`. False also when they are
  // of two vendors.
  bool merge_contracts(std::int64_t keep, std::int64_t other, Timestamp now);
  // This claim is not of the deal of its contract's other claims; those of copies that say the same
  // go with it. False also when there are no others.
  bool split_claim(std::int64_t claim_id, Timestamp now);

  // ---- Deliveries

  // Who is told of alerts from now on, each in the transaction that raises it. How they are sent is
  // in outbox.h.
  void sync_subscriptions(const std::vector<Subscription>& wanted);

  // ---- Upkeep

  // Writes the log back into the file, when idle and before the end. Never waits for readers.
  void checkpoint() noexcept;
  [[nodiscard]] LogState log_state();
  // Writes to the file without changing anything. Throws StorageError, as every other write would.
  void check_writable();
  // When anything was fetched or imported last, as far as feeds and imports tell; nullopt: never.
  [[nodiscard]] std::optional<Timestamp> last_work();
  // What follows is done in small steps: each is a transaction of some milliseconds, so that
  // neither this thread nor another program waits for long (app/crawl/upkeep.h). None waits for a
  // lock of another program's: it throws StorageFault::locked at once.

  // Drops what is older than the limits of the articles behind `after`, looking at so many of them
  // as a transaction has time for.
  DropStep drop_old(const RetentionLimits& limits, std::int64_t after, Timestamp now);
  // The tables with indexes of which SQLite had better know how much is in them, all but the small
  // ones; and has one of them counted anew.
  [[nodiscard]] std::vector<std::string> tables_to_analyze();
  void analyze(const std::string& table);
  // Merges some of the full-text index, which grows in pieces; all of it once many texts were
  // dropped, whose words leave the file only then. False: there is nothing to merge.
  bool merge_search_index();
  // Gives some of the file's free pages back to the disk, where more are free than are soon used
  // again. False: there is nothing to give back, or the file is one that cannot
  // (vacuum_database()).
  bool give_back_pages();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace stakeout
