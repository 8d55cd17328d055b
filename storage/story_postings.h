#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// How the story keys write numbers down: an article and its day in 8 bytes. Pure.

namespace stakeout {

inline constexpr std::size_t number_bytes = 8;

// An article under one of its keys: its id above 24 bits for its day. The days count from one long
// past; 0 stands for no day.
class StoryPosting {
 public:
  constexpr StoryPosting(std::int64_t article_id, std::optional<std::int32_t> day)
      : number_{static_cast<std::uint64_t>(article_id) << day_bits |
                static_cast<std::uint64_t>(day ? *day - first_day : 0)} {}
  explicit constexpr StoryPosting(std::uint64_t number) : number_{number} {}

  [[nodiscard]] constexpr std::uint64_t number() const { return number_; }
  [[nodiscard]] constexpr std::int64_t article_id() const {
    return static_cast<std::int64_t>(number_ >> day_bits);
  }
  [[nodiscard]] constexpr std::optional<std::int32_t> day() const {
    const auto days = static_cast<std::int32_t>(number_ & ((1U << day_bits) - 1));
    return days == 0 ? std::nullopt : std::optional{days + first_day};
  }

 private:
  static constexpr unsigned day_bits = 24;
  static constexpr std::int32_t first_day = -(1 << (day_bits - 1));

  std::uint64_t number_;
};

// Little-endian.
inline void append_number(std::string& bytes, std::uint64_t number) {
  for (std::size_t i = 0; i < number_bytes; ++i, number >>= 8U) {
    bytes += static_cast<char>(number & 0xFF);
  }
}

inline std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < number_bytes; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return number;
}

template <class Use>
void each_number(std::string_view bytes, const Use& use) {
  for (std::size_t at = 0; at + number_bytes <= bytes.size(); at += number_bytes) {
    use(number_at(bytes, at));
  }
}

// From the last number to the first, until is_enough().
template <class Use, class IsEnough>
void each_number_from_behind(std::string_view bytes, const Use& use, const IsEnough& is_enough) {
  for (std::size_t end = bytes.size(); end >= number_bytes && !is_enough(); end -= number_bytes) {
    use(number_at(bytes, end - number_bytes));
  }
}

}  // namespace stakeout
