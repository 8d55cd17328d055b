#include "crawler/response_head.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

constexpr Timestamp now{784'111'777};  // Sun, 06 Nov 1994 08:49:37 GMT

FetchResponse read(std::string_view headers) {
  FetchResponse response;
  read_head("HTTP/1.1 200 OK\r\n" + std::string{headers} + "\r\n", now, response);
  return response;
}

}  // namespace

TEST_CASE("validators are kept byte for byte") {
  const auto response =
      read("ETag: W/\"a b\"\r\nlast-modified:   Sunday, 06-Nov-94 08:49:37 GMT \r\n");
  CHECK(response.validators.etag == "W/\"a b\"");
  CHECK(response.validators.last_modified == "Sunday, 06-Nov-94 08:49:37 GMT");
  CHECK(read("ETag: \"" + std::string(2'000, 'x') + "\"\r\n").validators.etag.empty());
}

TEST_CASE("Retry-After is seconds, or a date in any of the three forms (RFC 9110, 5.6.7)") {
  CHECK(read("Retry-After: 120\r\n").retry_after == 120);
  CHECK(read("Retry-After: Sun, 06 Nov 1994 08:50:37 GMT\r\n").retry_after == 60);
  CHECK(read("Retry-After: Sunday, 06-Nov-94 08:50:37 GMT\r\n").retry_after == 60);
  CHECK(read("Retry-After: Sun Nov  6 08:50:37 1994\r\n").retry_after == 60);
  CHECK(read("Retry-After: Sun, 06 Nov 1994 08:00:00 GMT\r\n").retry_after == 0);
  CHECK(read("Retry-After: 99999999999999999999\r\n").retry_after == 30 * 86'400);
  CHECK_FALSE(read("Retry-After: later\r\n").retry_after.has_value());
  CHECK_FALSE(read("Retry-After: -5\r\n").retry_after.has_value());
}

TEST_CASE("freshness is max-age less Age, else Expires less Date (RFC 9111, 4.2.1)") {
  CHECK(read("Cache-Control: public, Max-Age=\"600\"\r\nAge: 100\r\n").fresh_for == 500);
  CHECK(read("Cache-Control: max-age=600\r\nExpires: 0\r\n").fresh_for == 600);
  CHECK(read("Cache-Control: max-age=600, no-cache\r\n").fresh_for == 0);
  CHECK(read("Date: Sun, 06 Nov 1994 08:00:00 GMT\r\nExpires: Sun, 06 Nov 1994 08:10:00 GMT\r\n")
            .fresh_for == 600);
  CHECK(read("Expires: 0\r\n").fresh_for == 0);
  CHECK_FALSE(read("").fresh_for.has_value());
}

TEST_CASE("control characters of headers are taken off") {
  CHECK(read("Location: /\x1b[31ma\r\n").location == "/[31ma");
}

}  // namespace stakeout
