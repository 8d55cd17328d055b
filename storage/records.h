#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extractors/values/article.h"
#include "extractors/values/facts.h"
#include "extractors/values/feed.h"
#include "extractors/values/timestamp.h"
#include "extractors/values/words.h"

// What goes into the Store and comes out of it. Plain values; UTF-8; an empty string means "not
// given"; ids are rowids and never 0.

namespace stakeout {

// ---- Feeds

// One line of the feed list.
struct FeedListing {
  std::string url;
  std::string title;  // the name that the list gives it
  std::vector<std::string> tags;
};

// Whether a server's "not modified" (304) is believed. `suspected`: something was new although its
// validators had claimed otherwise for long; the old ones are sent once more, to have proof.
// `lying`: it said "not modified" to validators of a document that it had replaced.
enum class Trust { trusted, suspected, lying };

// What the scheduler wants to know of a feed.
struct FeedState {
  std::int64_t id = 0;
  std::string url;                           // as in the feed list
  std::string current_url;                   // where it moved for good, or empty
  std::optional<Timestamp> listed_asked_at;  // the listed address; counts while there is another
  std::string etag;                          // validators, byte for byte as received
  std::string last_modified;
  Trust trust = Trust::trusted;
  std::optional<Timestamp> trust_since;
  int not_modified = 0;                       // 304s in a row
  std::optional<Timestamp> last_document_at;  // when there was a document last, and no 304
  std::string status;                         // "new", "ok", "failing", "gone"
  int last_status = 0;                        // of HTTP; 0: no answer
  double failures = 0;   // the sum of FeedFailure::weight since the last success
  int failed_polls = 0;  // since the last success
  // Seconds between polls by the feed's own habits; nullopt until one was stored.
  std::optional<std::int64_t> poll_interval;
  std::optional<std::int64_t> publisher_interval;  // Feed::poll_interval of the last document
  std::uint32_t skip_hours = 0;                    // bits: 1 is the hour from midnight UTC on
  std::uint32_t skip_days = 0;                     // bits: 1 is Sunday
  std::string habits;                              // FeedLesson::habits
  std::optional<std::int64_t> usual_gap;
  std::optional<Timestamp> newest_at;
  std::size_t document_entries = 0;  // of the last whole document
  std::optional<Timestamp> last_fetched_at;
  std::optional<Timestamp> last_success_at;
  std::optional<Timestamp> last_new_entry_at;
  std::optional<Timestamp> next_fetch_at;
};

// An entry, and the page that it points to.
struct FeedEntry {
  Entry entry;
  // The link in canonical form: the identity of the article. Empty: no page is to be fetched.
  std::string canonical_url;
};

// When a feed is polled next.
struct FeedPlan {
  std::optional<Timestamp> next_fetch_at{};
  std::optional<std::int64_t> poll_interval{};  // FeedState::poll_interval; nullopt: as it was
};

// A feed that was fetched and parsed. Its entries, its validators and its pages to fetch are
// written together, so that a crash never loses an entry behind a 304.
struct FeedUpdate {
  std::int64_t feed_id = 0;
  // The target of a lasting redirect (301, 308); "": the listed address serves again; nullopt: as
  // it was.
  std::optional<std::string> current_url;
  bool asked_listed = false;  // the listed address was asked, whatever current_url was before
  std::string etag;
  std::string last_modified;
  Trust trust = Trust::trusted;
  // The validators were withheld to see whether they tell the truth: if something turns out to be
  // new, the old ones are kept, to be sent once more, and the server is suspected.
  bool validators_on_trial = false;
  bool is_part = false;  // 226: an entry that is not in it is not gone
  std::string site;      // the name of the site, for people
  Feed feed;             // metadata; its entries are those of `entries`
  std::vector<FeedEntry> entries;
};

// What a poll taught of a feed, once it was known which of its entries were new.
struct FeedLesson {
  std::int64_t feed_id = 0;
  FeedPlan plan;
  std::string habits;  // when its entries came; opaque here
  std::optional<std::int64_t> usual_gap{};
  std::optional<Timestamp> newest_at{};
  std::optional<Timestamp> silent_from{};  // when nothing new will have become news
  std::int64_t missed_entries = 0;         // that may have come and gone since the poll before
};

struct FeedNotModified {
  std::int64_t feed_id = 0;
  std::string etag;  // a 304 may bring new validators (RFC 9111, 4.3.4); empty: keep the old ones
  std::string last_modified;
  FeedPlan plan;
  bool is_lie{};  // the validators were those of a document that was replaced
};

struct FeedFailure {
  std::int64_t feed_id = 0;
  std::string error;  // a sentence for a person
  double weight = 1;  // how much it counts: hard 1, soft 0.5, temporary 0.25
  bool gone = false;  // 410: the feed is not asked again
  FeedPlan plan;
  std::optional<Timestamp> not_before{};  // the server asked for it: holds for a forced fetch, too
  int status = 0;                         // of HTTP; 0: no answer
  std::string advice{};                   // what the operator can do
};

struct SavedFeed {
  std::size_t new_entries = 0;
  std::size_t changed_entries = 0;
  std::size_t known_entries = 0;  // of the document, changed ones counted
  std::size_t new_pages = 0;      // articles that are to be fetched and were not known before
  std::vector<std::optional<Timestamp>> new_published{};  // the dates of the new entries
};

// The feeds of the list, for a person who asks how things are.
struct FeedCounts {
  std::int64_t listed = 0;
  std::int64_t due = 0;      // gone ones are never
  std::int64_t failing = 0;  // gone ones count
};

// ---- Pages

// A page that is to be fetched: one that was never had, or one that is due for another look.
struct PendingPage {
  std::int64_t article_id = 0;
  std::string url;            // as the entry gives it
  std::string canonical_url;  // its identity
  std::int64_t feed_id = 0;   // the feed that first pointed to it
  std::string feed_url;       // its address in the feed list
  Timestamp due_at;
  std::string etag;  // validators, when it was had before
  std::string last_modified;
  int failures = 0;         // in a row
  int gone_looks = 0;       // how often in a row it was gone
  std::int64_t wakes = 0;   // how often an entry of its has changed
  bool has_page = false;    // its text is stored, and not only the feed's words
  bool is_of_note = false;  // it names somebody on the watchlist, or tells of a contract
  int looks = 0;            // how often it was looked at again without news
  // What the feed itself says, to stand in for the page when it cannot be had.
  Entry entry;
};

// A place in the order in which pages are due.
struct PagePlace {
  Timestamp due_at{};
  std::int64_t article_id = 0;
};

// How a page ended that is no article.
enum class PageOutcome { forbidden, gone, failed, not_article };

struct PageFailure {
  std::int64_t article_id = 0;
  PageOutcome outcome = PageOutcome::failed;
  std::string reason;                 // "robots.txt forbids it"
  std::optional<Timestamp> retry_at;  // nullopt: never again
};

// ---- Stories

// What the store keeps of an article for story matching. The fingerprint is opaque here.
struct StoryMarks {
  std::string fingerprint;
  std::vector<std::uint64_t> keys;
  std::uint64_t text_hash = 0;  // equal for verbatim copies
  std::uint64_t host_hash = 0;
  std::optional<std::int32_t> day;  // of publication, days since 1970-01-01
};

// Makes of a stored fingerprint what somebody needs of it. Pure.
using FingerprintDigest = std::string (*)(std::string_view fingerprint);

// Which stored articles are worth a comparison. Verbatim copies count whatever their keys.
struct StoryQuery {
  std::int64_t article_id = 0;  // the one that asks; never among the answers
  StoryMarks marks;
  int window_days = 0;          // farther apart than this, when both days are known: no candidate
  std::size_t shared_keys = 0;  // at least so many keys in common
  std::size_t key_limit = 0;    // a key of more articles than this in the window counts for nothing
  // At most so many of each sort: verbatim copies, and those with the most keys in common.
  std::size_t candidate_limit = 0;
};

struct StoryCandidate {
  std::int64_t article_id = 0;
  std::int64_t story_id = 0;
  std::string fingerprint;
};

// "This article is a copy of that one, because ...".
struct StoryLink {
  std::int64_t article_id = 0;
  double score = 0;
  std::string reason;
};

// ---- Articles

// A passage that two fetches of a page word differently; one side may be empty.
struct TextChange {
  std::string before;
  std::string after;
  int weight = 1;  // how much it says; 0: spelling and style only. Not kept
};

struct ArticleRecord {
  std::int64_t article_id = 0;
  // `url` is where the page was found in the end. `canonical_url` is its identity: give the page's
  // own only when it is to be trusted (same site), else leave it empty. `published` may come from
  // the entry.
  Article page;
  Facts facts;             // of page.text
  std::string extractor;   // the version of the extractors
  bool from_feed = false;  // the text is the feed's, since the page could not be had
  std::string reason;      // why it could not, or why a page shows less than its article
  std::string etag;
  std::string last_modified;
  std::optional<Timestamp> revisit_at;  // when to look again; nullopt: never
  int looks = 0;                        // PendingPage::looks, with this one
  StoryMarks marks;
  std::vector<StoryLink> copies_of;  // none: a story of its own
  // How the text differs from latest_text() of this article; no_change keeps the old revision.
  // Where that text was dropped nobody knows: another text is stored, and is no change.
  ChangeClass change = ChangeClass::substantive;
  std::vector<TextChange> changes;
  bool quiet = false;  // raise no alerts: back-fill
};

// Alerts that were raised, and those of them that nobody is told of.
struct AlertCount {
  std::size_t told = 0;
  std::size_t quiet = 0;

  AlertCount& operator+=(const AlertCount& more) {
    told += more.told;
    quiet += more.quiet;
    return *this;
  }
};

// The alerts that stand of those that were raised since some moment.
struct AlertTally {
  std::map<AlertKind, std::size_t> told;  // that the listing of alerts has
  std::size_t quiet = 0;                  // that nobody is told of

  [[nodiscard]] std::size_t all_told() const {
    std::size_t all = 0;
    for (const auto& [kind, count] : told) all += count;
    return all;
  }
};

struct SavedArticle {
  std::int64_t article_id = 0;  // another than asked for when the page turned out to be known
  std::int64_t revision_id = 0;
  std::int64_t story_id = 0;
  bool new_article = false;  // its first text
  bool new_revision = false;
  std::size_t mentions = 0;  // that were stored with a new revision
  std::size_t claims = 0;
  std::size_t new_contracts = 0;
  std::size_t changed_contracts = 0;
  AlertCount alerts;
};

// ---- The archive

// A record of the archive that holds a page, or says that it was there again.
struct ArchiveRow {
  std::int64_t article_id = 0;
  std::optional<std::int64_t> revision_id;  // whose text was read out of these bytes
  std::string kind;                         // "response", "resource" or "revisit"
  std::string file;                         // its name in the archive's folder
  std::uint64_t offset = 0;                 // of its gzip member
  std::uint64_t length = 0;
  std::string record_id;
  std::string url;  // the page came from there, after redirects
  Timestamp fetched_at;
  std::string block_sha256;
  std::string payload_sha256;
  std::string payload_digest;               // as in the record: "sha1:" and base32
  std::optional<std::int64_t> refers_to{};  // of a revisit: the row of the response
  std::string extractor;                    // the version of the extractors that read it
};

// A response that the archive has.
struct ArchivedResponse {
  std::int64_t id = 0;
  std::string record_id;
  std::string url;
  Timestamp fetched_at;
  std::string payload_digest;
  std::string payload_sha256;
};

// ---- Imports

// How far a file or folder of pages was imported.
struct ImportPosition {
  std::string source;    // what tells it from others, wherever it lies
  std::string name;      // as it was given, for a person
  std::string position;  // opaque here
};

// ---- Deliveries

// Whom a digest goes to, and how.
struct Recipient {
  std::string digest;   // the name in the settings
  std::string channel;  // "mail", "webhook", ...
  std::string address;
};

// What a reader does not want to hear of (storage/mutes.h).
struct Mutes {
  std::vector<std::string> vendors;  // canonical names
  std::vector<std::string> kinds;    // words of AlertKind
  std::vector<std::int64_t> stories;
  // Contracts of less than this, in thousandths of a major unit, in another currency, or of a sum
  // that nobody knows.
  std::optional<std::int64_t> min_amount;
  std::string currency;  // of min_amount
};

// Somebody who is told of alerts. An empty list lets everything through.
struct Subscription {
  Recipient to;
  std::vector<std::string> kinds;       // words of AlertKind
  std::vector<std::string> vendors;     // canonical names
  std::vector<std::string> agencies;    // with the bodies below them
  std::vector<std::string> categories;  // of the vendors and agencies
  std::vector<std::string> tags;        // of the feeds
  Mutes mutes{};
};

// The stored text of an article, as the extractors read it.
struct StoredText {
  std::int64_t article_id = 0;
  std::int64_t revision_id = 0;
  std::string url;
  std::string canonical_url;
  std::string title;
  std::string site;
  std::string published;  // as in Article
  std::string text;
  std::vector<LeftOut> left_out;  // of the text
  std::string extractor;
  std::optional<Timestamp> dropped_at{};  // since when the text is not kept any more: it is empty
};

// A stored text as it is read now that more of it is known to be furniture.
struct TextReading {
  std::string text;
  std::vector<LeftOut> left_out;
  Facts facts;  // of the text
  std::string extractor;
};

}  // namespace stakeout
