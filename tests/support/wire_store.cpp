#include "tests/support/wire_store.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include "app/crawl/extraction.h"
#include "app/crawl/site_furniture.h"
#include "app/crawl/story.h"

namespace stakeout {
namespace {

constexpr std::size_t articles_together = 50;  // in a transaction, as in a crawl
constexpr std::size_t remembered_sources = 2'000;

double cpu_ms() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// What a page would give, but for the reading of it.
ExtractedPage without_page(const WireArticle& article, const MentionFinder& finder) {
  ExtractedPage page;
  page.article.url = article.url;
  page.article.title = article.title;
  page.article.published = to_rfc3339(article.published);
  page.article.text = article.text;
  if (!article.deal.empty()) {
    page.facts = extract_stored(article.text, page.article.published, finder);
  }
  page.fingerprint =
      make_fingerprint({article.url, article.title, page.article.published, {}, article.text});
  return page;
}

}  // namespace

double StepCosts::merging() const {
  if (deals == 0 || deals == articles) return 0;
  const double plain = saving / static_cast<double>(articles - deals);
  return saving_deals - plain * static_cast<double>(deals);
}

WireStore::WireStore(const std::filesystem::path& database)
    : wire_{"../../extractors/stories/data/word_frequency.tsv", 7},
      store_{database},
      finder_{Watchlist{wire_.watchlist()}} {}

void WireStore::begin_feeds(std::size_t count) {
  static constexpr const char* tags[] = {"world", "local", "defence", "tech"};
  std::vector<FeedListing> feeds;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    FeedListing feed{"https://feeds.example/" + number, "Feed " + number, {tags[i % 4]}};
    if (i % 10 == 0) feed.tags.emplace_back("trade");
    if (i % 100 == 0) feed.tags.emplace_back("rare");
    feeds.push_back(std::move(feed));
  }
  store_.sync_feeds(feeds, make_timestamp(2025, 1, 1));
  store_.sync_entities(wire_.watchlist(), make_timestamp(2025, 1, 1));
  feeds_ = count;
}

void WireStore::begin_changes(std::size_t every) {
  changes_every_ = every;
}

void WireStore::store(std::size_t count, StepCosts* costs) {
  while (count > 0) {
    const std::size_t together = std::min(count, articles_together);
    store_.together([&] {
      for (std::size_t i = 0; i < together; ++i) store_one(costs);
    });
    count -= together;
  }
}

std::vector<WireArticle> WireStore::take(std::size_t count) {
  std::vector<WireArticle> taken;
  for (std::size_t i = 0; i < count; ++i) taken.push_back(wire_.next());
  articles_ += count;
  return taken;
}

void WireStore::tell_feed(const WireArticle& article) {
  FeedUpdate update;
  update.feed_id = static_cast<std::int64_t>(1 + articles_ % feeds_);
  update.is_part = true;
  FeedEntry entry;
  entry.entry.id = entry.entry.link = entry.canonical_url = article.url;
  entry.entry.title = article.title;
  entry.entry.published = article.published;
  update.entries = {entry};
  store_.save_feed(update, article.published);
}

void WireStore::change(ArticleRecord record, Timestamp now) {
  const std::size_t end = record.page.text.rfind("\n\n");
  const std::string before = record.page.text.substr(end);
  record.page.text.replace(end, std::string::npos, "\n\nThe ministry has withdrawn its statement.");
  record.facts = extract_stored(record.page.text, record.page.published, finder_);
  record.changes = {{before, record.page.text.substr(end)}};
  store_.save_article(record, now);
}

void WireStore::store_one(StepCosts* costs) {
  const WireArticle article = wire_.next();
  if (articles_ < remembered_sources) sources_[article.url] = article.source;
  ++articles_;
  if (feeds_ > 0) tell_feed(article);
  const std::string bytes = costs == nullptr ? std::string{} : news_page(article);
  const std::int64_t id = store_.add_page(article.url, article.url, article.published);
  StepCosts unused;
  StepCosts& to = costs == nullptr ? unused : *costs;
  double since = cpu_ms();
  const auto lap = [&](double& sum) {
    const double now = cpu_ms();
    sum += now - since;
    since = now;
  };
  ExtractedPage page = costs == nullptr
                           ? without_page(article, finder_)
                           : extract_page(bytes, {article.url, "text/html; charset=utf-8"},
                                          {article.title, article.published, {}}, finder_);
  lap(to.page);
  mark_site_furniture(store_, id, page.fingerprint);
  leave_out_furniture(store_, id, {}, finder_, page);
  lap(to.furniture);
  StoryDecision story = decide_story(store_, id, page.fingerprint);
  lap(to.story);
  ArticleRecord record;
  record.article_id = id;
  record.page = std::move(page.article);
  record.facts = std::move(page.facts);
  record.extractor = "invented";
  record.marks = std::move(story.marks);
  record.copies_of = std::move(story.copies_of);
  const bool has_deal = !record.facts.claims.empty();
  store_.save_article(record, article.published);
  lap(has_deal ? to.saving_deals : to.saving);
  ++to.articles;
  to.deals += has_deal ? 1 : 0;
  if (changes_every_ > 0 && articles_ % changes_every_ == 0) {
    change(std::move(record), article.published + 86'400);
  }
}

}  // namespace stakeout
