#include "extractors/facts/dates.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "extractors/facts/date_cues.h"
#include "extractors/facts/date_expressions.h"
#include "extractors/facts/numerals.h"
#include "extractors/facts/tense.h"

namespace stakeout {
namespace {

namespace chrono = std::chrono;

using Interval = std::pair<PartialDate, PartialDate>;

Interval both(PartialDate date) {
  return {date, date};
}

Interval days(chrono::sys_days from, chrono::sys_days to) {
  return {PartialDate::from_days(from), PartialDate::from_days(to)};
}

std::optional<PartialDate> date_of(const DateParts& parts) {
  const auto month = parts.month == 0 ? std::nullopt : std::optional{parts.month};
  const auto day = parts.day == 0 ? std::nullopt : std::optional{parts.day};
  return PartialDate::make(parts.year, month, day);
}

// Monday of the week of a day.
chrono::sys_days monday_of(chrono::sys_days day) {
  return day - (chrono::weekday{day} - chrono::Monday);
}

class Finder {
 public:
  Finder(const Prose& prose, const std::optional<PartialDate>& published)
      : prose_{prose}, tokens_{prose.tokens()} {
    if (published && published->is_full()) today_ = published->first_day();
    has_ago_ = std::ranges::any_of(tokens_, [](const Token& t) { return t.folded == "ago"; });
  }

  std::vector<DateMention> run() {
    for (std::size_t at = 0; at < tokens_.size();) at = step(at);
    return std::move(found_);
  }

 private:
  // Reads what begins at `at` and says where to go on.
  std::size_t step(std::size_t at) {
    if (today_) {
      if (const std::size_t end = relative(at); end > at) return end;
    }
    const auto date = date_expression_at(prose_, at);
    if (!date) return today_ ? weekday(at) : at + 1;
    const auto same_year = date_cue_at(tokens_, date->end, DateCueKind::same_year);
    const auto interval =
        same_year && date->from.year == 0 ? resolve_in_year_told(*date) : resolve(*date);
    if (interval) add(date->first, date->end, *interval);
    return date->end;
  }

  void add(std::size_t first, std::size_t end, const Interval& interval) {
    found_.push_back({std::string{prose_.words(first, end)}, prose_.span_of_tokens(first, end),
                      interval.first, interval.second});
  }

  [[nodiscard]] std::optional<Interval> resolve(const DateExpression& date) const {
    DateExpression full = date;
    if (date.from.year == 0) {
      if (!today_) return std::nullopt;
      const int year = year_told_for(date).value_or(year_for(date));
      full.from.year = year;
      full.to.year = date.to.month < date.from.month ? year + 1 : year;
    }
    const auto from = date_of(full.from);
    const auto to = date_of(full.to);
    if (!from || !to || from->first_day() > to->last_day()) return std::nullopt;
    return Interval{*from, *to};
  }

  // "In December of that year": of the date told last.
  [[nodiscard]] std::optional<Interval> resolve_in_year_told(DateExpression date) const {
    if (found_.empty()) return std::nullopt;
    date.from.year = found_.back().to.year();
    date.to.year = date.from.year;
    return resolve(date);
  }

  // "... in February 2020. On February 13 ...": a day of long ago that names no year is of the
  // month told right before it.
  [[nodiscard]] std::optional<int> year_told_for(const DateExpression& date) const {
    constexpr chrono::days recent{60};
    if (found_.empty() || date.from.day == 0 || tense_of(date) == Tense::future) return {};
    const PartialDate& told = found_.back().from;
    if (told.month() != date.from.month) return {};
    const auto day = date_of({told.year(), date.from.month, date.from.day});
    const auto nearest = date_of({year_for(date), date.from.month, date.from.day});
    const bool is_old = day && nearest && *today_ - nearest->first_day() > recent;
    return is_old ? std::optional{told.year()} : std::nullopt;
  }

  // The year of a day or month that names none.
  [[nodiscard]] int year_for(const DateExpression& date) const {
    const int this_year = PartialDate::from_days(*today_).year();
    const Tense tense = tense_of(date);
    std::optional<int> best;
    chrono::days best_distance{};
    for (int year = this_year - 1; year <= this_year + 1; ++year) {
      const auto candidate = date_of({year, date.from.month, date.from.day});
      if (!candidate) continue;
      if (tense == Tense::past && candidate->first_day() > *today_) continue;
      if (tense == Tense::future && candidate->last_day() < *today_) continue;
      const auto distance = chrono::abs(candidate->first_day() - *today_);
      if (!best || distance < best_distance) {
        best = year;
        best_distance = distance;
      }
    }
    return best.value_or(this_year);
  }

  // "last September" and "next March" say it themselves.
  [[nodiscard]] Tense tense_of(const DateExpression& date) const {
    const auto shift = date_cue_before(tokens_, date.first, DateCueKind::shift);
    if (shift && shift->value == "-1") return Tense::past;
    if (shift && shift->value == "1") return Tense::future;
    return tense_around(prose_, date.first, date.end);
  }

  // "yesterday", "last week", "two days ago"; the token behind it, or `at` when there is none.
  std::size_t relative(std::size_t at) {
    if (const auto day = date_cue_at(tokens_, at, DateCueKind::day)) {
      const auto date = *today_ + chrono::days{shift_of(*day)};
      add(at, at + day->tokens, days(date, date));
      return at + day->tokens;
    }
    if (const auto when = date_cue_at(tokens_, at, DateCueKind::when)) {
      const std::string_view period = when->value.back() == 'Y' ? "year" : "month";
      const auto interval = period_from_now(period, shift_of(*when));
      if (interval) add(at, at + when->tokens, *interval);
      return at + when->tokens;
    }
    if (const auto shift = date_cue_at(tokens_, at, DateCueKind::shift)) {
      return shifted(at, *shift);
    }
    return has_ago_ ? ago(at) : at;
  }

  static int shift_of(const DateCue& cue) { return cue.value.starts_with('-') ? -1 : cue.number; }

  std::size_t shifted(std::size_t at, const DateCue& shift) {
    const std::size_t next = at + shift.tokens;
    if (const auto period = date_cue_at(tokens_, next, DateCueKind::period)) {
      if (const auto interval = period_from_now(period->value, shift_of(shift))) {
        add(at, next + period->tokens, *interval);
        return next + period->tokens;
      }
    }
    if (const auto season = date_cue_at(tokens_, next, DateCueKind::season)) {
      add(at, next + season->tokens, both(year_of_season(season->number, shift_of(shift))));
      return next + season->tokens;
    }
    const auto day = date_cue_at(tokens_, next, DateCueKind::weekday);
    if (!day || day->number == 0) return at;
    const chrono::sys_days monday = monday_of(*today_) + chrono::days{day->number - 1};
    chrono::sys_days date = monday;
    if (shift.value == "-1" && date >= *today_) date -= chrono::weeks{1};
    if (shift.value == "1" && date <= *today_) date += chrono::weeks{1};
    add(at, next + day->tokens, days(date, date));
    return next + day->tokens;
  }

  // The year in which the last, this or the next season of that first month began.
  [[nodiscard]] PartialDate year_of_season(int first_month, int shift) const {
    const PartialDate now = PartialDate::from_days(*today_);
    const bool has_begun = *now.month() >= first_month;
    const int year = shift < 0 && !has_begun ? -1 : shift > 0 && has_begun ? 1 : 0;
    return PartialDate::make(now.year() + year).value_or(now);
  }

  // The week, month, quarter or year that lies `shift` from the present one.
  [[nodiscard]] std::optional<Interval> period_from_now(std::string_view period, int shift) const {
    const PartialDate now = PartialDate::from_days(*today_);
    if (period == "week") {
      const auto monday = monday_of(*today_) + chrono::weeks{shift};
      return days(monday, monday + chrono::days{6});
    }
    if (period == "year") {
      const auto year = PartialDate::make(now.year() + shift);
      return year ? std::optional{both(*year)} : std::nullopt;
    }
    const int size = period == "quarter" ? 3 : 1;
    const int first = (*now.month() - 1) / size * size + shift * size;
    const auto from = month_from(now.year(), first);
    const auto to = month_from(now.year(), first + size - 1);
    return from && to ? std::optional{Interval{*from, *to}} : std::nullopt;
  }

  // The month that lies `months` after January of a year.
  static std::optional<PartialDate> month_from(int year, int months) {
    const int count = year * 12 + months;
    return PartialDate::make(count / 12, count % 12 + 1);
  }

  std::size_t ago(std::size_t at) {
    constexpr std::int64_t most = 1000;
    std::size_t end = at;
    std::optional<std::int64_t> count;
    if (tokens_[at].kind == TokenKind::number) {
      const auto number = parse_number(tokens_[at].folded, DecimalMark::point, false);
      if (number && number->exponent == 0) count = number->mantissa;
      end = at + 1;
    } else if (const auto words = number_words_at(tokens_, at)) {
      count = words->value.exponent == 0 ? std::optional{words->value.mantissa} : std::nullopt;
      end = at + words->tokens;
    }
    if (!count || *count > most) return at;
    const auto unit = date_cue_at(tokens_, end, DateCueKind::unit);
    if (!unit || end + unit->tokens >= tokens_.size()) return at;
    if (tokens_[end + unit->tokens].folded != "ago") return at;
    end += unit->tokens + 1;
    const auto interval = before_now(static_cast<int>(*count) * unit->number, unit->value.back());
    if (!interval) return at;
    add(at, end, *interval);
    return end;
  }

  // A count of days, weeks, months or years before the present, as precise as its unit.
  [[nodiscard]] std::optional<Interval> before_now(int count, char unit) const {
    if (unit == 'M') return period_from_now("month", -count);
    if (unit == 'Y') return period_from_now("year", -count);
    const auto date = *today_ - chrono::days{unit == 'W' ? 7 * count : count};
    return days(date, date);
  }

  // "on Tuesday": the last one, or the next one where the sentence looks ahead.
  std::size_t weekday(std::size_t at) {
    const auto cue = date_cue_at(tokens_, at, DateCueKind::weekday);
    const bool is_name = cue && cue->number > 0 && tokens_[at].folded.size() > 4;
    if (!is_name) return at + 1;
    const bool is_plain_future = tense_around(prose_, at, at + 1) == Tense::future;
    chrono::sys_days date = monday_of(*today_) + chrono::days{cue->number - 1};
    if (is_plain_future && date < *today_) date += chrono::weeks{1};
    if (!is_plain_future && date > *today_) date -= chrono::weeks{1};
    add(at, at + cue->tokens, days(date, date));
    return at + cue->tokens;
  }

  const Prose& prose_;
  const std::vector<Token>& tokens_;
  std::optional<chrono::sys_days> today_;  // the day of publication
  bool has_ago_ = false;                   // somewhere in the text
  std::vector<DateMention> found_;
};

}  // namespace

std::vector<DateMention> find_dates(const Prose& prose,
                                    const std::optional<PartialDate>& published) {
  return Finder{prose, published}.run();
}

}  // namespace stakeout
