#include "app/service/status.h"

#include "alerts/value_words.h"

namespace stakeout {
namespace {

// "2026-11-22 11:35 UTC"
std::string for_people(Timestamp time) {
  const std::string text = to_rfc3339(time);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

std::string line_of(const Outlook& outlook) {
  const FeedCounts& feeds = outlook.feeds;
  std::string line = counted(static_cast<std::size_t>(feeds.listed), "feed");
  if (feeds.failing > 0) line += ", " + std::to_string(feeds.failing) + " failing";
  if (feeds.due > 0) line += ", " + std::to_string(feeds.due) + " due";
  if (outlook.open_jobs > 0) line += "; " + counted(outlook.open_jobs, "job") + " open";
  return line;
}

void add_part(std::string& line, const std::string& part) {
  if (!part.empty()) line += (line.empty() ? "" : "; ") + part;
}

constexpr const char* starting = "starting";

}  // namespace

void ServiceStatus::set_outlook(const Outlook& outlook) {
  const std::lock_guard lock{mutex_};
  outlook_ = outlook;
}

void ServiceStatus::set_batch(const CrawlReport& report, Timestamp now) {
  const std::lock_guard lock{mutex_};
  batch_ = counted(report.feeds_done, "feed") + " and " + counted(report.pages_done, "page") +
           " done by " + for_people(now);
}

void ServiceStatus::set_trouble(Part part, const std::string& trouble) {
  const std::lock_guard lock{mutex_};
  troubles_.at(static_cast<std::size_t>(part)) = trouble;
}

std::string ServiceStatus::trouble() const {
  const std::lock_guard lock{mutex_};
  std::string troubles = all_troubles();
  return troubles.empty() && !outlook_ ? starting : troubles;
}

std::optional<Outlook> ServiceStatus::outlook() const {
  const std::lock_guard lock{mutex_};
  return outlook_;
}

std::string ServiceStatus::all_troubles() const {
  std::string all;
  for (const std::string& trouble : troubles_) add_part(all, trouble);
  return all;
}

std::string ServiceStatus::line() const {
  const std::lock_guard lock{mutex_};
  std::string line = all_troubles();
  const auto add = [&](const std::string& part) { add_part(line, part); };
  if (!outlook_ && line.empty()) return starting;
  if (outlook_) add(line_of(*outlook_));
  add(batch_);
  if (outlook_ && outlook_->next_due) add("next at " + for_people(*outlook_->next_due));
  return line;
}

}  // namespace stakeout
