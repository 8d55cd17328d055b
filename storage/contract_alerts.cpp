#include "storage/contract_alerts.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "storage/alert_rows.h"
#include "storage/sum_words.h"
#include "storage/told_changes.h"

namespace stakeout {
namespace {

std::string shown_value(const std::string& field, const std::string& value) {
  return field == "amount" ? decimal_string(std::stoll(value)) : value;
}

std::string key_of_new(std::int64_t contract) {
  return "contract:" + std::to_string(contract) + ":new";
}

// A key of its own: a contract can come into a state more than once.
std::string free_key(Connection& connection, std::int64_t contract, const DealEvent& event) {
  const std::string what =
      "contract:" + std::to_string(contract) + ":" + event.field + ":" + event.after + ":";
  for (int times = 1;; ++times) {
    std::string key = what + std::to_string(times);
    if (alerts_with_key(connection, key).empty()) return key;
  }
}

bool tells(const MergedDeal& deal, std::int64_t article, std::initializer_list<Status> states) {
  return std::any_of(deal.events.begin(), deal.events.end(), [&](const DealEvent& event) {
    const auto state = event.field == "status" ? find_word<Status>(event.after) : std::nullopt;
    return state && std::find(states.begin(), states.end(), *state) != states.end() &&
           std::any_of(event.sources.begin(), event.sources.end(), [&](const EventSource& source) {
             return !source.revised && source.article == article;
           });
  });
}

// The article that told of the contract as a new one: that of the alert, once it was sent, and
// where it told that the deal was made, when all that came before it since is a plan.
std::int64_t introducing_article(Connection& connection, std::int64_t contract,
                                 const MergedDeal& deal, std::int64_t first_article) {
  Query q{connection, "SELECT id, article_id FROM alerts WHERE key = ? AND NOT withdrawn",
          key_of_new(contract)};
  if (!q.next() || q.is_null(1)) return first_article;
  const std::int64_t article = q.integer(1);
  const bool is_before_late_plan = tells(deal, article, {Status::awarded, Status::signed_}) &&
                                   tells(deal, first_article, {Status::proposed}) &&
                                   !tells(deal, first_article, {Status::awarded, Status::signed_});
  return was_sent(connection, q.integer(0)) || is_before_late_plan ? article : first_article;
}

bool is_news(const DealEvent& event, std::int64_t introducing) {
  return event.before &&
         std::none_of(event.sources.begin(), event.sources.end(), [&](const EventSource& source) {
           return !source.revised && source.article == introducing;
         });
}

bool is_past(const DealEvent& event) {
  return std::any_of(event.sources.begin(), event.sources.end(),
                     [](const EventSource& source) { return source.past; });
}

// Makes room for the alert of a contract that is no past any more, since this article. What was
// kept quiet after the article had come stays so.
void forget_past(Connection& connection, std::int64_t contract, std::int64_t article) {
  run(connection,
      "DELETE FROM alerts WHERE key = ?1 AND quiet AND created_at <= (SELECT r.fetched_at FROM "
      "articles a JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?2)",
      key_of_new(contract), article);
}

AlertRow alert_of(std::int64_t contract, const DealEvent& event, std::string key, bool quiet) {
  return {.kind = AlertKind::contract_changed,
          .key = std::move(key),
          .article_id = event.article,
          .contract_id = contract,
          .details = event.field + ": " + shown_value(event.field, *event.before) + " → " +
                     shown_value(event.field, event.after),
          .quiet = quiet};
}

std::vector<std::string> known_alerts(Connection& connection, std::int64_t contract) {
  std::vector<std::string> known;
  Query q{connection,
          "SELECT key FROM alerts WHERE contract_id = ? AND NOT withdrawn AND kind IN "
          "('new_contract', 'contract_changed')",
          contract};
  while (q.next()) known.push_back(q.text(0));
  return known;
}

// What is not sent yet says what is known now. False when it says so already.
bool reword_alert(Connection& connection, const AlertRow& alert) {
  return run(connection,
             "UPDATE alerts SET article_id = ?2, details = ?3 WHERE key = ?1 AND NOT EXISTS "
             "(SELECT 1 FROM deliveries d WHERE d.alert_id = alerts.id AND d.state <> 'queued') "
             "AND (article_id, details) IS NOT (?2, ?3)",
             alert.key, alert.article_id, given(alert.details)) > 0;
}

// Empty where the words of the event are not known.
AlertReason reason_of(const DealEvent& event) {
  if (event.words.empty()) return {};
  return {event.words, static_cast<std::int64_t>(event.span.start),
          static_cast<std::int64_t>(event.span.end), event.rule, event.quote};
}

// Raises an alert that tells of one field of a contract, or brings it up to date. Its reason is
// what the article says of the field, where `reason` is empty.
void raise_field_alert(Connection& connection, const AlertRow& alert, const std::string& field,
                       const AlertReason& reason, AlertCount& raised, Timestamp now) {
  const bool is_new = raise_alert(connection, alert, now);
  if (is_new) count_alert(raised, alert);
  if (!is_new && !reword_alert(connection, alert)) return;
  set_reason(connection, alert.key,
             reason.words.empty() ? reason_of_claim(connection, alert.contract_id.value(),
                                                    alert.article_id.value(), field)
                                  : reason);
}

}  // namespace

ContractNews contract_news(const std::vector<const DealClaim*>& claims) {
  std::set<std::int64_t> past_stories;
  for (const DealClaim* claim : claims) {
    if (claim->past) past_stories.insert(claim->story);
  }
  const auto first = std::find_if(claims.begin(), claims.end(), [&](const DealClaim* claim) {
    return claim->current && !past_stories.contains(claim->story);
  });
  ContractNews news;
  news.is_past = first == claims.end() && !past_stories.empty();
  news.was_past = first != claims.end() && !past_stories.empty();
  const DealClaim* told = past_stories.empty() || first == claims.end() ? claims.front() : *first;
  news.first_article = told->article;
  news.reported_at = told->reported_at;
  return news;
}

AlertCount update_contract_alerts(Connection& connection, std::int64_t contract,
                                  const MergedDeal& deal, const ContractNews& news, Timestamp now) {
  if (news.was_past && !news.is_quiet) forget_past(connection, contract, news.first_article);
  const auto told = told_changes_of(connection, contract);
  const auto told_by = match_told(deal.events, told);
  const std::int64_t introducing =
      introducing_article(connection, contract, deal, news.first_article);
  std::set<std::string> standing{key_of_new(contract)};
  for (std::size_t i = 0; i < told_by.size(); ++i) {
    if (told_by[i] && is_news(deal.events[i], introducing)) standing.insert(told[*told_by[i]].key);
  }
  for (const std::string& key : known_alerts(connection, contract)) {
    if (!standing.contains(key)) take_back_alert(connection, key, news.is_corrected);
  }
  AlertCount raised;
  raise_field_alert(connection,
                    {.kind = AlertKind::new_contract,
                     .key = key_of_new(contract),
                     .article_id = introducing,
                     .contract_id = contract,
                     .quiet = news.is_quiet || news.is_past},
                    "vendor", {}, raised, now);
  save_told_sum(connection, key_of_new(contract), deal, news.reported_at);
  for (std::size_t i = 0; i < deal.events.size(); ++i) {
    const DealEvent& event = deal.events[i];
    if (!is_news(event, introducing)) continue;
    const std::string key =
        told_by[i] ? told[*told_by[i]].key : free_key(connection, contract, event);
    raise_field_alert(connection, alert_of(contract, event, key, news.is_quiet || is_past(event)),
                      event.field, reason_of(event), raised, now);
    save_told_change(connection, key, event);
  }
  return raised;
}

// What a person's rejection takes back may stand again: of that the quiet alerts are kept, which
// show nowhere, so that it is as quiet then as it was.
void take_back_alert(Connection& connection, const std::string& key, bool is_corrected) {
  if (is_corrected &&
      find_integer(connection, "SELECT id FROM alerts WHERE key = ? AND quiet", key))
    return;
  withdraw_alert(connection, key);
}

namespace {

// "Quay Bureau, USD 500,000", as far as they are known.
std::string deal_words(const Query& q, int agency) {
  return q.maybe_text(agency).value_or("unnamed agency") +
         (q.is_null(agency + 1)
              ? ""
              : ", " + q.text(agency + 2) + " " + grouped_digits(q.text(agency + 1)));
}

std::string key_of_withdrawal(std::int64_t contract) {
  return "contract:" + std::to_string(contract) + ":withdrawn";
}

std::string key_of_merger(std::int64_t contract) {
  return "contract:" + std::to_string(contract) + ":merged";
}

// `words`, what the contract is, and whose.
std::optional<AlertRow> correction_about(Connection& connection, std::int64_t contract,
                                         AlertRow alert, const std::string& words) {
  Query q{connection, "SELECT vendor_id, agency, amount, currency FROM v_contracts WHERE id = ?",
          contract};
  if (!q.next()) return std::nullopt;
  alert.kind = AlertKind::correction;
  alert.entity_id = q.maybe_integer(0);
  alert.details = words + deal_words(q, 1);
  return alert;
}

AlertCount raise_about(Connection& connection, std::int64_t contract, AlertRow alert,
                       const std::string& words, const std::vector<std::int64_t>& corrected,
                       Timestamp now) {
  AlertCount raised;
  const auto row = correction_about(connection, contract, std::move(alert), words);
  if (row && raise_correction(connection, *row, corrected, now)) count_alert(raised, *row);
  return raised;
}

// "USD 500,000"; empty: not known.
std::string sum_of(Connection& connection, std::int64_t contract) {
  Query q{connection,
          "SELECT amount, currency FROM v_contracts WHERE id = ? AND amount IS NOT NULL", contract};
  return q.next() ? q.text(1) + " " + grouped_digits(q.text(0)) : "";
}

}  // namespace

AlertCount raise_withdrawal(Connection& connection, std::int64_t contract, Timestamp now) {
  if (!was_told_of(connection, contract)) return {};
  return raise_about(
      connection, contract,
      {.key = key_of_withdrawal(contract),
       .article_id = find_integer(
           connection, "SELECT min(article_id) FROM alerts WHERE contract_id = ?", contract)},
      "no article reports the contract any more: ", alerts_of_contract(connection, contract), now);
}

AlertCount raise_merger(Connection& connection, std::int64_t contract, std::int64_t into,
                        Timestamp now) {
  const auto told =
      find_integer(connection, "SELECT id FROM alerts WHERE key = ?", key_of_new(contract));
  const auto other = find_integer(connection,
                                  "SELECT id FROM alerts WHERE key = ? AND NOT quiet AND NOT "
                                  "withdrawn",
                                  key_of_new(into));
  if (!told || !other) return {};
  const std::string sum = sum_of(connection, contract);
  const std::string other_sum = sum_of(connection, into);
  const bool differ = !sum.empty() && !other_sum.empty() && sum != other_sum;
  const auto row = correction_about(
      connection, into,
      {.key = key_of_merger(contract),
       .article_id = find_integer(connection, "SELECT article_id FROM alerts WHERE id = ?", *told),
       .contract_id = into},
      "told as two contracts, " + (differ ? "of " + other_sum + " and of " + sum + ", " : "") +
          "which are one: ");
  AlertCount raised;
  if (row && raise_correction_of_both(connection, *row, *told, *other, now))
    count_alert(raised, *row);
  return raised;
}

AlertCount raise_return(Connection& connection, std::int64_t contract, std::int64_t article,
                        Timestamp now) {
  struct Correction {
    std::string key;
    const char* undone;  // what the key of its own correction ends with
    const char* words;
  };
  const Correction corrections[] = {
      {key_of_withdrawal(contract), ":stands",
       "reported again (no more is sent if its articles change again): "},
      {key_of_merger(contract), ":parted", "a contract of its own after all: "}};
  AlertCount raised;
  for (const Correction& each : corrections) {
    const auto told = alerts_with_key(connection, each.key);
    if (told.empty() || withdraw_alert(connection, each.key)) continue;
    raised += raise_about(connection, contract,
                          {.key = "contract:" + std::to_string(contract) + each.undone,
                           .article_id = article,
                           .contract_id = contract},
                          each.words, told, now);
  }
  return raised;
}

AlertCount raise_other_vendor(Connection& connection, std::int64_t contract,
                              std::optional<std::int64_t> vendor, std::int64_t article,
                              Timestamp now) {
  const auto before =
      find_integer(connection, "SELECT vendor_id FROM contracts WHERE id = ?", contract);
  if (!before || before == vendor || !was_told_of(connection, contract)) return {};
  Query q{connection,
          "SELECT coalesce((SELECT name FROM entities WHERE id = ?1), 'unnamed vendor') || ' → ' "
          "|| coalesce((SELECT name FROM entities WHERE id = ?2), 'unnamed vendor')",
          before, vendor};
  if (!q.next()) return {};
  const AlertRow alert{.kind = AlertKind::correction,
                       .key = "contract:" + std::to_string(contract) +
                              ":vendor:" + std::to_string(vendor.value_or(0)),
                       .article_id = article,
                       .contract_id = contract,
                       .details = "vendor: " + q.text(0)};
  AlertCount raised;
  if (raise_correction(connection, alert, alerts_of_contract(connection, contract), now))
    count_alert(raised, alert);
  return raised;
}

}  // namespace stakeout
