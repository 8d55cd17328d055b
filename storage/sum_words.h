#pragma once

#include <string>

namespace stakeout {

// "4200000" as "4,200,000", "1234567.89" as "1,234,567.89".
[[nodiscard]] std::string grouped_digits(std::string number);

}  // namespace stakeout
