#include "storage/contradictions.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "extractors/values/money.h"
#include "extractors/values/words.h"
#include "storage/deal_rules.h"

namespace stakeout {
namespace {

// The statements are literals: Connection knows one again by its address.
struct FieldOfClaim {
  const char* name;
  const char* of_claims;
  const char* of_contract;
};

#define FIELD(name, column, currency)                                                           \
  {                                                                                             \
    name,                                                                                       \
        "SELECT " column " AS value, " currency                                                 \
        ", a.id, coalesce(a.site, a.url) FROM claims c JOIN articles a ON a.revision_id = "     \
        "c.revision_id WHERE c.contract_id = ? AND NOT c.rejected AND value IS NOT NULL ORDER " \
        "BY a.published_at, a.canonical_url",                                                   \
        "SELECT " column ", " currency " FROM contracts c WHERE c.id = ?"                       \
  }

constexpr FieldOfClaim fields[] = {
    FIELD("agency", "(SELECT name FROM entities WHERE id = c.agency_id)", "''"),
    FIELD("amount", "c.amount", "c.currency"),
    FIELD("award_id", "c.award_id", "''"),
    FIELD("ends_on", "c.ends_on", "''"),
    FIELD("signed_on", "c.signed_on", "''"),
    FIELD("starts_on", "c.starts_on", "''"),
    FIELD("term", "c.term", "''")};

#undef FIELD

// A value as it is stored; the currency only of an amount.
struct Value {
  std::string spelled;
  std::string currency;
};

struct ToldValue {
  Value value;
  std::set<std::int64_t> articles;
  std::vector<std::string> outlets;  // each once
};

bool is_sum(const FieldOfClaim& field) {
  return std::string_view{field.name} == "amount";
}

bool agree(const FieldOfClaim& field, const Value& a, const Value& b) {
  return a.currency == b.currency && values_agree(field.name, a.spelled, b.spelled) &&
         (!is_sum(field) || amounts_are_close(std::stoll(a.spelled), std::stoll(b.spelled)));
}

void add_teller(ToldValue& told, std::int64_t article, const std::string& outlet) {
  told.articles.insert(article);
  if (std::find(told.outlets.begin(), told.outlets.end(), outlet) == told.outlets.end())
    told.outlets.push_back(outlet);
}

// As they are spelled, that of most articles first.
std::vector<ToldValue> spelled_values(Connection& connection, std::int64_t contract,
                                      const FieldOfClaim& field) {
  std::vector<ToldValue> values;
  Query q{connection, field.of_claims, contract};
  while (q.next()) {
    const Value value{q.text(0), q.text(1)};
    auto known = std::find_if(values.begin(), values.end(), [&](const ToldValue& told) {
      return told.value.spelled == value.spelled && told.value.currency == value.currency;
    });
    if (known == values.end()) known = values.insert(known, {value, {}, {}});
    add_teller(*known, q.integer(2), q.text(3));
  }
  std::stable_sort(values.begin(), values.end(), [](const ToldValue& a, const ToldValue& b) {
    return a.articles.size() > b.articles.size();
  });
  return values;
}

// Those that may be the same as one.
std::vector<ToldValue> distinct_values(const FieldOfClaim& field, std::vector<ToldValue> spelled) {
  std::vector<ToldValue> values;
  for (ToldValue& each : spelled) {
    const auto same = std::find_if(values.begin(), values.end(), [&](const ToldValue& known) {
      return agree(field, known.value, each.value);
    });
    if (same == values.end()) {
      values.push_back(std::move(each));
      continue;
    }
    same->articles.insert(each.articles.begin(), each.articles.end());
    for (const std::string& outlet : each.outlets)
      add_teller(*same, *each.articles.begin(), outlet);
  }
  return values;
}

// The value that the contract has, and those that say nothing against it: what it was changed from
// and to.
struct Course {
  std::optional<Value> counts;
  std::vector<Value> changed;
};

Course course_of(Connection& connection, std::int64_t contract, const FieldOfClaim& field) {
  Course course;
  Query now{connection, field.of_contract, contract};
  if (now.next() && !now.is_null(0)) course.counts = Value{now.text(0), now.text(1)};
  const std::string currency = course.counts ? course.counts->currency : "";
  Query q{connection,
          "SELECT before, after FROM contract_events WHERE contract_id = ? AND field = ? AND "
          "before IS NOT NULL AND cause = ?",
          contract, field.name, word_of(ChangeCause::change)};
  while (q.next()) {
    course.changed.push_back({q.text(0), currency});
    course.changed.push_back({q.text(1), currency});
  }
  // A term and the same with all its options are no contradiction.
  Query options{
      connection,
      "SELECT c.term, e.value FROM claims c JOIN claim_evidence e ON e.claim_id = c.id AND "
      "e.field = 'options' WHERE c.contract_id = ?1 AND c.term IS NOT NULL AND ?2 = "
      "'term'",
      contract, field.name};
  while (options.next()) {
    course.changed.push_back({options.text(0), {}});
    course.changed.push_back({options.text(1), {}});
  }
  return course;
}

std::string shown(const Value& value) {
  return value.currency.empty() ? value.spelled
                                : value.currency + " " + decimal_string(std::stoll(value.spelled));
}

std::string joined(const std::vector<std::string>& outlets) {
  std::string list;
  for (const std::string& outlet : outlets) list += (list.empty() ? "" : ",") + outlet;
  return list;
}

void add_contradictions(Connection& connection, std::int64_t contract, const FieldOfClaim& field,
                        Table& table) {
  auto values = distinct_values(field, spelled_values(connection, contract, field));
  if (values.size() < 2) return;
  const Course course = course_of(connection, contract, field);
  const auto counts = [&](const ToldValue& told) {
    return course.counts && agree(field, *course.counts, told.value);
  };
  std::erase_if(values, [&](const ToldValue& told) {
    return !counts(told) &&
           std::any_of(course.changed.begin(), course.changed.end(),
                       [&](const Value& value) { return agree(field, value, told.value); });
  });
  // Of several that a vague value leaves open, that of most articles stands for it.
  const auto counted = std::find_if(values.begin(), values.end(), counts);
  if (values.size() < 2 && counted != values.end()) return;
  for (auto told = values.begin(); told != values.end(); ++told) {
    table.rows.push_back({std::string{field.name}, shown(told->value),
                          static_cast<std::int64_t>(told->articles.size()), joined(told->outlets),
                          std::int64_t{told == counted ? 1 : 0}});
  }
}

}  // namespace

Table contradiction_rows(Connection& connection, std::int64_t contract_id) {
  Table table{{"field", "value", "articles", "outlets", "counts"}, {}};
  for (const FieldOfClaim& field : fields)
    add_contradictions(connection, contract_id, field, table);
  return table;
}

}  // namespace stakeout
