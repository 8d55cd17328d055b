#include "storage/contract_alerts.h"

#include <map>
#include <utility>
#include <vector>

#include "storage/alert_rows.h"

namespace stakeout {
namespace {

std::string shown_value(const std::string& field, const std::string& value) {
  return field == "amount" ? decimal_string(std::stoll(value)) : value;
}

// An alert of a contract, and which of its fields it tells of.
struct FieldAlert {
  AlertRow row;
  std::string field;
};

using FieldAlerts = std::map<std::string, FieldAlert>;  // by key

FieldAlerts alerts_of(std::int64_t contract, const MergedDeal& deal, std::int64_t first_article,
                      bool quiet) {
  const std::string prefix = "contract:" + std::to_string(contract) + ":";
  FieldAlerts alerts;
  alerts[prefix + "new"] = {{.kind = AlertKind::new_contract,
                             .key = prefix + "new",
                             .article_id = first_article,
                             .contract_id = contract,
                             .quiet = quiet},
                            "vendor"};
  std::map<std::string, int> times;
  for (const DealEvent& event : deal.events) {
    const std::string what = prefix + event.field + ":" + event.after;
    const std::string key = what + ":" + std::to_string(++times[what]);
    if (!event.before || (event.story == deal.first_story && !event.revised)) continue;
    alerts[key] = {{.kind = AlertKind::contract_changed,
                    .key = key,
                    .article_id = event.article,
                    .contract_id = contract,
                    .details = event.field + ": " + shown_value(event.field, *event.before) +
                               " → " + shown_value(event.field, event.after),
                    .quiet = quiet},
                   event.field};
  }
  return alerts;
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

}  // namespace

AlertCount update_contract_alerts(Connection& connection, std::int64_t contract,
                                  const MergedDeal& deal, std::int64_t first_article,
                                  ContractNews news, Timestamp now) {
  const FieldAlerts alerts = alerts_of(contract, deal, first_article, news.is_quiet);
  for (const std::string& key : known_alerts(connection, contract)) {
    if (!alerts.contains(key)) take_back_alert(connection, key, news.is_corrected);
  }
  AlertCount raised;
  for (const auto& [key, alert] : alerts) {
    const bool is_new = raise_alert(connection, alert.row, now);
    if (is_new) count_alert(raised, alert.row);
    if (!is_new && !reword_alert(connection, alert.row)) continue;
    const std::int64_t article = alert.row.article_id.value_or(first_article);
    set_reason(connection, key, reason_of_claim(connection, contract, article, alert.field));
  }
  return raised;
}

bool is_past_of(Connection& connection, std::optional<std::int64_t> vendor, std::int64_t contract) {
  return find_integer(connection,
                      "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM claims c JOIN revisions r ON r.id "
                      "= c.revision_id JOIN articles a ON a.id = r.article_id LEFT JOIN entities e "
                      "ON e.id = ?1 AND e.listed WHERE c.contract_id = ?2 AND c.revision_id > "
                      "max(coalesce(a.past_revision, 0), coalesce(e.past_revision, 0)))",
                      vendor, contract)
      .has_value();
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
