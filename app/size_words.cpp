#include "app/size_words.h"

#include <iterator>

namespace stakeout {

std::string size_words(std::uintmax_t bytes) {
  constexpr const char* units[] = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return std::to_string(bytes) + " bytes";
  std::size_t unit = 0;
  std::uintmax_t tenths = bytes * 10 / 1024;
  for (; tenths >= 10 * 1024 && unit + 1 < std::size(units); ++unit) tenths /= 1024;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " + units[unit];
}

}  // namespace stakeout
