// Whatever a robots.txt holds, /robots.txt itself stays allowed, a delay is a finite number of
// seconds, and how the address is escaped makes no difference. The input is the address's path on
// the first line, then the file.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crawler/robots.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// Every letter and digit as an escape, which means the same (RFC 9309, 2.2.2).
std::string fully_escaped(std::string_view path) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto byte = static_cast<unsigned char>(path[i]);
    // What follows a "%" may be part of an escape already.
    const bool in_escape = (i >= 1 && path[i - 1] == '%') || (i >= 2 && path[i - 2] == '%');
    const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    if (is_letter && !in_escape) {
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    } else {
      out += path[i];
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line_end = input.find('\n');
  const std::string_view path = input.substr(0, line_end);
  const std::string_view file =
      line_end == std::string_view::npos ? std::string_view{} : input.substr(line_end + 1);
  if (path.size() > 2'000) return 0;

  const stakeout::RobotsRules rules = stakeout::parse_robots(file, "stakeout");
  require(rules.is_allowed("/robots.txt"));
  require(rules.is_allowed(path) == rules.is_allowed(fully_escaped(path)));
  if (const auto delay = rules.crawl_delay()) require(std::isfinite(*delay) && *delay >= 0);
  return 0;
}
