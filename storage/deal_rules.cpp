#include "storage/deal_rules.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <tuple>

namespace stakeout {
namespace {

// Approved, signed and announced are three days of one deal; where both tell the same sum, and no
// two terms, they may be that far apart.
constexpr int same_sum_signing_tolerance_days = 45;
constexpr int period_tolerance_days = 31;
constexpr int report_tolerance_days = 3;
// Outlets that contradict each other write of the same piece of news.
constexpr int contradiction_tolerance_days = 7;

std::int64_t rounded(std::int64_t amount, int digits) {
  std::int64_t unit = 1;
  for (auto size = static_cast<int>(std::to_string(amount).size()); size > digits; --size) {
    unit *= 10;
  }
  const std::int64_t rest = amount % unit;
  return amount - rest + (rest >= unit - rest ? unit : 0);
}

// "$2 million" for $1,987,654: equal at the digits that the rounder one has, and not far apart.
bool is_rounding(std::int64_t a, std::int64_t b) {
  if (a == b) return true;
  const std::int64_t larger = std::max(a, b);
  if (larger - std::min(a, b) > larger / 10) return false;
  const int digits = std::min(significant_digits(a), significant_digits(b));
  return rounded(a, digits) == rounded(b, digits);
}

bool reports(const DealClaim& claim, std::initializer_list<Status> states) {
  const auto is_one = [&](Status s) {
    return std::find(states.begin(), states.end(), s) != states.end();
  };
  return (claim.status && is_one(*claim.status)) ||
         std::any_of(claim.history.begin(), claim.history.end(),
                     [&](const StatusReport& r) { return is_one(r.status); });
}

std::optional<PartialDate> reported_on(const DealClaim& claim) {
  const auto date = parse_partial_date(std::string_view{claim.reported_at}.substr(0, 10));
  return date ? std::optional{*date} : std::nullopt;
}

// Letters and digits of an award number, so that "70CTD024-P-00012" equals "70CTD024P00012".
std::string award_key(std::string_view id) {
  std::string key;
  for (const char c : id) {
    if (c >= 'a' && c <= 'z') key += static_cast<char>(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) key += c;
  }
  return key;
}

// "P1Y6M" in days, of years and months as long as they are on average; nothing for other forms.
std::optional<double> term_days(std::string_view term) {
  if (term.size() < 3 || term.front() != 'P') return std::nullopt;
  double days = 0;
  int number = 0;
  bool has_number = false;
  for (const char c : term.substr(1)) {
    if (c >= '0' && c <= '9') {
      if (number > 99'999) return std::nullopt;
      number = number * 10 + (c - '0');
      has_number = true;
      continue;
    }
    const double unit = c == 'Y' ? 365.25 : c == 'M' ? 30.4375 : c == 'W' ? 7 : c == 'D' ? 1 : 0;
    if (unit == 0 || !has_number) return std::nullopt;
    days += unit * number;
    number = 0;
    has_number = false;
  }
  return has_number ? std::nullopt : std::optional{days};
}

}  // namespace

bool terms_agree(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto first = term_days(a);
  const auto second = term_days(b);
  if (!first || !second) return false;
  return std::abs(*first - *second) <= 1 + std::max(*first, *second) / 50;
}

int gap_days(const PartialDate& a, const PartialDate& b) {
  if (a.last_day() < b.first_day()) return static_cast<int>((b.first_day() - a.last_day()).count());
  if (b.last_day() < a.first_day()) return static_cast<int>((a.first_day() - b.last_day()).count());
  return 0;
}

int significant_digits(std::int64_t amount) {
  while (amount != 0 && amount % 10 == 0) amount /= 10;
  return static_cast<int>(std::to_string(amount).size());
}

bool amounts_agree(const Money& a, const Money& b) {
  if (a.currency() != b.currency()) return false;
  if (a.is_range() || b.is_range()) return a.low() <= b.high() && b.low() <= a.high();
  return is_rounding(a.low(), b.low());
}

bool amounts_are_close(std::int64_t a, std::int64_t b) {
  const std::int64_t larger = std::max(a, b);
  return larger - std::min(a, b) <= larger / 20;
}

bool values_agree(std::string_view field, const std::string& a, const std::string& b) {
  if (a == b) return true;
  if (field == "amount") return is_rounding(std::stoll(a), std::stoll(b));
  if (field == "term") return terms_agree(a, b);
  if (!field.ends_with("_on")) return false;
  const auto day = parse_partial_date(a);
  const auto other = parse_partial_date(b);
  return day && other && gap_days(*day, *other) == 0;
}

bool amounts_are_near(const Money& a, const Money& b) {
  const std::int64_t high = std::max(a.low(), b.low());
  return a.currency() == b.currency() && high - std::min(a.low(), b.low()) <= high / 4;
}

bool are_told_at_once(const DealClaim& a, const DealClaim& b) {
  const auto first = reported_on(a);
  const auto second = reported_on(b);
  return first && second && gap_days(*first, *second) <= contradiction_tolerance_days;
}

bool is_amended(const DealClaim& claim) {
  return reports(claim, {Status::modified, Status::extended});
}

bool signs_amendment(const DealClaim& claim) {
  if (claim.status != Status::modified && claim.status != Status::extended) return false;
  return claim.signed_on &&
         std::any_of(claim.history.begin(), claim.history.end(), [&](const StatusReport& report) {
           return report.status == claim.status && report.on == claim.signed_on;
         });
}

bool agencies_fit(const DealClaim& a, const DealClaim& b) {
  if (a.agency_line.empty() || b.agency_line.empty()) return true;
  const auto has = [](const DealClaim& line, std::int64_t agency) {
    return std::find(line.agency_line.begin(), line.agency_line.end(), agency) !=
           line.agency_line.end();
  };
  return has(a, b.agency_line.front()) || has(b, a.agency_line.front());
}

bool same_award(const DealClaim& a, const DealClaim& b) {
  return a.award_id && b.award_id && award_key(*a.award_id) == award_key(*b.award_id);
}

bool awards_differ(const DealClaim& a, const DealClaim& b) {
  return a.award_id && b.award_id && award_key(*a.award_id) != award_key(*b.award_id);
}

bool reported_before(const DealClaim& a, const DealClaim& b) {
  return std::tie(a.reported_at, a.order) < std::tie(b.reported_at, b.order);
}

namespace {

bool dates_fit(const std::optional<PartialDate>& a, const std::optional<PartialDate>& b,
               int tolerance) {
  return !a || !b || gap_days(*a, *b) <= tolerance;
}

bool is_over(const DealClaim& claim) {
  return reports(claim, {Status::cancelled, Status::expired, Status::denied});
}

bool same_signing(const DealClaim& a, const DealClaim& b) {
  return a.signed_on && b.signed_on && a.signed_on->month() && b.signed_on->month() &&
         gap_days(*a.signed_on, *b.signed_on) == 0;
}

bool may_be_misreported(const DealClaim& a, const DealClaim& b) {
  return a.signed_on->is_full() && a.signed_on == b.signed_on &&
         amounts_are_near(*a.value, *b.value);
}

bool amounts_fit(const DealClaim& a, const DealClaim& b) {
  if (!a.value || !b.value || amounts_agree(*a.value, *b.value)) return true;
  if (!same_signing(a, b)) return false;
  return is_amended(a) || is_amended(b) || a.value->currency() != b.value->currency() ||
         may_be_misreported(a, b);
}

bool states_agreeing_amounts(const DealClaim& a, const DealClaim& b) {
  return a.value && b.value && amounts_agree(*a.value, *b.value);
}

// Tells of a change of a deal by a day of its own, with no sum but that of the deal: that day is
// not the one on which the deal was signed.
bool dates_amendment(const DealClaim& change, const DealClaim& deal) {
  const bool has_own_sum = change.value && !states_agreeing_amounts(change, deal);
  if (!signs_amendment(change) || has_own_sum) return false;
  const auto known = deal.signed_on ? deal.signed_on : reported_on(deal);
  return known && change.signed_on->first_day() > known->last_day();
}

// One may count the options of the other: "a base year and four option years", "five years".
bool terms_fit(const DealClaim& a, const DealClaim& b) {
  const auto is_whole_of = [](const DealClaim& whole, const DealClaim& base) {
    return base.longest_term && terms_agree(*whole.term, *base.longest_term);
  };
  return !a.term || !b.term || terms_agree(*a.term, *b.term) || is_whole_of(a, b) ||
         is_whole_of(b, a);
}

bool signings_fit(const DealClaim& a, const DealClaim& b) {
  if (!a.signed_on || !b.signed_on) return true;
  if (dates_amendment(a, b) || dates_amendment(b, a)) return true;
  const bool other_term = !terms_fit(a, b);
  const bool same_sum = a.value && a.value == b.value && !other_term;
  return gap_days(*a.signed_on, *b.signed_on) <=
         (same_sum ? same_sum_signing_tolerance_days : signing_tolerance_days);
}

// Whether `whole` ends when `base` does once all its options are used.
bool ends_with_options(const DealClaim& whole, const DealClaim& base) {
  if (!base.term || !base.longest_term) return false;
  const auto term = term_days(*base.term);
  const auto longest = term_days(*base.longest_term);
  if (!term || !longest) return false;
  const int options = static_cast<int>(*longest - *term);
  return whole.ends_on->last_day() > base.ends_on->first_day() &&
         std::abs(gap_days(*whole.ends_on, *base.ends_on) - options) <= period_tolerance_days;
}

bool ends_fit(const DealClaim& a, const DealClaim& b) {
  return dates_fit(a.ends_on, b.ends_on, period_tolerance_days) || ends_with_options(a, b) ||
         ends_with_options(b, a);
}

bool periods_fit(const DealClaim& a, const DealClaim& b) {
  if (!signings_fit(a, b)) return false;
  if (is_amended(a) || is_amended(b)) return true;
  if (!dates_fit(a.starts_on, b.starts_on, period_tolerance_days)) return false;
  if (!is_over(a) && !is_over(b) && !ends_fit(a, b)) return false;
  return terms_fit(a, b) || states_agreeing_amounts(a, b) || same_signing(a, b);
}

// False when `early` reports as made what `late` says was signed afterwards.
bool report_fits_signing(const DealClaim& early, const DealClaim& late) {
  const auto reported = reported_on(early);
  if (!reported || !late.signed_on || early.signed_on || !early.status) return true;
  if (dates_amendment(late, early)) return true;
  if (reports(early, {Status::proposed, Status::awarded, Status::under_review})) return true;
  return reported->last_day() + std::chrono::days{report_tolerance_days} >=
         late.signed_on->first_day();
}

// A plan comes before the deal; a plan of later, or beside a deal that is over, is another one.
bool plan_fits(const DealClaim& a, const DealClaim& b) {
  const bool a_plans = a.status == Status::proposed;
  const bool b_plans = b.status == Status::proposed;
  if (a_plans == b_plans || states_agreeing_amounts(a, b)) return true;
  const DealClaim& plan = a_plans ? a : b;
  const DealClaim& deal = a_plans ? b : a;
  const bool is_other = is_over(deal) && deal.status != Status::denied;
  return !is_other && plan.reported_at < deal.reported_at;
}

}  // namespace

bool could_be_one_deal(const DealClaim& a, const DealClaim& b) {
  if (!agencies_fit(a, b)) return false;
  if (a.award_id && b.award_id) return same_award(a, b);
  const bool may_be_one_sum = !a.value || !b.value || amounts_agree(*a.value, *b.value) ||
                              amounts_are_near(*a.value, *b.value);
  if (!may_be_one_sum && !same_signing(a, b)) return false;
  if (!a.signed_on || !b.signed_on) return true;
  const auto may_date_amendment = [](const DealClaim& claim) {
    return claim.status == Status::modified || claim.status == Status::extended;
  };
  return gap_days(*a.signed_on, *b.signed_on) <= same_sum_signing_tolerance_days ||
         may_date_amendment(a) || may_date_amendment(b);
}

int common_ground(const DealClaim& a, const DealClaim& b) {
  int points = 0;
  if (a.award_id && b.award_id) points += 16;
  if (states_agreeing_amounts(a, b)) points += *a.value == *b.value ? 8 : 4;
  if (same_signing(a, b)) points += a.signed_on == b.signed_on ? 4 : 2;
  if (a.story == b.story) points += 4;
  if (a.ends_on && a.ends_on == b.ends_on) points += 2;
  if (a.term && b.term && terms_agree(*a.term, *b.term)) points += 1;
  return points;
}

bool may_be_one_deal(const DealClaim& a, const DealClaim& b) {
  if (a.revision == b.revision || !agencies_fit(a, b)) return false;
  if (a.award_id && b.award_id) return same_award(a, b);
  return amounts_fit(a, b) && periods_fit(a, b) && report_fits_signing(a, b) &&
         report_fits_signing(b, a) && plan_fits(a, b);
}

}  // namespace stakeout
