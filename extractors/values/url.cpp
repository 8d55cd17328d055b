#include "extractors/values/url.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include <curl/curl.h>

#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using CurlUrl = std::unique_ptr<CURLU, FreeWith<curl_url_cleanup>>;

// A part of a parsed address, or an empty string when it has none.
std::string part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* value = nullptr;
  if (curl_url_get(url, part, &value, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, FreeWith<curl_free>> owner{value};
  return value;
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool has_control_characters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

}  // namespace

std::string Url::origin() const {
  const bool usual = (scheme_ == "http" && port_ == 80) || (scheme_ == "https" && port_ == 443);
  return scheme_ + "://" + host_ + (usual ? std::string{} : ":" + std::to_string(port_));
}

Result<Url> parse_url(std::string_view text) {
  text = trimmed(text);
  if (has_control_characters(text)) return fail("a control character in an address");
  const CurlUrl parser{curl_url()};
  const CURLUcode code = curl_url_set(parser.get(), CURLUPART_URL, std::string{text}.c_str(),
                                      CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE);
  if (code != CURLUE_OK) return fail(std::string{"not an address: "} + curl_url_strerror(code));

  Url url;
  url.scheme_ = part_of(parser.get(), CURLUPART_SCHEME);
  if (url.scheme_ != "http" && url.scheme_ != "https") return fail("neither http nor https");
  if (!part_of(parser.get(), CURLUPART_USER).empty() ||
      !part_of(parser.get(), CURLUPART_PASSWORD).empty()) {
    return fail("an address with a user name");
  }
  url.host_ = part_of(parser.get(), CURLUPART_HOST);
  std::ranges::transform(url.host_, url.host_.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::string port = part_of(parser.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port_);
  const std::string path = part_of(parser.get(), CURLUPART_PATH);
  const std::string query = part_of(parser.get(), CURLUPART_QUERY);
  const std::string fragment = part_of(parser.get(), CURLUPART_FRAGMENT);
  url.path_and_query_ = (path.empty() ? "/" : path) + (query.empty() ? "" : "?" + query);
  url.text_ = url.origin() + url.path_and_query_ + (fragment.empty() ? "" : "#" + fragment);
  return url;
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
  reference = trimmed(reference);
  if (has_control_characters(reference)) return fail("a control character in an address");
  const CurlUrl parser{curl_url()};
  if (curl_url_set(parser.get(), CURLUPART_URL, base.text().c_str(), 0) != CURLUE_OK) {
    return fail("not a base address: " + base.text());
  }
  const CURLUcode code = curl_url_set(parser.get(), CURLUPART_URL, std::string{reference}.c_str(),
                                      CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE);
  if (code != CURLUE_OK) return fail(std::string{"not an address: "} + curl_url_strerror(code));
  return parse_url(part_of(parser.get(), CURLUPART_URL));
}

}  // namespace stakeout
