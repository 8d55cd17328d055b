#include "crawler/feed_habits.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>

namespace stakeout {
namespace {

constexpr std::int64_t day = 86'400;
constexpr std::int64_t one_arrival = 900;  // seconds within which entries are one arrival
constexpr std::size_t most_arrivals = 33;
constexpr std::size_t fewest_gaps = 4;
constexpr std::int64_t day_bits = 64;
constexpr std::int64_t most_missed = 1'000'000;

std::int64_t day_of(Timestamp time) {
  return time.seconds / day;
}

// The number that `text` begins with, taken off it with one blank after it.
template <class Number>
std::optional<Number> take_number(std::string_view& text, int base) {
  Number number{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (fault != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return number;
}

}  // namespace

FeedHabits FeedHabits::parse(std::string_view text) {
  FeedHabits habits;
  const auto days = take_number<std::uint64_t>(text, 16);
  if (!days) return habits;
  habits.active_days_ = *days;
  while (!text.empty() && habits.arrivals_.size() < most_arrivals) {
    const auto seconds = take_number<std::int64_t>(text, 10);
    if (!seconds) break;
    habits.arrivals_.push_back({*seconds});
  }
  if (!text.empty() || !std::ranges::is_sorted(habits.arrivals_)) return {};
  return habits;
}

std::string FeedHabits::text() const {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), active_days_, 16);
  std::string out{digits.data(), end.ptr};
  for (const Timestamp arrival : arrivals_) out += " " + std::to_string(arrival.seconds);
  return out;
}

void FeedHabits::add(std::vector<Timestamp> arrivals) {
  if (arrivals.empty()) return;
  const std::optional<Timestamp> before = newest();
  const Timestamp latest =
      std::max(*std::ranges::max_element(arrivals), before.value_or(Timestamp{}));
  const std::int64_t shift = before ? day_of(latest) - day_of(*before) : 0;
  active_days_ = shift < day_bits ? active_days_ << shift : 0;
  for (const Timestamp arrival : arrivals) {
    const std::int64_t ago = day_of(latest) - day_of(arrival);
    if (ago < day_bits) active_days_ |= std::uint64_t{1} << ago;
  }

  arrivals.insert(arrivals.end(), arrivals_.begin(), arrivals_.end());
  std::ranges::sort(arrivals);
  arrivals_.clear();
  for (const Timestamp arrival : arrivals) {
    if (arrivals_.empty() || arrival - arrivals_.back() >= one_arrival)
      arrivals_.push_back(arrival);
  }
  if (arrivals_.size() > most_arrivals)
    arrivals_.erase(arrivals_.begin(), arrivals_.end() - most_arrivals);
}

std::optional<Timestamp> FeedHabits::newest() const {
  if (arrivals_.empty()) return std::nullopt;
  return arrivals_.back();
}

std::optional<std::int64_t> FeedHabits::usual_gap() const {
  if (arrivals_.size() < fewest_gaps + 1) return std::nullopt;
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 1; i < arrivals_.size(); ++i)
    gaps.push_back(arrivals_[i] - arrivals_[i - 1]);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::ranges::nth_element(gaps, middle);
  return *middle;
}

// The longest run of whole days without anything, between days with.
int FeedHabits::longest_pause() const {
  int longest = 0;
  for (std::uint64_t days = active_days_; days > 1;) {
    days >>= 1U;
    const int pause = std::countr_zero(days);
    longest = std::max(longest, pause);
    days >>= static_cast<unsigned>(pause);
  }
  return longest;
}

std::optional<std::int64_t> FeedHabits::silent_after() const {
  const auto gap = usual_gap();
  if (!gap) return std::nullopt;
  const bool knows_weekends = std::bit_width(active_days_) > 14;
  // Two moments with n whole days between them are less than n + 2 days apart.
  const std::int64_t pause = (knows_weekends ? longest_pause() : std::max(longest_pause(), 2)) + 2;
  return std::max(3 * *gap, pause * day);
}

std::vector<Timestamp> arrivals_of(const FeedDocument& document) {
  std::vector<Timestamp> arrivals;
  for (const auto& published : document.new_ones) {
    const bool is_past = published && *published <= document.now && published->seconds > 0;
    if (!document.last_answer) {
      if (is_past) arrivals.push_back(*published);
    } else {
      const bool is_since = is_past && *published >= *document.last_answer;
      arrivals.push_back(is_since ? *published : document.now);
    }
  }
  return arrivals;
}

std::int64_t missed_before(const FeedDocument& document, const FeedHabits& known) {
  if (!document.last_answer) return 0;
  std::vector<Timestamp> dates;
  for (const auto& published : document.published) {
    if (published && *published <= document.now) dates.push_back(*published);
  }
  double missed = 0;
  const auto newest = known.newest();
  if (dates.size() >= 3 && newest) {
    const auto [oldest, latest] = std::ranges::minmax(dates);
    if (latest == oldest || oldest <= *newest) return 0;
    const double gap = static_cast<double>(latest - oldest) / static_cast<double>(dates.size() - 1);
    missed = static_cast<double>(oldest - *newest) / gap - 1;
  } else if (const auto gap = known.usual_gap()) {
    const auto elapsed = static_cast<double>(document.now - *document.last_answer);
    missed = elapsed / static_cast<double>(*gap) - static_cast<double>(document.new_ones.size());
  }
  return std::llround(std::clamp(missed, 0.0, static_cast<double>(most_missed)));
}

}  // namespace stakeout
