#include "app/import/import.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "app/crawl/page_saver.h"
#include "app/crawl/queue.h"
#include "app/crawl/work_room.h"
#include "app/import/handoff.h"
#include "extractors/text/canonical_url.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

// What pages may take together that wait to be read, are being read, or wait to be stored.
constexpr std::size_t work_room = 64U << 20U;
constexpr std::size_t least_room = 4U << 10U;  // of the smallest page

// Results are stored together when so many are at hand, or so long after the first of them.
constexpr std::size_t enough_results = 64;
constexpr std::chrono::milliseconds longest_gathering{50};

// A page on its way: `number` is its place in the source.
struct Waiting {
  std::uint64_t number = 0;
  RawPage raw;
  WorkRoom::Part room;
};

struct Done {
  std::uint64_t number = 0;
  std::string place;
  ImportPosition position;
  ReadPage read;
  WorkRoom::Part room;
};

class Importing {
 public:
  Importing(PageSource& pages, const ImportParts& parts)
      : pages_{pages}, parts_{parts}, saver_{parts.store, parts.rules.finder, parts.archive} {}

  ~Importing() {
    room_.open();
    waiting_.drop();
  }
  Importing(const Importing&) = delete;
  Importing& operator=(const Importing&) = delete;

  ImportReport run(const std::stop_token& stop) {
    start();
    while (!stop.stop_requested()) {
      auto results = done_.pop_all([] { return enough_results; }, longest_gathering);
      if (results.empty()) break;
      for (Done& done : results) {
        const std::uint64_t number = done.number;
        by_number_.emplace(number, std::move(done));
      }
      store(next_in_order());
      if (parts_.progress) parts_.progress(report_);
    }
    if (!stop.stop_requested() && failure_) std::rethrow_exception(failure_);
    return std::move(report_);
  }

 private:
  void start() {
    workers_left_ = std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = workers_left_; i > 0; --i) threads_.emplace_back([this] { work(); });
    threads_.emplace_back([this](const std::stop_token& stop) { read_source(stop); });
  }

  void read_source(const std::stop_token& stop) {
    try {
      for (std::uint64_t number = 0; !stop.stop_requested(); ++number) {
        auto raw = pages_.next();
        if (!raw) break;
        WorkRoom::Part room = room_.take(std::max(raw->bytes.size(), least_room));
        waiting_.push({number, std::move(*raw), std::move(room)});
      }
    } catch (...) {
      failure_ = std::current_exception();
    }
    waiting_.close();
  }

  void work() {
    while (auto waiting = waiting_.pop()) {
      Done done{
          waiting->number, waiting->raw.place, waiting->raw.done, {}, std::move(waiting->room)};
      done.read = read_page(std::move(waiting->raw), parts_.rules);
      if (parts_.archive == nullptr) done.read.response.body = {};
      done.room.resize(std::max(done.read.page.article.text.size() + done.read.response.body.size(),
                                least_room));
      done_.push(std::move(done));
    }
    if (--workers_left_ == 0) done_.close();
  }

  // The results that follow on the last one that was stored, without a gap.
  std::vector<Done> next_in_order() {
    std::vector<Done> results;
    for (auto next = by_number_.find(next_number_); next != by_number_.end();
         next = by_number_.find(next_number_)) {
      results.push_back(std::move(next->second));
      by_number_.erase(next);
      ++next_number_;
    }
    return results;
  }

  void store(std::vector<Done> results) {
    if (results.empty()) return;
    const ImportReport before = report_;
    try {
      together([&] {
        for (const Done& done : results) store_one(done);
        save_position(results.back());
      });
    } catch (const StorageError& error) {
      report_ = before;
      if (error.fault() != StorageFault::other) throw;
      for (const Done& done : results) store_alone(done);
    }
  }

  void store_alone(const Done& done) {
    const ImportReport before = report_;
    try {
      together([&] {
        store_one(done);
        save_position(done);
      });
    } catch (const StorageError& error) {
      report_ = before;
      if (error.fault() != StorageFault::other) throw;
      spdlog::error("{}: {}", done.place, error.what());
      ++report_.pages;
      ++report_.unread;
      save_position(done);
    }
  }

  // One transaction of the database and, with it, of the archive.
  void together(const std::function<void()>& work) {
    if (parts_.archive == nullptr) return parts_.store.together(work);
    parts_.archive->together(parts_.clock.now(), work);
  }

  void save_position(const Done& done) {
    parts_.store.save_import_position(done.position, parts_.clock.now());
  }

  void store_one(const Done& done) {
    ++report_.pages;
    report_.last_place = done.place;
    switch (done.read.verdict) {
      case PageVerdict::unnamed:
        ++report_.unnamed;
        break;
      case PageVerdict::no_article:
        ++report_.no_articles;
        break;
      case PageVerdict::unread:
        ++report_.unread;
        spdlog::warn("{}: {}", done.place, done.read.reason);
        break;
      case PageVerdict::article:
        save(done.read);
        break;
    }
  }

  void save(const ReadPage& read) {
    const Article& article = read.page.article;
    const Timestamp fetched = read.response.fetched_at;
    const std::string canonical = canonical_url(*parse_url(article.url));
    const auto had_at = parts_.store.page_had_at(canonical);
    const std::int64_t id =
        had_at && *had_at >= fetched ? 0 : parts_.store.add_page(article.url, canonical, fetched);
    if (id == 0 || says_less(id, article)) {
      ++report_.known;
      return;
    }
    PageToSave what{.article_id = id, .page = read.page};
    what.reason = article.state_reason;
    what.quiet = !parts_.raises_alerts;
    what.had_page = had_at.has_value();
    const SavedArticle saved = saver_.save(std::move(what), read.response, fetched);
    report_.stored.add(saved);
    report_.alerts += saved.alerts.told;
  }

  // A part of an article does not replace what is stored of the whole.
  [[nodiscard]] bool says_less(std::int64_t id, const Article& article) {
    if (article.state == PageState::fine) return false;
    const auto stored = parts_.store.latest_text(id);
    return stored && (stored->dropped_at || stored->text.size() > article.text.size());
  }

  PageSource& pages_;
  const ImportParts& parts_;
  PageSaver saver_;
  ImportReport report_;
  WorkRoom room_{work_room};
  Handoff<Waiting> waiting_;
  Queue<Done> done_;
  std::map<std::uint64_t, Done> by_number_;  // that wait for one before them
  std::uint64_t next_number_ = 0;
  std::exception_ptr failure_;  // of the source; the workers' end comes after it
  std::atomic<unsigned> workers_left_{0};
  std::vector<std::jthread> threads_;  // last: they use most of the above
};

}  // namespace

ImportReport import_pages(PageSource& pages, const ImportParts& parts,
                          const std::stop_token& stop) {
  return Importing{pages, parts}.run(stop);
}

}  // namespace stakeout
