#include "crawler/response_head.h"

#include <algorithm>
#include <charconv>

#include <curl/curl.h>

namespace stakeout {
namespace {

constexpr std::size_t longest_validator = 1'024;
// A longer Retry-After, or freshness, is taken as this much.
constexpr std::int64_t longest_wish = 30 * 86'400;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_without_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Calls `use(name, value)` for each header of a section, the status line left out.
template <class Use>
void for_each_header(std::string_view head, const Use& use) {
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    use(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
  }
}

// Three digits behind the first blank (RFC 9110, 15); 0 for anything else.
int status_of(std::string_view head) {
  const std::size_t gap = head.find(' ');
  if (gap == std::string_view::npos) return 0;
  int status = 0;
  std::from_chars(head.data() + gap + 1, head.data() + head.size(), status);
  return status >= 100 && status <= 999 ? status : 0;
}

// Digits alone, as delta-seconds are; larger numbers than fit count as the longest wish.
std::optional<std::int64_t> parse_seconds(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::int64_t seconds = longest_wish;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::min(seconds, longest_wish);
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
  const std::time_t time = curl_getdate(std::string{text}.c_str(), nullptr);
  if (text.empty() || time == -1) return std::nullopt;
  return Timestamp{time};
}

std::optional<std::int64_t> retry_after_of(std::string_view value, Timestamp now) {
  if (const auto seconds = parse_seconds(value)) return seconds;
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return std::clamp<std::int64_t>(*date - now, 0, longest_wish);
}

// The seconds of the Cache-Control directive max-age, which may be quoted; 0 for no-store and
// no-cache.
std::optional<std::int64_t> max_age_of(std::string_view cache_control) {
  std::optional<std::int64_t> age;
  while (!cache_control.empty()) {
    const std::size_t comma = cache_control.find(',');
    const std::string_view directive = trimmed(cache_control.substr(0, comma));
    cache_control.remove_prefix(comma == std::string_view::npos ? cache_control.size() : comma + 1);
    if (equal_without_case(directive, "no-store") || equal_without_case(directive, "no-cache")) {
      return 0;
    }
    const std::size_t equals = directive.find('=');
    if (equals == std::string_view::npos) continue;
    if (!equal_without_case(trimmed(directive.substr(0, equals)), "max-age")) continue;
    std::string_view value = trimmed(directive.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    age = parse_seconds(value);
  }
  return age;
}

std::optional<std::int64_t> freshness_of(std::string_view head, Timestamp now) {
  if (const auto max_age = max_age_of(find_header(head, "cache-control"))) {
    const std::int64_t age = parse_seconds(find_header(head, "age")).value_or(0);
    return std::max<std::int64_t>(*max_age - age, 0);
  }
  const std::string expires = find_header(head, "expires");
  if (expires.empty()) return std::nullopt;
  const auto date = parse_http_date(expires);
  if (!date) return 0;  // "Expires: 0" means already expired (RFC 9111, 5.3)
  const Timestamp from = parse_http_date(find_header(head, "date")).value_or(now);
  return std::clamp<std::int64_t>(*date - from, 0, longest_wish);
}

// Whether all items of a header's comma-separated list are as `good` says.
template <class Good>
bool all_items(std::string_view list, const Good& good) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string item{list.substr(0, comma)};
    std::erase(item, ' ');
    if (!item.empty() && !good(item)) return false;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return true;
}

std::string validator(std::string value) {
  return value.size() <= longest_validator ? std::move(value) : std::string{};
}

}  // namespace

std::string without_headers(std::string_view head, std::string_view beginning) {
  std::string rest;
  while (!head.empty()) {
    const auto end = head.find('\n');
    const std::string_view line = head.substr(0, end == std::string_view::npos ? end : end + 1);
    if (!equal_without_case(line.substr(0, beginning.size()), beginning)) rest += line;
    head.remove_prefix(line.size());
  }
  return rest;
}

std::string without_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) out += c;
  }
  return out;
}

std::vector<std::string> find_headers(std::string_view head, std::string_view name) {
  std::vector<std::string> values;
  for_each_header(head, [&](std::string_view given, std::string_view value) {
    if (equal_without_case(given, name)) values.push_back(without_controls(value));
  });
  return values;
}

std::string find_header(std::string_view head, std::string_view name) {
  std::string joined;
  for (const std::string& value : find_headers(head, name)) {
    if (!joined.empty()) joined += ", ";
    joined += value;
  }
  return joined;
}

std::string fault_of_head(std::string_view head) {
  // Lengths that differ are how one answer is made to look like two (RFC 9112, 6.3).
  std::string lengths = find_header(head, "content-length");
  std::erase(lengths, ' ');
  const std::string_view first = std::string_view{lengths}.substr(0, lengths.find(','));
  if (!all_items(lengths, [&](std::string_view length) { return length == first; })) {
    return "the answer names two lengths";
  }
  // libcurl would undo other codings by itself, without our limits; none was asked for.
  const bool is_plain = all_items(find_header(head, "transfer-encoding"), [](const auto& coding) {
    return equal_without_case(coding, "chunked") || equal_without_case(coding, "identity");
  });
  return is_plain ? "" : "the answer has a transfer coding that was not asked for";
}

bool is_interim_head(std::string_view head) {
  const int status = status_of(head);
  return status >= 100 && status < 200;
}

void read_head(std::string_view head, Timestamp now, FetchResponse& response) {
  response.status = status_of(head);
  const auto locations = find_headers(head, "location");
  if (!locations.empty()) response.location = locations.front();
  response.validators.etag = validator(find_header(head, "etag"));
  response.validators.last_modified = validator(find_header(head, "last-modified"));
  response.content_type = find_header(head, "content-type");
  response.retry_after = retry_after_of(find_header(head, "retry-after"), now);
  response.fresh_for = freshness_of(head, now);
}

}  // namespace stakeout
