#pragma once

#include <string>
#include <string_view>

#include "storage/reader.h"

namespace stakeout {

// What changed of a contract, as v_alerts and v_contract_events have it: "amount", "2000000",
// "2500000", "USD", "change". Values that are not known are empty.
struct FactChange {
  std::string field;
  std::string before{};
  std::string after{};
  std::string currency{};
  std::string cause{};
};

// A field of a contract: "signed_on" as "signed".
[[nodiscard]] std::string field_words(std::string_view field);

// A value of a field: "USD 2,000,000", "1 year 6 months", "stop work"; what needs no words as it
// is.
[[nodiscard]] std::string value_words(std::string_view field, const std::string& value,
                                      const std::string& currency);

// "amount: USD 2,000,000 → USD 2,500,000", "status: signed → stop work", and where it was no change
// of the contract, why.
[[nodiscard]] std::string change_words(const FactChange& change);

// The values alone: "signed → stop work", "signed" at the beginning.
[[nodiscard]] std::string values_words(const FactChange& change);

// Why a value is told in the place of another one: "a correction: the article had told
// \"cancelled\" before"; empty where the contract was changed.
[[nodiscard]] std::string cause_words(const FactChange& change);

// What articles tell of a field in the place of what counts, by the rows of
// Reader::contradictions(): "USD 560,000 by Harbour Times, news.example"; empty: nothing.
[[nodiscard]] std::string contradiction_words(const Table& told, std::string_view field);

// A value of those rows, and those who give it.
[[nodiscard]] std::string told_value_words(std::string_view field, const std::string& value);
[[nodiscard]] std::string outlet_list_words(const std::string& outlets);

// The change as news: "stop-work order reported".
[[nodiscard]] std::string news_of_change(const FactChange& change);

}  // namespace stakeout
