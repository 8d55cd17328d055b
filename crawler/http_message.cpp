#include "crawler/http_message.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "crawler/body_reader.h"
#include "crawler/response_head.h"

namespace stakeout {
namespace {

constexpr std::size_t piece = 64U << 10U;  // bytes that are decoded at a time

// The head with the empty line behind it; all of the message where there is none.
std::string_view head_of(std::string_view message) {
  for (std::size_t at = 0; at < message.size();) {
    const auto end = message.find('\n', at);
    if (end == std::string_view::npos) break;
    const std::string_view line = message.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line == "\r") return message.substr(0, at);
  }
  return message;
}

// The next line without its end; nullopt when none ends any more.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::size_t> chunk_size_of(std::string_view line) {
  constexpr int hexadecimal = 16;
  std::size_t size = 0;
  const auto [end, error] =
      std::from_chars(line.data(), line.data() + line.size(), size, hexadecimal);
  const std::string_view rest = line.substr(static_cast<std::size_t>(end - line.data()));
  const bool is_all = rest.find_first_not_of(" \t") == std::string_view::npos || rest[0] == ';';
  if (error != std::errc{} || !is_all) return std::nullopt;
  return size;
}

// The chunks of a body (RFC 9112, 7.1) in one; nullopt where it is not made of such.
std::optional<std::string> without_chunks(std::string_view body) {
  std::string whole;
  while (true) {
    const auto line = take_line(body);
    const auto size = line ? chunk_size_of(*line) : std::nullopt;
    if (!size) return std::nullopt;
    if (*size == 0) return whole;
    if (*size > body.size()) return std::nullopt;
    whole += body.substr(0, *size);
    body.remove_prefix(*size);
    if (const auto end = take_line(body); !end || !end->empty()) return std::nullopt;
  }
}

Result<std::string> decoded(std::string_view body, const std::string& coding,
                            std::size_t max_body) {
  FetchRequest request;
  request.max_body = max_body;
  BodyReader reader{request};
  while (!body.empty()) {
    const std::string_view part = body.substr(0, piece);
    if (reader.take(part, coding) != BodyReader::Taken::all) return fail(reader.error());
    body.remove_prefix(part.size());
  }
  if (const auto end = reader.finish(); !end) return fail(end.error().message);
  return reader.take_body();
}

}  // namespace

Result<FetchResponse> read_http_message(std::string_view message, Timestamp fetched_at,
                                        std::size_t max_body) {
  if (!message.starts_with("HTTP/")) return fail("it holds no HTTP response");
  std::string_view head = head_of(message);
  while (is_interim_head(head) && head.size() < message.size()) {
    message.remove_prefix(head.size());
    head = head_of(message);
  }
  FetchResponse response;
  read_head(head, fetched_at, response);
  response.head = head;
  response.fetched_at = fetched_at;
  std::string_view body = message.substr(head.size());
  std::optional<std::string> joined;
  if (find_header(head, "transfer-encoding").find("chunked") != std::string::npos)
    joined = without_chunks(body);
  if (joined) body = *joined;
  auto plain = decoded(body, find_header(head, "content-encoding"), max_body);
  if (!plain) return fail(plain.error().message);
  response.body = std::move(*plain);
  return response;
}

}  // namespace stakeout
