#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stakeout {

// Values of the database in words for a person. amount_words() has the sums.

// "1 claim", "2 claims"; `plural` where it is not the noun with an s.
[[nodiscard]] std::string counted(std::size_t number, const std::string& noun,
                                  const std::string& plural = {});

// "P1Y6M" as "1 year 6 months" (ISO 8601 durations without a time of day).
[[nodiscard]] std::string term_words(std::string_view iso);

// "stop_work" as "stop work".
[[nodiscard]] std::string words_of_code(std::string code);

// Who published an article: the name of its site, else the host of its address.
[[nodiscard]] std::string outlet_words(const std::string& site, std::string_view url);

}  // namespace stakeout
