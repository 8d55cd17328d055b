// The status events of a deal; see contract_merge.h.
#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>

#include "storage/contract_merge.h"

namespace stakeout {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days tolerance{7};

// One claim's word that the deal was in a state.
struct Report {
  Status status;
  std::optional<PartialDate> on;
  const DealClaim* claim;
  std::string quote;
  std::optional<sys_days> placed_at{};  // where in the order, when that is not its own day

  // The day of the change as well as it is known: it was there when it was reported.
  [[nodiscard]] sys_days day() const {
    if (placed_at) return *placed_at;
    if (on) return on->first_day();
    const auto date = parse_partial_date(std::string_view{claim->reported_at}.substr(0, 10));
    return date ? date->first_day() : sys_days{};
  }
};

bool begins(Status status) {
  return status == Status::awarded || status == Status::signed_;
}

std::vector<Report> reports_of(const std::vector<const DealClaim*>& claims) {
  std::vector<Report> reports;
  for (const DealClaim* claim : claims) {
    bool has_last = false;
    for (const StatusReport& report : claim->history) {
      reports.push_back({report.status, report.on, claim, report.quote});
      has_last = has_last || report.status == claim->status;
    }
    if (claim->status && !has_last) {
      reports.push_back({*claim->status, std::nullopt, claim, claim->quote});
    }
  }
  return reports;
}

// "Awarded" and "signed" are two words for the beginning: one event, by the word of most stories.
std::optional<Report> beginning_of(const std::vector<const DealClaim*>& claims,
                                   const std::vector<Report>& reports,
                                   const std::optional<PartialDate>& signed_on) {
  std::set<std::int64_t> awarded, signed_;
  std::optional<Report> first;
  for (const Report& report : reports) {
    if (!begins(report.status)) continue;
    (report.status == Status::awarded ? awarded : signed_).insert(report.claim->story);
    if (!first) first = report;
    if (!first->on) first->on = report.on;
  }
  for (const DealClaim* claim : claims) {
    if (!claim->signed_on) continue;
    const bool earlier = !first || std::tie(claim->reported_at, claim->order) <
                                       std::tie(first->claim->reported_at, first->claim->order);
    if (earlier) first = Report{Status::signed_, std::nullopt, claim, claim->quote};
  }
  if (!first) return std::nullopt;
  if (signed_on) first->on = signed_on;
  first->status = awarded.size() > signed_.size() ? Status::awarded : Status::signed_;
  return first;
}

// Of reports with a date, those of one state within a week of each other are one change: the first
// to report it counts, with the most precise date.
void add_dated(const Report& report, std::vector<Report>& changes) {
  for (Report& known : changes) {
    if (known.status != report.status) continue;
    if (known.on->first_day() - tolerance > report.on->last_day() ||
        report.on->first_day() - tolerance > known.on->last_day()) {
      continue;
    }
    const auto precision = [](const PartialDate& d) { return d.is_full() ? 2 : d.month() ? 1 : 0; };
    if (precision(*report.on) > precision(*known.on)) known.on = report.on;
    return;
  }
  changes.push_back(report);
}

// Without a date, a state that was reached before is told as background.
void add_undated(const Report& report, std::vector<Report>& changes) {
  for (const Report& known : changes) {
    if (known.status == report.status && known.day() <= report.day() + tolerance) return;
  }
  changes.push_back(report);
}

// A beginning without a date was before anything that can only happen to a deal.
void add_beginning(Report beginning, std::vector<Report>& changes) {
  const Report* earliest = nullptr;
  for (const Report& change : changes) {
    if (change.status == Status::proposed) continue;
    if (earliest == nullptr || change.day() < earliest->day()) earliest = &change;
  }
  if (!beginning.on && earliest != nullptr && earliest->day() < beginning.day()) {
    beginning.placed_at = earliest->day();
  }
  changes.push_back(std::move(beginning));
}

DealEvent event_of(const Report& report, const std::vector<DealEvent>& before) {
  DealEvent event;
  event.field = "status";
  if (!before.empty()) event.before = before.back().after;
  event.after = word_of(report.status);
  event.happened_on = report.on;
  event.reported_at = report.claim->reported_at;
  event.article = report.claim->article;
  event.story = report.claim->story;
  event.quote = report.quote.empty() ? report.claim->quote : report.quote;
  return event;
}

}  // namespace

std::vector<DealEvent> status_events(const std::vector<const DealClaim*>& claims,
                                     const std::optional<PartialDate>& signed_on) {
  const std::vector<Report> reports = reports_of(claims);
  const std::optional<Report> beginning = beginning_of(claims, reports, signed_on);
  std::vector<Report> changes;
  for (const Report& report : reports) {
    if (report.on && !begins(report.status)) add_dated(report, changes);
  }
  for (const Report& report : reports) {
    if (report.on || begins(report.status)) continue;
    // A plan told after the fact is background as well.
    const bool past =
        report.status == Status::proposed && beginning && report.day() >= beginning->day();
    if (!past) add_undated(report, changes);
  }
  if (beginning) add_beginning(*beginning, changes);
  // On one day the beginning comes first, then the order of the words: a review, then the stop.
  std::stable_sort(changes.begin(), changes.end(), [](const Report& a, const Report& b) {
    return std::tuple{a.day(), !begins(a.status), a.status} <
           std::tuple{b.day(), !begins(b.status), b.status};
  });
  std::vector<DealEvent> events;
  for (const Report& change : changes) {
    const bool repeats = !events.empty() && events.back().after == word_of(change.status);
    if (!repeats) events.push_back(event_of(change, events));
  }
  return events;
}

}  // namespace stakeout
