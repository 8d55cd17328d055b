#include "storage/contract_alerts.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "storage/alert_rows.h"
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

// The article that told of the contract as a new one: that of the alert, once it was sent.
std::int64_t introducing_article(Connection& connection, std::int64_t contract,
                                 std::int64_t first_article) {
  Query q{connection, "SELECT id, article_id FROM alerts WHERE key = ?", key_of_new(contract)};
  const bool is_told = q.next() && !q.is_null(1) && was_sent(connection, q.integer(0));
  return is_told ? q.integer(1) : first_article;
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
  news.first_article =
      (past_stories.empty() || first == claims.end() ? claims.front() : *first)->article;
  return news;
}

AlertCount update_contract_alerts(Connection& connection, std::int64_t contract,
                                  const MergedDeal& deal, const ContractNews& news, Timestamp now) {
  if (news.was_past && !news.is_quiet) forget_past(connection, contract, news.first_article);
  const auto told = told_changes_of(connection, contract);
  const auto told_by = match_told(deal.events, told, deal.value);
  const std::int64_t introducing = introducing_article(connection, contract, news.first_article);
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
                     .article_id = news.first_article,
                     .contract_id = contract,
                     .quiet = news.is_quiet || news.is_past},
                    "vendor", {}, raised, now);
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

AlertCount raise_withdrawal(Connection& connection, std::int64_t contract, Timestamp now) {
  if (!was_told_of(connection, contract)) return {};
  AlertRow alert{
      .kind = AlertKind::correction,
      .key = "contract:" + std::to_string(contract) + ":withdrawn",
      .article_id = find_integer(
          connection, "SELECT min(article_id) FROM alerts WHERE contract_id = ?", contract)};
  Query q{connection, "SELECT vendor_id, agency, amount, currency FROM v_contracts WHERE id = ?",
          contract};
  if (!q.next()) return {};
  alert.entity_id = q.maybe_integer(0);
  alert.details =
      "no article reports the contract any more: " + q.maybe_text(1).value_or("unnamed agency") +
      (q.is_null(2) ? "" : ", " + q.text(3) + " " + q.text(2));
  AlertCount raised;
  if (raise_correction(connection, alert, alerts_of_contract(connection, contract), now))
    count_alert(raised, alert);
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
