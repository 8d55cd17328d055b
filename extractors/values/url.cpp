#include "extractors/values/url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include <curl/curl.h>
#include <unicode/uidna.h>

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

constexpr bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// RFC 3986, 2.3: these mean the same with and without an escape.
constexpr bool is_unreserved(char c) {
  return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// What browsers escape in paths and queries (the WHATWG's path percent-encode set), and all that is
// not ASCII.
constexpr bool needs_escape(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte >= 0x7f ||
         std::string_view{"\"<>`{}"}.find(c) != std::string_view::npos;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

// Whether a "%" that starts no escape stands at the end, or one before it: what is added next could
// make it one.
bool ends_in_part_of_escape(std::string_view text) {
  return text.ends_with('%') || (text.size() >= 2 && text[text.size() - 2] == '%');
}

// The escapes of a path, query and fragment in their normal form (RFC 3986, 6.2.2.1 and 6.2.2.2).
std::string with_normal_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                           hex_value(text[i + 2]) >= 0;
    if (is_escape) {
      const auto meant = static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
      if (is_unreserved(meant) && !ends_in_part_of_escape(out)) {
        out += meant;
      } else {
        append_escape(out, meant);
      }
    } else if (needs_escape(text[i])) {
      append_escape(out, text[i]);
    } else {
      out += text[i];
    }
  }
  return out;
}

// The scheme that a reference starts with, or nothing (RFC 3986, 3.1).
std::string_view scheme_of(std::string_view text) {
  if (text.empty() || !is_alpha(text.front())) return {};
  const auto* const end = std::ranges::find_if_not(
      text, [](char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; });
  const auto size = static_cast<std::size_t>(end - text.begin());
  return size < text.size() && text[size] == ':' ? text.substr(0, size) : std::string_view{};
}

std::string in_lower_case(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

// A host name as the network knows it: in lower case and, if it has other letters than ASCII, in
// the A-labels of IDNA (UTS #46, non-transitional). Empty when it is no such name. libcurl would go
// by the locale here.
std::string host_in_ascii(const std::string& host) {
  const bool is_ascii =
      std::ranges::none_of(host, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (is_ascii) return in_lower_case(host);
  static const std::unique_ptr<UIDNA, FreeWith<uidna_close>> idna = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<UIDNA, FreeWith<uidna_close>>{
        uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &status)};
  }();
  std::array<char, 256> ascii{};  // a name has 253 characters at most
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const int size =
      uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<std::int32_t>(host.size()),
                             ascii.data(), static_cast<std::int32_t>(ascii.size()), &info, &status);
  if (U_FAILURE(status) || info.errors != 0) return {};
  return {ascii.data(), static_cast<std::size_t>(size)};
}

// The one spelling of an IPv4 address ("0x7f.1" is "127.0.0.1"). libcurl's parser writes it so,
// unless escapes or digits of another script hid it: hence a second time. Other hosts are as given.
std::string with_plain_number(const std::string& host) {
  const std::size_t label = host.rfind('.') + 1;  // 0 when there is no dot
  if (label >= host.size() || !is_digit(host[label])) return host;
  const CurlUrl parser{curl_url()};
  const std::string address = "http://" + host + "/";
  const CURLUcode code = curl_url_set(parser.get(), CURLUPART_URL, address.c_str(), 0);
  return code == CURLUE_OK ? part_of(parser.get(), CURLUPART_HOST) : std::string{};
}

// Whether a host can be looked up: an IPv6 address in brackets, or a name or IPv4 address of
// letters, digits, hyphens and underscores, no label empty but the root's after a last dot.
bool is_host(std::string_view host) {
  if (host.starts_with('[')) return host.ends_with(']');
  return !host.empty() && host.front() != '.' && host.find("..") == std::string_view::npos &&
         std::ranges::all_of(host, [](char c) {
           return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_';
         });
}

// A reference as libcurl's parser wants it: slashes instead of backslashes before the query, as
// browsers read them, and normal escapes behind the host.
std::string prepared(std::string_view text) {
  std::string out{text};
  const std::size_t path_end = std::min(out.find_first_of("?#"), out.size());
  std::replace(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(path_end), '\\', '/');
  const std::string_view scheme = scheme_of(out);
  const std::size_t start = scheme.empty() ? 0 : scheme.size() + 1;
  std::size_t host_end = start;
  if (std::string_view{out}.substr(start).starts_with("//")) {
    host_end = std::min(out.find_first_of("/?#", start + 2), out.size());
  }
  return out.substr(0, host_end) + with_normal_escapes(std::string_view{out}.substr(host_end));
}

}  // namespace

std::string Url::origin() const {
  const bool usual = (scheme_ == "http" && port_ == 80) || (scheme_ == "https" && port_ == 443);
  return scheme_ + "://" + host_ + (usual ? std::string{} : ":" + std::to_string(port_));
}

Result<Url> parse_url(std::string_view text) {
  text = trimmed(text);
  if (has_control_characters(text)) return fail("a control character in an address");
  const std::string scheme = in_lower_case(scheme_of(text));
  if (scheme.empty()) return fail("an address without a scheme");
  if (scheme != "http" && scheme != "https") return fail("neither http nor https");
  const CurlUrl parser{curl_url()};
  const CURLUcode code = curl_url_set(parser.get(), CURLUPART_URL, prepared(text).c_str(), 0);
  if (code != CURLUE_OK) return fail(std::string{"not an address: "} + curl_url_strerror(code));
  if (!part_of(parser.get(), CURLUPART_USER).empty() ||
      !part_of(parser.get(), CURLUPART_PASSWORD).empty()) {
    return fail("an address with a user name");
  }

  Url url;
  url.scheme_ = scheme;
  url.host_ = with_plain_number(host_in_ascii(part_of(parser.get(), CURLUPART_HOST)));
  if (!is_host(url.host_)) return fail("not a host name");
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
  const std::string_view scheme = scheme_of(reference);
  if (!scheme.empty()) {
    const std::string_view rest = reference.substr(scheme.size() + 1);
    const bool is_relative = in_lower_case(scheme) == base.scheme() && !rest.starts_with("//") &&
                             !rest.starts_with("\\\\");
    // "http:story" is taken as browsers take it (RFC 3986, 5.2.2, for backward compatibility).
    if (!is_relative) return parse_url(reference);
    reference = rest;
  }
  if (reference.empty() || reference.front() == '#') {
    return parse_url(base.text().substr(0, base.text().find('#')) + std::string{reference});
  }
  const CurlUrl parser{curl_url()};
  if (curl_url_set(parser.get(), CURLUPART_URL, base.text().c_str(), 0) != CURLUE_OK) {
    return fail("not a base address: " + base.text());
  }
  const CURLUcode code = curl_url_set(parser.get(), CURLUPART_URL, prepared(reference).c_str(), 0);
  if (code != CURLUE_OK) return fail(std::string{"not an address: "} + curl_url_strerror(code));
  return parse_url(part_of(parser.get(), CURLUPART_URL));
}

}  // namespace stakeout
