#include "storage/contract_history.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>
#include <utility>

#include "storage/deal_rules.h"

namespace stakeout {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr days tolerance{7};

bool is_beginning(Status status) {
  return status == Status::awarded || status == Status::signed_;
}
bool is_beginning(const StatusReport& report) {
  return is_beginning(report.status) && !report.again;
}

// One claim's word that the deal was in a state.
struct Report {
  Status status;
  std::optional<PartialDate> on;
  const DealClaim* claim;
  std::string quote;
  const StatusReport* told = nullptr;   // in the claim's history; else `evidence` tells it
  const char* evidence = "status";      // a column of the claim
  std::optional<sys_days> placed_at{};  // where in the order, when that is not its own day
  std::optional<Status> takes_back{};   // the state that the article reported in its place before
  bool again = false;                   // as in StatusReport
  std::vector<const DealClaim*> others{};  // that report the same

  void add(const Report& other) {
    others.push_back(other.claim);
    others.insert(others.end(), other.others.begin(), other.others.end());
  }

  [[nodiscard]] bool begins() const { return is_beginning(status) && !again; }
  [[nodiscard]] bool is_same_state(const Report& other) const {
    return status == other.status && again == other.again;
  }
  [[nodiscard]] sys_days reported_day() const {
    const auto date = parse_partial_date(std::string_view{claim->reported_at}.substr(0, 10));
    return date ? date->first_day() : sys_days{};
  }
  // The day of the change as well as it is known: it was there when it was reported, and of a month
  // or a year it may have been the last day.
  [[nodiscard]] sys_days day() const {
    if (placed_at) return *placed_at;
    if (!on) return reported_day();
    if (on->is_full() || begins()) return on->first_day();
    return std::max(on->first_day(), std::min(on->last_day(), reported_day()));
  }
};

bool reports(const DealClaim& claim, Status status) {
  return claim.status == status ||
         std::any_of(claim.history.begin(), claim.history.end(),
                     [&](const StatusReport& r) { return r.status == status; });
}

// Plan, beginning, course, end.
int phase_of(Status status) {
  switch (status) {
    case Status::proposed:
      return 0;
    case Status::awarded:
    case Status::signed_:
      return 1;
    case Status::under_review:
    case Status::stop_work:
    case Status::resumed:
    case Status::modified:
    case Status::extended:
      return 2;
    case Status::cancelled:
    case Status::expired:
    case Status::denied:
      return 3;
  }
  return 3;
}

// Whether an article that reported `early` may go on to `late` without having been wrong.
bool may_follow(Status early, Status late) {
  if (phase_of(early) != phase_of(late)) return phase_of(early) < phase_of(late);
  if (phase_of(early) != 2) return phase_of(early) == 1;  // an end is not another end
  return early == Status::under_review || early == Status::stop_work || late == Status::modified ||
         late == Status::extended;
}

// The claims of a deal in the light of what their articles said before.
struct Restatements {
  std::vector<Report> corrections;     // a state taken back, and the one in its place
  std::set<const DealClaim*> changed;  // those corrections, and what repeats them
  std::set<const DealClaim*> later;    // claims of all revisions but the first of each thread
};

Report correction_of(const DealClaim& claim, Status taken_back) {
  Report report{*claim.status, std::nullopt, &claim, claim.quote};
  report.takes_back = taken_back;
  for (const StatusReport& told : claim.history) {
    if (told.status != *claim.status) continue;
    report.on = told.on;
    report.told = &told;
    if (!told.quote.empty()) report.quote = told.quote;
  }
  return report;
}

Restatements restatements_of(const std::vector<ClaimThread>& threads) {
  Restatements restated;
  for (const ClaimThread& thread : threads) {
    const DealClaim* before = nullptr;  // the last one with a state
    for (const DealClaim* claim : thread) {
      if (claim != thread.front()) restated.later.insert(claim);
      if (!claim->status) continue;
      if (before != nullptr && before->status != claim->status) {
        if (!reports(*claim, *before->status) && !may_follow(*before->status, *claim->status)) {
          restated.corrections.push_back(correction_of(*claim, *before->status));
          restated.changed.insert(claim);
        }
      } else if (before != nullptr && restated.changed.contains(before)) {
        restated.changed.insert(claim);
      }
      before = claim;
    }
  }
  std::stable_sort(
      restated.corrections.begin(), restated.corrections.end(),
      [](const Report& a, const Report& b) { return reported_before(*a.claim, *b.claim); });
  return restated;
}

// Whether a deal is no longer in the state `early` once it is in `late`.
bool ends(Status late, Status early) {
  if (phase_of(late) == 3) return true;
  return late == Status::resumed && (early == Status::under_review || early == Status::stop_work);
}

// A state without a day that an article tells as ended since came before the first of the days on
// which it may have ended.
std::optional<sys_days> place_before_end(const std::vector<StatusReport>& history,
                                         const Report& report) {
  std::optional<sys_days> place;
  for (const StatusReport& later : history) {
    if (!later.on || later.status == report.status || !ends(later.status, report.status)) continue;
    const sys_days end = later.on->first_day();
    if (end < report.day() && (!place || end < *place)) place = end;
  }
  return place;
}

// A beginning that is told in the place of a later state is no news of the beginning.
std::vector<Report> reports_of(const std::vector<const DealClaim*>& claims,
                               const Restatements& restated) {
  std::vector<Report> reports;
  for (const DealClaim* claim : claims) {
    const bool is_news = !restated.changed.contains(claim);
    bool has_last = false;
    for (const StatusReport& report : claim->history) {
      has_last = has_last || report.status == claim->status;
      if (!is_news && report.status == claim->status && !report.on) continue;
      Report told{report.status, report.on, claim, report.quote};
      told.told = &report;
      told.again = report.again;
      const bool has_day = report.on && report.on->is_full();
      if (!has_day && !is_beginning(report)) {
        told.placed_at = place_before_end(claim->history, told);
      }
      reports.push_back(std::move(told));
    }
    if (claim->status && !has_last && is_news) {
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
    if (!report.begins()) continue;
    (report.status == Status::awarded ? awarded : signed_).insert(report.claim->story);
    if (!first) {
      first = report;
    } else {
      first->add(report);
    }
    if (!first->on) first->on = report.on;
  }
  for (const DealClaim* claim : claims) {
    if (!claim->signed_on || signs_amendment(*claim)) continue;
    const bool earlier = !first || std::tie(claim->reported_at, claim->order) <
                                       std::tie(first->claim->reported_at, first->claim->order);
    Report signing{Status::signed_, std::nullopt, claim, claim->quote};
    signing.evidence = "signed_on";
    if (first) (earlier ? signing : *first).add(earlier ? *first : signing);
    if (earlier) first = std::move(signing);
  }
  if (!first) return std::nullopt;
  if (signed_on) first->on = signed_on;
  first->status = awarded.size() > signed_.size() ? Status::awarded : Status::signed_;
  return first;
}

// A page can give a day of publication that is later than its next revision.
bool was_said_before(const DealClaim& a, const DealClaim& b) {
  return a.article == b.article ? a.revision < b.revision : reported_before(a, b);
}

// Whether a state was taken back after one of two reports of it and before the other: what is said
// of it afterwards is another change.
bool were_taken_apart(const Report& a, const Report& b, const std::vector<Report>& corrections) {
  return std::any_of(corrections.begin(), corrections.end(), [&](const Report& correction) {
    if (correction.takes_back != a.status) return false;
    const auto are_around = [&](const Report& early, const Report& late) {
      return was_said_before(*early.claim, *correction.claim) &&
             was_said_before(*correction.claim, *late.claim);
    };
    return are_around(a, b) || are_around(b, a);
  });
}

// Of reports with a date, those of one state within a week of each other are one change: the first
// to report it counts, with the most precise date. Each of them says of a month or a year by when
// at the latest it was so.
void add_dated(const Report& report, const std::vector<Report>& corrections,
               std::vector<Report>& changes) {
  for (Report& known : changes) {
    if (!known.is_same_state(report) || were_taken_apart(known, report, corrections)) continue;
    if (known.on->first_day() - tolerance > report.on->last_day() ||
        report.on->first_day() - tolerance > known.on->last_day()) {
      continue;
    }
    const sys_days latest = std::min(known.day(), report.day());
    const auto precision = [](const PartialDate& d) { return d.is_full() ? 2 : d.month() ? 1 : 0; };
    if (precision(*report.on) > precision(*known.on)) known.on = report.on;
    known.placed_at = std::clamp(latest, known.on->first_day(), known.on->last_day());
    known.add(report);
    return;
  }
  changes.push_back(report);
}

// Without a date, a state that was reached before is told as background, unless it had been taken
// back meanwhile. Where of that state only a month or a year is known, and a later article told so,
// this report is the first of it.
void add_undated(const Report& report, const std::vector<Report>& corrections,
                 std::vector<Report>& changes) {
  for (Report& known : changes) {
    if (!known.is_same_state(report)) continue;
    const bool is_vague = known.on && !known.on->is_full();
    const sys_days earliest = is_vague ? known.on->first_day() : known.day();
    if (earliest > report.day() + tolerance) continue;
    if (were_taken_apart(known, report, corrections)) continue;
    if (is_vague && report.day() < known.day()) {
      Report first = report;
      first.on = known.on;
      first.add(known);
      known = std::move(first);
    } else {
      known.add(report);
    }
    return;
  }
  changes.push_back(report);
}

// A correction comes after all that was reported until then of the state that it takes back.
void add_correction(Report correction, std::vector<Report>& changes) {
  const auto said =
      parse_partial_date(std::string_view{correction.claim->reported_at}.substr(0, 10));
  sys_days day = said ? said->first_day() : sys_days{};
  for (const Report& change : changes) {
    if (change.status == correction.takes_back &&
        was_said_before(*change.claim, *correction.claim)) {
      day = std::max(day, change.day());
    }
  }
  correction.placed_at = day;
  changes.push_back(std::move(correction));
}

// An award that is upheld when the work goes on is that one event.
void join_upheld_and_resumed(std::vector<Report>& changes) {
  for (Report& resumed : changes) {
    if (resumed.status != Status::resumed) continue;
    for (const Report& upheld : changes) {
      if (!upheld.again || std::chrono::abs(upheld.day() - resumed.day()) > tolerance) continue;
      if (!resumed.on) resumed.on = upheld.on;
      resumed.add(upheld);
    }
  }
  std::vector<sys_days> resumed;
  for (const Report& change : changes) {
    if (change.status == Status::resumed) resumed.push_back(change.day());
  }
  std::erase_if(changes, [&](const Report& upheld) {
    return upheld.again && std::any_of(resumed.begin(), resumed.end(), [&](sys_days day) {
             return std::chrono::abs(upheld.day() - day) <= tolerance;
           });
  });
}

// A beginning without a date was before anything that can only happen to a deal. One of which a
// month or a year is known came after the plans of that time.
void add_beginning(Report beginning, std::vector<Report>& changes) {
  const Report* earliest = nullptr;
  for (const Report& change : changes) {
    if (change.status == Status::proposed) {
      const bool is_of_its_time = beginning.on && change.day() > beginning.day() &&
                                  change.day() <= beginning.on->last_day();
      if (is_of_its_time) beginning.placed_at = change.day();
      continue;
    }
    if (earliest == nullptr || change.day() < earliest->day()) earliest = &change;
  }
  if (beginning.placed_at && earliest != nullptr) {
    beginning.placed_at = std::min(*beginning.placed_at, earliest->day());
  }
  if (!beginning.on && earliest != nullptr && earliest->day() < beginning.day()) {
    beginning.placed_at = earliest->day();
  }
  changes.push_back(std::move(beginning));
}

void add_sources(const Report& report, const Restatements& restated, DealEvent& event) {
  const auto add = [&](const DealClaim* claim) {
    event.sources.push_back({claim->article, restated.later.contains(claim), claim->past});
  };
  add(report.claim);
  std::for_each(report.others.begin(), report.others.end(), add);
}

DealEvent event_of(const Report& report, const Restatements& restated,
                   const std::vector<DealEvent>& before) {
  DealEvent event;
  event.field = "status";
  if (!before.empty()) event.before = before.back().after;
  event.after = word_of(report.status);
  event.happened_on = report.on;
  event.reported_at = report.claim->reported_at;
  event.article = report.claim->article;
  event.quote = report.quote.empty() ? report.claim->quote : report.quote;
  add_sources(report, restated, event);
  event.claim = report.claim->id;
  event.evidence = report.evidence;
  if (report.takes_back) event.cause = ChangeCause::correction;
  if (report.told == nullptr || report.told->words.empty()) return event;
  event.words = report.told->words;
  event.span = report.told->span;
  event.rule = report.told->rule;
  return event;
}

std::vector<Report> changes_of(const std::vector<const DealClaim*>& claims,
                               const Restatements& restated,
                               const std::optional<PartialDate>& signed_on) {
  const std::vector<Report> reports = reports_of(claims, restated);
  const std::optional<Report> beginning = beginning_of(claims, reports, signed_on);
  std::vector<Report> changes;
  for (const Report& report : reports) {
    if (report.on && !report.begins()) add_dated(report, restated.corrections, changes);
  }
  for (const Report& report : reports) {
    if (report.on || report.begins()) continue;
    // A plan told after the fact is background as well.
    const bool past =
        report.status == Status::proposed && beginning && report.day() >= beginning->day();
    if (!past) add_undated(report, restated.corrections, changes);
  }
  join_upheld_and_resumed(changes);
  if (beginning) add_beginning(*beginning, changes);
  for (const Report& correction : restated.corrections) add_correction(correction, changes);
  // On one day a plan comes first and the beginning next, then the order of the words: a review,
  // then the stop. Corrections of that day come last, with what was reported after them of the
  // state that they take back, as they were reported.
  const auto place = [&](const Report& r) {
    const bool is_late =
        r.takes_back || std::any_of(restated.corrections.begin(), restated.corrections.end(),
                                    [&](const Report& correction) {
                                      return correction.takes_back == r.status &&
                                             was_said_before(*correction.claim, *r.claim);
                                    });
    if (is_late) return std::tuple{r.day(), true, r.claim->reported_at, 0, Status::proposed};
    const int phase = r.again ? 2 : std::min(phase_of(r.status), 2);
    return std::tuple{r.day(), false, std::string{}, phase, r.status};
  };
  std::stable_sort(changes.begin(), changes.end(),
                   [&](const Report& a, const Report& b) { return place(a) < place(b); });
  return changes;
}

}  // namespace

std::vector<DealEvent> status_events(const std::vector<const DealClaim*>& claims,
                                     const std::vector<ClaimThread>& threads,
                                     const std::optional<PartialDate>& signed_on) {
  const Restatements restated = restatements_of(threads);
  std::vector<DealEvent> events;
  for (const Report& change : changes_of(claims, restated, signed_on)) {
    const auto last = events.empty() ? std::nullopt : find_word<Status>(events.back().after);
    // What was taken back may not be what counted.
    if (change.takes_back && last != change.takes_back) continue;
    if (last != change.status || change.again) {
      events.push_back(event_of(change, restated, events));
    } else {
      add_sources(change, restated, events.back());
    }
  }
  return events;
}

}  // namespace stakeout
