#include "alerts/change_words.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "alerts/amount_words.h"
#include "alerts/state_words.h"
#include "alerts/value_words.h"
#include "extractors/values/words.h"

namespace stakeout {
namespace {

struct FieldWords {
  std::string_view field;
  std::string_view words;
};

// Those that are not their own words.
constexpr std::array field_table{FieldWords{"signed_on", "signed"},
                                 FieldWords{"starts_on", "start"}, FieldWords{"ends_on", "end"},
                                 FieldWords{"award_id", "award number"}};

}  // namespace

std::string field_words(std::string_view field) {
  const auto* known = std::ranges::find(field_table, field, &FieldWords::field);
  return std::string{known == field_table.end() ? field : known->words};
}

std::string value_words(std::string_view field, const std::string& value,
                        const std::string& currency) {
  if (value.empty()) return value;
  if (field == "status") return words_of_code(value);
  if (field == "term") return term_words(value);
  if (field == "amount") return (currency.empty() ? "" : currency + " ") + grouped_digits(value);
  return value;
}

std::string values_words(const FactChange& change) {
  const std::string before = value_words(change.field, change.before, change.currency);
  return (before.empty() ? "" : before + " → ") +
         value_words(change.field, change.after, change.currency);
}

std::string cause_words(const FactChange& change) {
  const auto cause = find_word<ChangeCause>(change.cause);
  const std::string before = value_words(change.field, change.before, change.currency);
  if (cause == ChangeCause::correction)
    return "a correction: the article had told \"" + before + "\" before";
  if (cause == ChangeCause::contradiction)
    return "told differently: most reports do not say \"" + before + "\"";
  return {};
}

std::string change_words(const FactChange& change) {
  const std::string cause = cause_words(change);
  return field_words(change.field) + ": " + values_words(change) +
         (cause.empty() ? "" : " (" + cause + ")");
}

std::string told_value_words(std::string_view field, const std::string& value) {
  const std::size_t gap = field == "amount" ? value.find(' ') : std::string::npos;
  return gap == std::string::npos ? value_words(field, value, {})
                                  : value_words(field, value.substr(gap + 1), value.substr(0, gap));
}

std::string outlet_list_words(const std::string& outlets) {
  std::string out;
  std::istringstream list{outlets};
  for (std::string teller; std::getline(list, teller, ',');) {
    const std::size_t start = std::min(teller.find_first_not_of(' '), teller.size());
    const bool is_address = teller.find("://") != std::string::npos;
    out +=
        (out.empty() ? "" : ", ") + (is_address ? outlet_words("", teller) : teller.substr(start));
  }
  return out;
}

std::string contradiction_words(const Table& told, std::string_view field) {
  std::string out;
  for (const auto& row : told.rows) {
    const bool counts = plain_cell(row[4]) == "1";
    if (plain_cell(row[0]) != field || counts) continue;
    out += (out.empty() ? "" : "; ") + told_value_words(field, plain_cell(row[1])) + " by " +
           outlet_list_words(plain_cell(row[3]));
  }
  return out;
}

std::string news_of_change(const FactChange& change) {
  const bool is_correction = find_word<ChangeCause>(change.cause) == ChangeCause::correction;
  const StateWords* state = change.field == "status" ? find_state_words(change.after) : nullptr;
  if (state == nullptr || is_correction) {
    return (is_correction ? "corrected " : "") + field_words(change.field) + ": " +
           values_words(change);
  }
  return std::string{state->news};
}

}  // namespace stakeout
