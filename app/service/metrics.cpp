#include "app/service/metrics.h"

#include <string_view>
#include <system_error>

#include "app/version.h"
#include "storage/reader.h"

namespace stakeout {
namespace {

// The counters: what each is called without its "_total", what it counts, and where it is.
struct Counter {
  std::string_view name;
  std::string_view help;
  std::size_t (*of)(const CrawlReport&);
};

constexpr Counter counters[] = {
    {"stakeout_feed_polls", "Feeds that were polled, whatever they answered",
     [](const CrawlReport& r) { return r.feeds_done; }},
    {"stakeout_failed_feed_polls", "Polls of feeds that failed",
     [](const CrawlReport& r) { return r.failed_feeds.size(); }},
    {"stakeout_new_entries", "Entries of feeds that were new",
     [](const CrawlReport& r) { return r.new_entries; }},
    {"stakeout_pages", "Pages of articles that were fetched",
     [](const CrawlReport& r) { return r.pages_done; }},
    {"stakeout_failed_pages", "Pages that could not be read",
     [](const CrawlReport& r) { return r.failed_pages; }},
    {"stakeout_articles", "Articles with a first or a new text",
     [](const CrawlReport& r) { return r.articles; }},
    {"stakeout_mentions", "Mentions of vendors and agencies",
     [](const CrawlReport& r) { return r.mentions; }},
    {"stakeout_claims", "Claims about contracts", [](const CrawlReport& r) { return r.claims; }},
    {"stakeout_new_contracts", "Contracts that were new",
     [](const CrawlReport& r) { return r.new_contracts; }},
    {"stakeout_alerts",
     "Alerts that the crawl raised, but for those of the past; not those of other commands",
     [](const CrawlReport& r) { return r.alerts_raised; }},
};
static_assert(std::size(counters) == ServiceMetrics::counter_count);

constexpr std::string_view delivery_states[] = {"queued", "sending", "sent", "failed"};

ServiceMetrics::Counts counts_of(const CrawlReport& report) {
  ServiceMetrics::Counts counts{};
  for (std::size_t i = 0; i < counts.size(); ++i) counts.at(i) = counters[i].of(report);
  return counts;
}

// The text as it grows, one family of samples after the other.
class Exposition {
 public:
  // `unit`: that in which the name ends, or empty.
  void family(std::string_view name, std::string_view type, std::string_view help,
              std::string_view unit = {}) {
    line({"# TYPE ", name, " ", type});
    if (!unit.empty()) line({"# UNIT ", name, " ", unit});
    line({"# HELP ", name, " ", help});
  }
  // `sample`: the name with its ending and labels.
  void sample(std::string_view sample, std::uint64_t value) {
    line({sample, " ", std::to_string(value)});
  }
  void gauge(std::string_view name, std::string_view help, std::uint64_t value,
             std::string_view unit = {}) {
    family(name, "gauge", help, unit);
    sample(name, value);
  }
  void counter(const std::string& name, std::string_view help, std::uint64_t value) {
    family(name, "counter", help);
    sample(name + "_total", value);
  }
  // When something happened.
  void instant(std::string_view name, std::string_view help, Timestamp time) {
    gauge(name, help, static_cast<std::uint64_t>(time.seconds), "seconds");
  }
  void line(std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) out_ += part;
    out_ += '\n';
  }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_outlook(Exposition& out, const Outlook& outlook) {
  const auto count = [](std::int64_t number) { return static_cast<std::uint64_t>(number); };
  out.gauge("stakeout_feeds", "Feeds of the list", count(outlook.feeds.listed));
  out.gauge("stakeout_failing_feeds", "Feeds that fail", count(outlook.feeds.failing));
  out.gauge("stakeout_due_feeds", "Feeds whose time has come", count(outlook.feeds.due));
  out.gauge("stakeout_open_jobs", "Fetches that are planned or under way and not stored yet",
            outlook.open_jobs);
}

// What the database knows.
void write_stored(Exposition& out, const std::filesystem::path& database) {
  Reader reader{database};
  const Table last = reader.rows("SELECT max(last_success_at) FROM v_feeds");
  if (const auto* text = std::get_if<std::string>(&last.rows.front().front()); text != nullptr) {
    if (const auto time = parse_rfc3339(*text))
      out.instant("stakeout_last_successful_poll_timestamp_seconds",
                  "When a feed was polled with success last", *time);
  }
  std::uint64_t counts[std::size(delivery_states)] = {};
  for (const auto& row :
       reader.rows("SELECT state, count(*) FROM v_deliveries GROUP BY state").rows) {
    for (std::size_t i = 0; i < std::size(delivery_states); ++i) {
      if (std::get<std::string>(row[0]) == delivery_states[i])
        counts[i] = static_cast<std::uint64_t>(std::get<std::int64_t>(row[1]));
    }
  }
  out.family("stakeout_deliveries", "gauge", "Alerts on their way to one recipient each");
  for (std::size_t i = 0; i < std::size(delivery_states); ++i)
    out.sample("stakeout_deliveries{state=\"" + std::string{delivery_states[i]} + "\"}", counts[i]);
}

void write_sizes(Exposition& out, const std::filesystem::path& database) {
  std::error_code error;
  const std::uintmax_t file = std::filesystem::file_size(database, error);
  if (!error) out.gauge("stakeout_database_bytes", "Size of the database", file, "bytes");
  const std::uintmax_t log = std::filesystem::file_size(database.string() + "-wal", error);
  if (!error) out.gauge("stakeout_database_log_bytes", "Size of its write-ahead log", log, "bytes");
  const auto disk = std::filesystem::space(
      database.has_parent_path() ? database.parent_path() : std::filesystem::path{"."}, error);
  if (!error) out.gauge("stakeout_disk_free_bytes", "Room on its disk", disk.available, "bytes");
}

}  // namespace

void ServiceMetrics::crawl_begins() {
  const std::lock_guard lock{mutex_};
  ++crawls_;
  // A crawl that was broken off has ended no batch.
  take_progress();
}

void ServiceMetrics::set_progress(const CrawlReport& report) {
  const Counts counts = counts_of(report);
  const std::lock_guard lock{mutex_};
  progress_ = counts;
}

void ServiceMetrics::end_batch(const CrawlReport& report) {
  const Counts counts = counts_of(report);
  const std::lock_guard lock{mutex_};
  progress_ = counts;
  take_progress();
}

void ServiceMetrics::take_progress() {
  for (std::size_t i = 0; i < progress_.size(); ++i) done_.at(i) += progress_.at(i);
  progress_ = {};
}

std::string ServiceMetrics::text(const std::optional<Outlook>& outlook, bool is_healthy,
                                 const std::filesystem::path& database) const {
  Exposition out;
  out.family("stakeout_build", "info", "The program");
  out.sample("stakeout_build_info{version=\"" + std::string{version} + "\"}", 1);
  out.gauge("stakeout_healthy", "1 while nothing is wrong", is_healthy ? 1 : 0);
  out.instant("stakeout_start_timestamp_seconds", "When the service started", started_at_);
  {
    const std::lock_guard lock{mutex_};
    out.counter("stakeout_crawls", "Times that the crawl began: starts, reloads and after faults",
                crawls_);
    for (std::size_t i = 0; i < counter_count; ++i) {
      out.counter(std::string{counters[i].name}, counters[i].help, done_.at(i) + progress_.at(i));
    }
  }
  if (outlook) write_outlook(out, *outlook);
  write_sizes(out, database);
  try {
    write_stored(out, database);
  } catch (const StorageError&) {
    // Locked, or taken away: the other figures say enough.
  }
  out.line({"# EOF"});
  return out.take();
}

}  // namespace stakeout
