#include "storage/told_changes.h"

#include <algorithm>
#include <chrono>
#include <tuple>

#include "storage/deal_rules.h"
#include "storage/filed_claims.h"

namespace stakeout {
namespace {

using std::chrono::sys_days;

constexpr int day_tolerance_days = 7;
constexpr int report_tolerance_days = 31;

// The day of a change, or that of its report.
std::optional<PartialDate> day_of(const std::optional<PartialDate>& happened_on,
                                  const std::string& reported_at) {
  if (happened_on) return happened_on;
  const auto reported = parse_partial_date(std::string_view{reported_at}.substr(0, 10));
  return reported ? std::optional{*reported} : std::nullopt;
}

// The less the likelier; nothing: it cannot be the event.
using Unlikeness = std::tuple<int, bool, bool, int>;

std::optional<Unlikeness> unlikeness(const DealEvent& event, const ToldChange& told) {
  if (event.field != told.field || !values_agree(event.field, event.after, told.after)) {
    return std::nullopt;
  }
  const bool has_source =
      std::any_of(event.sources.begin(), event.sources.end(),
                  [&](const EventSource& source) { return source.article == told.article; });
  const bool has_days = event.happened_on && told.happened_on;
  const auto day = day_of(event.happened_on, event.reported_at);
  const auto told_day = day_of(told.happened_on, told.reported_at);
  const int gap = day && told_day ? gap_days(*day, *told_day) : 0;
  const bool is_near = gap <= (has_days ? day_tolerance_days : report_tolerance_days);
  if (!has_source && !is_near) return std::nullopt;
  const bool is_of_day = has_days && is_near;
  const int rank = has_source && (!has_days || is_near) ? 0 : is_of_day ? 1 : has_source ? 2 : 3;
  return Unlikeness{rank, event.after != told.after, event.before != told.before, gap};
}

// Whether readers were told that what a change told is over, before the event was reported: then
// it is another one, unless it is of the same day.
bool is_over_by(const DealEvent& event, const ToldChange& told,
                const std::vector<ToldChange>& all) {
  if (event.happened_on && told.happened_on && *event.happened_on == *told.happened_on) {
    return false;
  }
  return std::any_of(all.begin(), all.end(), [&](const ToldChange& later) {
    return !later.withdrawn && later.alert > told.alert && later.field == told.field &&
           later.before == told.after && later.reported_at > told.reported_at &&
           event.reported_at > later.reported_at;
  });
}

}  // namespace

std::vector<ToldChange> told_changes_of(Connection& connection, std::int64_t contract) {
  std::vector<ToldChange> told;
  Query q{connection,
          "SELECT l.id, l.key, l.article_id, l.withdrawn, t.field, t.before, t.after, "
          "t.happened_on, t.reported_at FROM alerts l JOIN told_changes t ON t.alert_id = l.id "
          "WHERE l.contract_id = ?1 AND (t.before IS NOT NULL OR (l.key = 'contract:' || ?1 || "
          "':new' AND EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = l.id AND d.state <> "
          "'queued'))) ORDER BY l.id",
          contract};
  while (q.next()) {
    told.push_back({q.integer(0), q.text(1), q.maybe_integer(2).value_or(0), q.integer(3) != 0,
                    q.text(4), q.maybe_text(5), q.text(6), read_date(q, 7), q.text(8)});
  }
  return told;
}

std::vector<KnownChange> known_changes(const std::vector<ToldChange>& told) {
  std::vector<KnownChange> known;
  for (const ToldChange& change : told) {
    if (!change.withdrawn) known.push_back({change.field, change.before, change.after});
  }
  return known;
}

std::vector<std::optional<std::size_t>> match_told(const std::vector<DealEvent>& events,
                                                   const std::vector<ToldChange>& told) {
  // Those that stand come before those that were withdrawn.
  std::vector<std::tuple<bool, Unlikeness, std::size_t, std::size_t>> pairs;
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (!events[e].before) continue;
    for (std::size_t t = 0; t < told.size(); ++t) {
      if (!told[t].before) continue;
      const auto points = unlikeness(events[e], told[t]);
      if (points && !is_over_by(events[e], told[t], told))
        pairs.emplace_back(told[t].withdrawn, *points, t, e);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  std::vector<std::optional<std::size_t>> match(events.size());
  std::vector<bool> taken(told.size(), false);
  for (const auto& [withdrawn, points, t, e] : pairs) {
    if (match[e] || taken[t]) continue;
    match[e] = t;
    taken[t] = true;
  }
  return match;
}

void save_told_change(Connection& connection, const std::string& key, const DealEvent& event) {
  run(connection,
      "INSERT OR REPLACE INTO told_changes (alert_id, field, before, after, happened_on, "
      "reported_at, cause) SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM alerts l WHERE key = ?1 AND NOT "
      "EXISTS "
      "(SELECT 1 FROM deliveries d WHERE d.alert_id = l.id AND d.state <> 'queued')",
      key, event.field, event.before, event.after, event.happened_on, event.reported_at,
      word_of(event.cause));
}

void save_told_sum(Connection& connection, const std::string& key, const MergedDeal& deal,
                   std::string_view reported_at) {
  if (!deal.value) return;
  DealEvent sum;
  sum.field = "amount";
  sum.after = std::to_string(deal.value->low());
  sum.reported_at = reported_at;
  save_told_change(connection, key, sum);
}

}  // namespace stakeout
