// An address that parses prints as one that parses to the same, so does every reference that is
// resolved against it, and its canonical form is its own canonical form. The input is an address on
// the first line and a reference on the second.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "extractors/text/canonical_url.h"
#include "extractors/values/url.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const stakeout::Url& url) {
  const auto again = stakeout::parse_url(url.text());
  require(again.has_value() && *again == url);
  require(stakeout::parse_url(url.origin()).has_value());
  require(url.path_and_query().starts_with('/'));

  const auto canonical = stakeout::parse_url(stakeout::canonical_url(url));
  require(canonical.has_value());
  require(stakeout::canonical_url(*canonical) == canonical->text());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line_end = input.find('\n');
  const auto url = stakeout::parse_url(input.substr(0, line_end));
  if (!url) return 0;
  check(*url);
  if (line_end == std::string_view::npos) return 0;
  const auto resolved = stakeout::resolve_url(*url, input.substr(line_end + 1));
  if (resolved) check(*resolved);
  return 0;
}
