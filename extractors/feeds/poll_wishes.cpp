#include "extractors/feeds/poll_wishes.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "extractors/feeds/markup.h"
#include "extractors/feeds/node_values.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

using std::string_view;

constexpr std::int64_t day = 86'400;
constexpr std::int64_t longest_interval = 366 * day;
constexpr auto weekdays = std::to_array<string_view>(
    {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"});

std::optional<std::int64_t> hour_in(const pugi::xml_node& node) {
  const auto hour = whole_number(text_inside(node));
  if (!hour || *hour > 24) return std::nullopt;
  return *hour % 24;
}

// Weekdays may be cut short: "Sat".
std::optional<std::int64_t> day_in(const pugi::xml_node& node) {
  const std::string word = ascii_lower(ascii_trimmed(text_inside(node)));
  if (word.size() < 3) return std::nullopt;
  const auto* found =
      std::ranges::find_if(weekdays, [&](string_view name) { return name.starts_with(word); });
  if (found == weekdays.end()) return std::nullopt;
  return found - weekdays.begin();
}

// The values of the children called `name`; none when they are all there are.
template <class Read>
std::vector<int> skipped(const pugi::xml_node& node, string_view name, std::size_t all,
                         const Read& read) {
  std::set<int> values;
  for (const pugi::xml_node& child : node.children()) {
    if (local_name(child.name()) != name) continue;
    if (const auto value = read(child)) values.insert(static_cast<int>(*value));
  }
  if (values.size() == all) return {};
  return {values.begin(), values.end()};
}

std::optional<std::int64_t> seconds_of_period(string_view period) {
  if (period == "hourly") return 3'600;
  if (period == "daily") return day;
  if (period == "weekly") return 7 * day;
  if (period == "monthly") return 30 * day;
  if (period == "yearly") return 365 * day;
  return std::nullopt;
}

// A number above zero.
std::optional<std::int64_t> count_in(const pugi::xml_node& node) {
  const auto number = whole_number(text_inside(node));
  return number && *number > 0 ? number : std::nullopt;
}

}  // namespace

std::vector<int> skipped_hours(const pugi::xml_node& node) {
  return skipped(node, "hour", 24, hour_in);
}

std::vector<int> skipped_days(const pugi::xml_node& node) {
  return skipped(node, "day", weekdays.size(), day_in);
}

void PollWish::set_time_to_live(const pugi::xml_node& node) {
  const auto minutes = count_in(node);
  if (minutes && *minutes <= longest_interval / 60) minutes_ = minutes;
}

void PollWish::set_period(const pugi::xml_node& node) {
  period_ = seconds_of_period(ascii_lower(ascii_trimmed(text_inside(node))));
}

void PollWish::set_frequency(const pugi::xml_node& node) {
  frequency_ = count_in(node);
}

std::optional<std::int64_t> PollWish::interval() const {
  if (minutes_) return *minutes_ * 60;
  if (!period_ && !frequency_) return std::nullopt;
  const std::int64_t period = period_.value_or(day);
  return period / std::min(frequency_.value_or(1), period);
}

}  // namespace stakeout
