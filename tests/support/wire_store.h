#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "extractors/facts/mentions.h"
#include "storage/store.h"
#include "tests/support/news_wire.h"

namespace stakeout {

// CPU of the steps of the pipeline, in ms over all articles measured.
struct StepCosts {
  double page = 0;       // page to article, facts and fingerprint
  double furniture = 0;  // what the site repeats
  double story = 0;      // comparing with the stored articles
  double saving = 0;     // of articles without a deal
  double saving_deals = 0;
  std::size_t articles = 0;
  std::size_t deals = 0;

  // What the claims of the deals add to the saving: their rows, and the merging of the contracts.
  [[nodiscard]] double merging() const;
};

// A store that invented news fill, one article after the other and fifty in a transaction, as a
// crawl has them. For tests and figures that run in tests/app.
class WireStore {
 public:
  explicit WireStore(const std::filesystem::path& database);

  // From now on each article stands in one of so many feeds, in turn. Every feed has one of the
  // tags "world", "local", "defence" and "tech"; every tenth "trade", too, and every hundredth
  // "rare".
  void begin_feeds(std::size_t count);
  // From now on every so-manyth article is read a second time a day later, and has another end.
  void begin_changes(std::size_t every);
  // Stores further articles. With `costs` from their pages, each step measured; without, what a
  // page would give comes without the reading of it.
  void store(std::size_t count, StepCosts* costs = nullptr);
  // Further articles, for somebody else to store.
  std::vector<WireArticle> take(std::size_t count);

  [[nodiscard]] const std::vector<Entity>& watchlist() const { return wire_.watchlist(); }
  [[nodiscard]] std::size_t articles() const { return articles_; }
  // WireArticle::source of the first thousand or two, by address.
  [[nodiscard]] const std::map<std::string, std::size_t>& sources() const { return sources_; }

 private:
  void store_one(StepCosts* costs);
  void tell_feed(const WireArticle& article);
  void change(ArticleRecord record, Timestamp now);

  NewsWire wire_;
  Store store_;
  MentionFinder finder_;
  std::size_t articles_ = 0;
  std::size_t feeds_ = 0;
  std::size_t changes_every_ = 0;
  std::map<std::string, std::size_t> sources_;
};

}  // namespace stakeout
