#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "extractors/values/result.h"

// The kinds of values that settings have: what is right for each, and how it is printed. The keys
// are in config_keys.h.

namespace stakeout {

enum class Kind {
  text,
  path,
  paths,
  texts,
  address_ranges,
  count,
  story_numbers,  // a list of numbers above zero
  amount,         // as parse_amount() reads it
  currency,       // a code such as "USD"
  duration,
  time_limit,       // a duration above zero
  keeping_time,     // a duration of at least a day, or "forever"
  intervals,        // a list of them, each longer than the one before
  size,             // above zero
  proxy,            // as parse_proxy() reads it, or empty
  feed_proxy,       // the same, or "direct"
  mail_server,      // as check_smtp_url() has it, or empty
  mailbox,          // as parse_mailbox() reads it, or empty
  mail_addresses,   // a list of them
  post_addresses,   // a list of what check_post_url() takes
  tls_use,          // "required", "off" or empty
  schedule,         // as parse_schedule() reads it, or empty
  when_empty,       // "quiet" or "send"
  metrics_address,  // as parse_metrics_address() reads it, or empty
};

// A value as it was read and checked, before the setter gives it its type.
using Value = std::variant<std::string, std::vector<std::string>>;

[[nodiscard]] inline const std::string& text_of(const Value& value) {
  return std::get<std::string>(value);
}
[[nodiscard]] inline const std::vector<std::string>& texts_of(const Value& value) {
  return std::get<std::vector<std::string>>(value);
}
// Of a value whose kind was checked.
[[nodiscard]] int count_of(const Value& value);
[[nodiscard]] std::vector<std::int64_t> numbers_of(const Value& value);
[[nodiscard]] std::chrono::milliseconds duration_of(const Value& value);
// nullopt: for ever.
[[nodiscard]] std::optional<std::chrono::milliseconds> keeping_time_of(const Value& value);
[[nodiscard]] std::vector<std::chrono::milliseconds> durations_of(const Value& value);

// Whether the values of a kind are lists; whether a bare number may stand for a text.
[[nodiscard]] bool is_list(Kind kind);
[[nodiscard]] bool is_numeric(Kind kind);

// What is wrong with a text, or an item of a list, of this kind; nullopt: nothing.
[[nodiscard]] std::optional<std::string> fault_of(Kind kind, const std::string& text);

// The value of a text out of the environment, where lists are parted by blanks, or out of a file.
[[nodiscard]] Result<Value> checked(Kind kind, const std::string& text);
// A list whose every item is what its kind wants.
[[nodiscard]] Result<Value> checked_list(Kind kind, std::vector<std::string> texts);

// As TOML; a proxy without its password.
[[nodiscard]] std::string printed(Kind kind, const Value& value);

}  // namespace stakeout
