#include "extractors/values/url.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/inspect/inspect.h"
#include "extractors/text/ascii.h"
#include "extractors/text/canonical_url.h"

namespace stakeout {
namespace {

// Schemes that are no address of anything elsewhere, and that no link may lead to.
constexpr std::array<std::string_view, 6> unusable_schemes = {"javascript", "vbscript", "data",
                                                              "file",       "blob",     "about"};

// An absolute address of a scheme that is not fetched, "ftp://example.org/": as it is, its scheme
// in lower case. Null when it is none, or one that cannot be used.
Json other_scheme(std::string_view text) {
  text = ascii_trimmed(text);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return nullptr;
  const std::string scheme = ascii_lower(text.substr(0, colon));
  const bool is_scheme = is_ascii_letter(scheme.front()) && std::ranges::all_of(scheme, [](char c) {
                           return is_ascii_alphanumeric(c) || c == '+' || c == '-' || c == '.';
                         });
  if (!is_scheme || scheme == "http" || scheme == "https") return nullptr;
  if (std::ranges::find(unusable_schemes, scheme) != unusable_schemes.end()) return nullptr;
  return scheme + std::string{text.substr(colon)};
}

Json canonical(const std::string& address) {
  const auto url = parse_url(address);
  return url ? Json(canonical_url(*url)) : other_scheme(address);
}

Json resolved(const std::string& base, const std::string& reference) {
  const auto page = parse_url(base);
  if (!page) return nullptr;
  const auto url = resolve_url(*page, reference);
  return url ? Json(url->text()) : other_scheme(reference);
}

bool has_texts(const Json& line, const char* first, const char* second) {
  const auto is_text = [&](const char* key) {
    return line.contains(key) && line.at(key).is_string();
  };
  return is_text(first) && is_text(second);
}

Result<Json> url_answer(Json line) {
  if (has_texts(line, "a", "b")) {
    line["canonical_a"] = canonical(line["a"].get<std::string>());
    line["canonical_b"] = canonical(line["b"].get<std::string>());
    return line;
  }
  if (has_texts(line, "base", "ref")) {
    line["resolved"] = resolved(line["base"].get<std::string>(), line["ref"].get<std::string>());
    return line;
  }
  return fail("a line has \"a\" and \"b\", or \"base\" and \"ref\"");
}

}  // namespace

void add_inspect_url(CLI::App& inspect, int& exit_code) {
  const auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* command = inspect.add_subcommand(
      "url",
      "One document or two: lines {\"a\",\"b\"}, answered with \"canonical_a\" and "
      "\"canonical_b\"; or {\"base\",\"ref\"}, answered with \"resolved\"");
  command->add_option("FILE", *files, "JSON lines; - or none is standard input");
  command->callback(
      [files, &exit_code] { exit_code = inspect_lines(*files, url_answer, std::cout); });
}

}  // namespace stakeout
