#pragma once

#include <cstdint>

namespace stakeout {

inline constexpr std::int64_t an_hour = 3'600;

// No server is left alone for longer, whatever it asks: a plan beyond it was made by a wrong clock.
inline constexpr std::int64_t longest_plan = 31 * 24 * an_hour;

}  // namespace stakeout
