#include "extractors/values/table_lines.h"

#include <algorithm>

namespace stakeout {

std::string_view take_until(std::string_view& rest, std::string_view end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(std::min(at + end.size(), rest.size()));
  return part;
}

std::optional<std::string_view> take_line(std::string_view& rest) {
  while (!rest.empty()) {
    const std::string_view line = take_until(rest, "\n");
    if (!line.empty() && line.front() != '#') return line;
  }
  return std::nullopt;
}

}  // namespace stakeout
