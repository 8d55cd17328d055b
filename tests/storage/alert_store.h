#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
using namespace sample;

// A store in which texts of "Lantern Works" and the "Rail Police" are told of.
struct AlertStore {
  TemporaryFolder directory;
  std::filesystem::path file = directory.file();
  Store store{file};
  Timestamp now = monday;

  AlertStore() { store.sync_entities(watchlist(), monday); }

  // A feed is read, and has one entry, which points to this page.
  void save_entry(std::int64_t feed, const std::string& link) {
    FeedUpdate update;
    update.feed_id = feed;
    FeedEntry entry;
    entry.entry.link = entry.canonical_url = link;
    update.entries = {entry};
    store.save_feed(update, now);
  }

  SavedArticle save(const std::string& name, const std::string& text,
                    const std::vector<std::string>& vendors, std::vector<StoryLink> copies = {}) {
    ArticleRecord record = article(add_page(store, name, now), text, "2024-10-07");
    for (const std::string& vendor : vendors)
      record.facts.mentions.push_back(mention(EntityKind::vendor, vendor));
    record.copies_of = std::move(copies);
    return store.save_article(record, now);
  }
  SavedArticle save_claim(const std::string& name, const std::string& text, Claim c,
                          std::vector<StoryLink> copies = {}) {
    ArticleRecord record = article(add_page(store, name, now), text, "2024-10-07", {std::move(c)});
    record.copies_of = std::move(copies);
    return store.save_article(record, now);
  }
  // The feed is read; the page of its one entry is stored.
  SavedArticle read_feed(std::int64_t feed, const std::string& link) {
    save_entry(feed, link);
    const auto pages = store.pages_pending(now, 10);
    REQUIRE(pages.size() == 1);
    ArticleRecord record = article(pages[0].article_id, "Text of " + link, "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    return store.save_article(record, now);
  }

  void send_what_is_due() const { send_what_waits(file, now); }
  // Those that wait.
  [[nodiscard]] Lines corrections() const {
    return rows(file,
                "SELECT d.recipient, l.details FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id WHERE l.kind = 'correction' AND d.state = 'queued' ORDER BY 1, 2");
  }
  [[nodiscard]] Lines told(const std::string& kind) const {
    return rows(file, "SELECT title FROM v_alerts WHERE kind = '" + kind + "' ORDER BY id");
  }
  [[nodiscard]] Lines deliveries() const {
    return rows(file,
                "SELECT d.recipient, l.kind, d.state FROM v_deliveries d JOIN v_alerts l ON l.id = "
                "d.alert_id ORDER BY d.recipient, l.id");
  }
};

inline Claim deal(std::int64_t dollars, Status status = Status::signed_) {
  Claim c = claim("Lantern Works", "Rail Police");
  c.value = usd(dollars);
  c.status = status;
  c.fields.push_back({"status", "signed", "has signed", {20, 30}, "status-verb"});
  return c;
}

inline Subscription reader(const std::string& address) {
  Subscription subscription;
  subscription.to = {"daily", "mail", address};
  return subscription;
}

}  // namespace stakeout
