#include "storage/sum_words.h"

#include <algorithm>

namespace stakeout {

std::string grouped_digits(std::string number) {
  const std::size_t whole = std::min(number.find('.'), number.size());
  for (std::size_t at = whole; at > 3; at -= 3) number.insert(at - 3, ",");
  return number;
}

}  // namespace stakeout
