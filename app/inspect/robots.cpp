#include "crawler/robots.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/inspect/inspect.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

// RFC 4648, section 4, up to the padding.
Result<std::string> from_base64(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (std::size_t i = 0; i < text.size() && text[i] != '='; ++i) {
    const int value = base64_value(text[i]);
    if (value < 0) return fail("not base64", i);
    bits = (bits << 6U | static_cast<unsigned>(value)) & 0xffffU;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xffU);
    }
  }
  return bytes;
}

// The value of a key that has to be a string.
Result<std::string> string_at(const Json& line, const char* key) {
  const auto found = line.find(key);
  if (found == line.end() || !found->is_string()) {
    return fail("\"" + std::string{key} + "\" has to be a string");
  }
  return found->get<std::string>();
}

Result<std::string> robots_bytes(const Json& line) {
  if (!line.contains("robots_base64")) return string_at(line, "robots");
  const auto coded = string_at(line, "robots_base64");
  return coded ? from_base64(*coded) : coded;
}

// The path of an address and its query; a user name, which robots rules do not care about, is left
// out first.
Result<std::string> path_and_query(std::string_view address) {
  std::string text{address};
  const std::size_t host = text.find("://");
  if (host != std::string::npos) {
    const std::size_t end = std::min(text.find_first_of("/?#", host + 3), text.size());
    const std::size_t at = text.rfind('@', end);
    if (at != std::string::npos && at > host) text.erase(host + 3, at - host - 2);
  }
  const auto url = parse_url(text);
  if (!url) return tl::unexpected(url.error());
  return url->path_and_query();
}

Result<Json> robots_answer(Json line) {
  const auto agent = string_at(line, "agent");
  if (!agent) return tl::unexpected(agent.error());
  const auto address = string_at(line, "url");
  if (!address) return tl::unexpected(address.error());
  const auto bytes = robots_bytes(line);
  if (!bytes) return tl::unexpected(bytes.error());

  const auto path = path_and_query(*address);
  const RobotsRules rules = parse_robots(*bytes, *agent);
  line["allowed"] = path ? Json(rules.is_allowed(*path)) : Json(nullptr);
  line["crawl_delay"] = rules.crawl_delay() ? Json(*rules.crawl_delay()) : Json(nullptr);
  return line;
}

}  // namespace

void add_inspect_robots(CLI::App& inspect, int& exit_code) {
  const auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* command = inspect.add_subcommand(
      "robots",
      "Whether a robots.txt allows an address: lines {\"agent\",\"url\",\"robots\" or "
      "\"robots_base64\"}, answered with \"allowed\" and \"crawl_delay\"");
  command->add_option("FILE", *files, "JSON lines; - or none is standard input");
  command->callback(
      [files, &exit_code] { exit_code = inspect_lines(*files, robots_answer, std::cout); });
}

}  // namespace stakeout
