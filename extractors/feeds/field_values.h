#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "extractors/values/timestamp.h"

namespace stakeout {

// The best of several values for one field: the lowest rank, among equals the first. Empty values
// are none.
class BestText {
 public:
  void offer(std::string value, int rank) {
    if (value.empty() || (!value_.empty() && rank >= rank_)) return;
    value_ = std::move(value);
    rank_ = rank;
  }
  // Adds to a value of the same rank, ", " between them; a value that is there already is not
  // added, and nothing is to a value that is longer than any list of names.
  void offer_one_more(std::string value, int rank) {
    if (value.empty() || value_.empty() || rank != rank_) return offer(std::move(value), rank);
    if (value_.size() > longest_list ||
        (", " + value_ + ", ").find(", " + value + ", ") != std::string::npos) {
      return;
    }
    value_ += ", " + value;
  }
  [[nodiscard]] const std::string& value() const { return value_; }

 private:
  static constexpr std::size_t longest_list = 1'000;
  std::string value_;
  int rank_ = 0;
};

// The same for instants.
class BestInstant {
 public:
  void offer(Timestamp value, int rank) {
    if (value_ && rank >= rank_) return;
    value_ = value;
    rank_ = rank;
  }
  [[nodiscard]] const std::optional<Timestamp>& value() const { return value_; }

 private:
  std::optional<Timestamp> value_;
  int rank_ = 0;
};

// The person in "mail (name)", "name <mail>" and "mailto:mail": the name, else the address.
[[nodiscard]] std::string person_in(std::string_view text);

}  // namespace stakeout
