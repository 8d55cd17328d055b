// HTTP responses as archives keep them.
#include "crawler/http_message.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/support/gzip.h"

namespace stakeout {
namespace {

constexpr Timestamp noon{1'727'438'400};  // 2024-09-27T12:00:00Z
constexpr std::size_t longest = 1'000;

std::string head(const std::string& more = {}) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + "\r\n";
}

}  // namespace

TEST_CASE("a body is read through the codings that its head names, as far as they hold") {
  const std::string packed = gzip("page");
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  const std::string coded = "Content-Encoding: gzip\r\n";
  const std::string in_chunks = "3;a=b\r\n" + packed.substr(0, 3) + "\r\n" +
                                [&] {
                                  char size[8];
                                  std::snprintf(size, sizeof size, "%zX", packed.size() - 3);
                                  return std::string{size};
                                }() +
                                "\r\n" + packed.substr(3) + "\r\n0\r\n\r\n";
  struct Case {
    const char* name;
    std::string message;
  };
  const Case cases[] = {
      {"plain", head() + "page"},
      {"line feeds alone", "HTTP/1.0 200 OK\nContent-Type: text/html\n\npage"},
      {"an interim answer before it", "HTTP/1.1 100 Continue\r\n\r\n" + head() + "page"},
      {"chunks", head(chunked) + "2\r\npa\r\n2\r\nge\r\n0\r\n\r\n"},
      {"said to be chunked, and is not", head(chunked) + "page"},
      {"gzip", head(coded) + packed},
      {"said to be gzip, and is not", head(coded) + "page"},
      {"gzip in chunks", head(chunked + coded) + in_chunks},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const auto response = read_http_message(c.message, noon, longest);
    REQUIRE(response.has_value());
    CHECK(response->status == 200);
    CHECK(response->content_type == "text/html");
    CHECK(response->body == "page");
    CHECK(response->fetched_at == noon);
    CHECK(response->head.starts_with("HTTP/1."));
    CHECK(response->head.find("Continue") == std::string::npos);
  }
}

TEST_CASE("what is no response, too long or torn is told so") {
  const std::string packed = gzip(std::string(500, 'x') + "end");
  CHECK_FALSE(read_http_message("<html>", noon, longest).has_value());
  CHECK_FALSE(read_http_message("", noon, longest).has_value());
  CHECK_FALSE(read_http_message(head() + std::string(1'001, 'x'), noon, longest).has_value());
  const std::string bomb = gzip(std::string(100'000, 'x'));
  CHECK_FALSE(read_http_message(head("Content-Encoding: gzip\r\n") + bomb, noon, longest));
  CHECK_FALSE(read_http_message(
      head("Content-Encoding: gzip\r\n") + packed.substr(0, packed.size() - 9), noon, longest));
  CHECK(read_http_message("HTTP/1.1 404 Not Found\r\n\r\n", noon, longest)->status == 404);
}

}  // namespace stakeout
