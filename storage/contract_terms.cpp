// What the claims of a deal say together; see contract_merge.h.
#include <algorithm>
#include <iterator>
#include <string>

#include "storage/claim_threads.h"
#include "storage/contract_history.h"
#include "storage/deal_rules.h"

namespace stakeout {
namespace {

// How claims state one field of a deal.
template <class T>
struct Field {
  const char* name;  // of its events
  std::optional<T> DealClaim::*value;
  bool (*agree)(const T&, const T&);        // the same, as far as they go
  bool (*repeats)(const T&, const T&);      // of one article: said again, and not corrected
  int (*precision)(const T&);               // how much a value says
  std::string (*spelled)(const T&);         // as the database spells it
  T (*read)(const std::string&, const T&);  // what that spells, of the kind of another value
  bool is_amendable = false;                // modifications and extensions replace it
};

// What an article says of one field until it says another thing.
template <class T>
struct Statement {
  T value;
  const DealClaim* first;   // the claim that said so first
  const DealClaim* latest;  // whose wording it is
  std::optional<T> before;  // what the article had said; nothing: its first word
};

// Nothing when the article does not state the field any more.
template <class T>
std::vector<Statement<T>> statements_of(const ClaimThread& thread, const Field<T>& field) {
  std::vector<Statement<T>> statements;
  if (!(thread.back()->*field.value)) return statements;
  for (const DealClaim* claim : thread) {
    const auto& value = claim->*field.value;
    if (!value) continue;
    if (statements.empty()) {
      statements.push_back({*value, claim, claim, std::nullopt});
    } else if (field.repeats(statements.back().value, *value)) {
      statements.back().value = *value;
      statements.back().latest = claim;
    } else {
      statements.push_back({*value, claim, claim, statements.back().value});
    }
  }
  return statements;
}

// Of contradicting votes the one of most stories, then the one of most merit, then the first.
template <class T, class Agree, class Merit>
std::optional<T> choose(const std::vector<std::pair<T, std::int64_t>>& votes, Agree agree,
                        Merit merit_of) {
  using Points = std::pair<std::size_t, decltype(merit_of(votes.front().first))>;
  std::optional<T> best;
  Points best_merit{};
  for (const auto& [value, story] : votes) {
    std::vector<std::int64_t> stories;
    for (const auto& [other, its_story] : votes) {
      if (agree(value, other)) stories.push_back(its_story);
    }
    std::sort(stories.begin(), stories.end());
    const auto last = std::unique(stories.begin(), stories.end());
    const Points merit{static_cast<std::size_t>(last - stories.begin()), merit_of(value)};
    if (!best || merit > best_merit) {
      best = value;
      best_merit = merit;
    }
  }
  return best;
}

template <class T>
bool is_amendment(const Statement<T>& statement, const Field<T>& field) {
  return field.is_amendable && is_amended(*statement.first);
}

// What a plan may come to.
template <class T>
bool is_estimate(const Statement<T>& statement) {
  return statement.first->status == Status::proposed && !statement.first->signed_on;
}

// What the articles said first; amendments are left out as long as anything else is known, and
// before them what plans estimate.
template <class T>
std::vector<Statement<T>> first_words(const std::vector<ClaimThread>& threads,
                                      const Field<T>& field) {
  std::vector<Statement<T>> all;
  std::vector<Statement<T>> reported;
  std::vector<Statement<T>> original;
  for (const ClaimThread& thread : threads) {
    const auto statements = statements_of(thread, field);
    if (statements.empty()) continue;
    all.push_back(statements.front());
    if (is_estimate(all.back())) continue;
    reported.push_back(all.back());
    if (!is_amendment(all.back(), field)) original.push_back(all.back());
  }
  return !original.empty() ? original : reported.empty() ? all : reported;
}

template <class T>
std::vector<Statement<T>> changes_of(const std::vector<ClaimThread>& threads,
                                     const Field<T>& field) {
  std::vector<Statement<T>> changes;
  for (const ClaimThread& thread : threads) {
    for (const Statement<T>& statement : statements_of(thread, field)) {
      if (statement.before || is_amendment(statement, field)) changes.push_back(statement);
    }
  }
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return reported_before(*a.first, *b.first);
  });
  return changes;
}

template <class T>
EventSource source_of(const Statement<T>& change) {
  return {change.first->article, change.before.has_value(), change.first->past};
}

template <class T>
DealEvent event_of(const Statement<T>& change, const T& before, const Field<T>& field) {
  return {.field = field.name,
          .before = field.spelled(before),
          .after = field.spelled(change.value),
          .happened_on = std::nullopt,
          .reported_at = change.first->reported_at,
          .article = change.first->article,
          .quote = change.first->quote,
          .sources = {source_of(change)},
          .claim = change.first->id,
          .evidence = field.name,
          .cause = change.before && !is_amendment(change, field) ? ChangeCause::correction
                                                                 : ChangeCause::change};
}

// How a value changed.
template <class T>
struct Course {
  T start;
  T value;  // in the end
  std::vector<DealEvent> events{};
  const DealClaim* source = nullptr;  // the claim that put the value there; null: it did not change
};

template <class T>
Course<T> course_from(const T& start, const std::vector<Statement<T>>& changes,
                      const Field<T>& field) {
  Course<T> course{start, start};
  for (const Statement<T>& change : changes) {
    const bool is_correction = change.before && !field.repeats(change.value, course.value);
    if (field.agree(change.value, course.value) && !is_correction) {
      if (!course.events.empty()) course.events.back().sources.push_back(source_of(change));
      continue;
    }
    if (!is_amendment(change, field) &&
        !(change.before && field.agree(*change.before, course.value))) {
      continue;
    }
    DealEvent event = event_of(change, course.value, field);
    if (event.before != event.after) course.events.push_back(std::move(event));
    course.value = change.value;
    course.source = change.latest;
  }
  return course;
}

// The value with which readers were told of the deal.
template <class T>
std::optional<std::string> told_value(const Field<T>& field,
                                      const std::vector<KnownChange>& known) {
  for (const KnownChange& change : known) {
    if (change.field == field.name && !change.before) return change.after;
  }
  return std::nullopt;
}

template <class T>
std::optional<T> choose_value(const std::vector<Statement<T>>& words, const Field<T>& field,
                              const std::optional<std::string>& told) {
  std::vector<std::pair<T, std::int64_t>> votes;
  for (const Statement<T>& word : words) votes.emplace_back(word.value, word.first->story);
  return choose(votes, field.agree, [&](const T& value) {
    const bool is_told = told && field.agree(field.read(*told, value), value);
    return std::pair{is_told, field.precision(value)};
  });
}

// Tells readers, who know another value than any that counted, what is told in its place now.
template <class T>
void add_told_differently(const std::vector<Statement<T>>& words, const Field<T>& field,
                          const std::string& told, Course<T>& course) {
  const T known = field.read(told, course.start);
  const auto is_known = [&](const T& value) { return field.agree(known, value); };
  const bool was_reached =
      std::any_of(course.events.begin(), course.events.end(),
                  [&](const DealEvent& event) { return is_known(field.read(event.after, known)); });
  if (is_known(course.start) || is_known(course.value) || was_reached) return;
  const auto word = std::find_if(words.begin(), words.end(), [&](const Statement<T>& statement) {
    return field.agree(statement.value, course.start);
  });
  if (word == words.end()) return;
  DealEvent event = event_of(*word, known, field);
  event.after = field.spelled(course.start);
  event.cause = ChangeCause::contradiction;
  course.events.insert(course.events.begin(), std::move(event));
}

// What may have counted before the first change, though most say another thing now.
template <class T>
std::vector<T> earlier_values(const std::vector<ClaimThread>& threads,
                              const std::vector<Statement<T>>& words,
                              const std::vector<Statement<T>>& changes, const Field<T>& field,
                              const std::vector<KnownChange>& known) {
  const auto is_earlier = [](const Statement<T>& a, const Statement<T>& b) {
    return reported_before(*a.first, *b.first);
  };
  std::vector<T> values;
  const auto amendment =
      std::find_if(changes.begin(), changes.end(),
                   [&](const Statement<T>& change) { return is_amendment(change, field); });
  if (amendment != changes.end()) {
    std::vector<Statement<T>> before;
    std::copy_if(words.begin(), words.end(), std::back_inserter(before),
                 [&](const Statement<T>& word) { return is_earlier(word, *amendment); });
    if (const auto value = choose_value(before, field, told_value(field, known))) {
      values.push_back(*value);
    }
  }
  const T& first = std::min_element(words.begin(), words.end(), is_earlier)->value;
  if (std::any_of(changes.begin(), changes.end(), [&](const Statement<T>& change) {
        return change.before && field.agree(*change.before, first);
      })) {
    values.push_back(first);
  }
  for (const ClaimThread& thread : threads) {
    for (const Statement<T>& statement : statements_of(thread, field)) {
      const std::string spelled = field.spelled(statement.value);
      if (std::any_of(known.begin(), known.end(), [&](const KnownChange& change) {
            return change.field == field.name && change.before == spelled;
          })) {
        values.push_back(statement.value);
      }
    }
  }
  return values;
}

// The value that counts in the end, with the events that led to it; and the claim that put it
// there, null when that were the votes.
template <class T>
std::optional<T> settle(const std::vector<ClaimThread>& threads, const Field<T>& field,
                        const std::vector<KnownChange>& known, std::vector<DealEvent>& events,
                        const DealClaim** source = nullptr) {
  const auto words = first_words(threads, field);
  const std::optional<std::string> told = told_value(field, known);
  const std::optional<T> voted = choose_value(words, field, told);
  if (!voted) return voted;
  const auto changes = changes_of(threads, field);
  Course<T> course = course_from(*voted, changes, field);
  if (!changes.empty()) {
    for (const T& start : earlier_values(threads, words, changes, field, known)) {
      Course<T> longer = course_from(start, changes, field);
      if (longer.events.size() <= course.events.size() ||
          !field.agree(longer.value, course.value)) {
        continue;
      }
      if (field.precision(longer.value) >= field.precision(course.value)) {
        course = std::move(longer);
      } else {
        course.start = longer.start;
        course.events = std::move(longer.events);
      }
    }
  }
  if (told) add_told_differently(words, field, *told, course);
  std::move(course.events.begin(), course.events.end(), std::back_inserter(events));
  if (source != nullptr) *source = course.source;
  return course.value;
}

bool are_equal(const std::string& a, const std::string& b) {
  return a == b;
}
int no_precision(const std::string&) {
  return 1;
}
std::string as_is(const std::string& words) {
  return words;
}
std::string read_words(const std::string& spelled, const std::string&) {
  return spelled;
}

bool dates_agree(const PartialDate& a, const PartialDate& b) {
  return gap_days(a, b) == 0;
}
int date_precision(const PartialDate& date) {
  if (date.is_full()) return 3;
  return date.month() ? 2 : 1;
}
std::string spelled_date(const PartialDate& date) {
  return to_string(date);
}
PartialDate read_date_like(const std::string& spelled, const PartialDate& like) {
  return parse_partial_date(spelled).value_or(like);
}

int money_precision(const Money& money) {
  return money.is_range() ? 1 : 1 + significant_digits(money.low());
}
std::string spelled_money(const Money& money) {
  return std::to_string(money.low());
}
bool repeats_money(const Money& a, const Money& b) {
  return amounts_agree(a, b) && amounts_are_close(a.low(), b.low());
}
Money read_money(const std::string& spelled, const Money& like) {
  return Money::exact(std::stoll(spelled), like.currency());
}

using DateMember = std::optional<PartialDate> DealClaim::*;
Field<PartialDate> date_field(const char* name, DateMember member, bool is_amendable = false) {
  return {name,           member,       dates_agree,    dates_agree,
          date_precision, spelled_date, read_date_like, is_amendable};
}
Field<std::string> word_field(const char* name, std::optional<std::string> DealClaim::*member,
                              bool (*agree)(const std::string&, const std::string&) = are_equal) {
  return {name, member, agree, agree, no_precision, as_is, read_words};
}

void settle_value(const std::vector<ClaimThread>& threads, const std::vector<KnownChange>& known,
                  MergedDeal& deal, std::vector<DealEvent>& events) {
  const Field<Money> field{"amount",        &DealClaim::value, amounts_agree, repeats_money,
                           money_precision, spelled_money,     read_money,    true};
  const DealClaim* source = nullptr;
  deal.value = settle(threads, field, known, events, &source);
  if (source != nullptr) {
    deal.qualifier = source->qualifier;
    return;
  }
  std::vector<std::pair<Qualifier, std::int64_t>> votes;
  for (const auto& word : first_words(threads, field)) {
    if (word.value == deal.value && word.latest->qualifier) {
      votes.emplace_back(*word.latest->qualifier, word.first->story);
    }
  }
  deal.qualifier = choose(
      votes, [](Qualifier a, Qualifier b) { return a == b; }, [](Qualifier) { return 1; });
}

// Those that may tell when the deal was signed, not an amendment of it; all where there are no
// others.
std::vector<ClaimThread> of_signing(const std::vector<ClaimThread>& threads) {
  std::vector<ClaimThread> original;
  std::copy_if(threads.begin(), threads.end(), std::back_inserter(original),
               [](const ClaimThread& thread) { return !signs_amendment(*thread.back()); });
  return original.empty() ? threads : original;
}

std::optional<std::int64_t> choose_agency(const std::vector<ClaimThread>& threads) {
  std::vector<std::pair<std::int64_t, std::int64_t>> votes;
  for (const ClaimThread& thread : threads) {
    const DealClaim& claim = *thread.back();
    if (!claim.agency_line.empty()) votes.emplace_back(claim.agency_line.front(), claim.story);
  }
  return choose(
      votes, [](std::int64_t a, std::int64_t b) { return a == b; }, [](std::int64_t) { return 1; });
}

// When it happened, as far as that is told: it had when it was reported.
std::chrono::sys_days day_of(const DealEvent& event) {
  const auto date = parse_partial_date(std::string_view{event.reported_at}.substr(0, 10));
  const auto reported = date ? date->first_day() : std::chrono::sys_days{};
  if (!event.happened_on) return reported;
  return std::max(event.happened_on->first_day(),
                  std::min(event.happened_on->last_day(), reported));
}

// The states as they stand, and each change of a term before the states that came after it.
std::vector<DealEvent> in_order(const std::vector<DealEvent>& states,
                                std::vector<DealEvent> changes) {
  const auto is_earlier = [](const DealEvent& a, const DealEvent& b) {
    return day_of(a) < day_of(b);
  };
  std::stable_sort(changes.begin(), changes.end(), is_earlier);
  std::vector<DealEvent> events;
  std::merge(states.begin(), states.end(), changes.begin(), changes.end(),
             std::back_inserter(events), is_earlier);
  return events;
}

}  // namespace

MergedDeal merge_deal(const std::vector<const DealClaim*>& claims,
                      const std::vector<KnownChange>& known) {
  const auto threads = living_threads(claims);
  MergedDeal deal;
  deal.agency = choose_agency(threads);
  std::vector<DealEvent> changes;
  settle_value(threads, known, deal, changes);
  deal.term = settle(threads, word_field("term", &DealClaim::term, terms_agree), known, changes);
  deal.signed_on =
      settle(of_signing(threads), date_field("signed_on", &DealClaim::signed_on), known, changes);
  deal.starts_on = settle(threads, date_field("starts_on", &DealClaim::starts_on), known, changes);
  deal.ends_on = settle(threads, date_field("ends_on", &DealClaim::ends_on, true), known, changes);
  deal.award_id = settle(threads, word_field("award_id", &DealClaim::award_id), known, changes);
  deal.events = status_events(claims, threads, deal.signed_on);
  if (!deal.events.empty()) {
    // An order to stop work outranks the review that it serves.
    const auto& last = deal.events.back();
    const bool serves = last.after == word_of(Status::under_review) &&
                        last.before == std::string{word_of(Status::stop_work)};
    deal.status = find_word<Status>(serves ? *last.before : last.after);
  }
  deal.events = in_order(deal.events, changes);
  return deal;
}

}  // namespace stakeout
