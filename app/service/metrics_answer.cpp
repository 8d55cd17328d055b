#include "app/service/metrics_answer.h"

#include <exception>
#include <optional>

namespace stakeout {
namespace {

constexpr std::string_view open_metrics =
    "application/openmetrics-text; version=1.0.0; charset=utf-8";
constexpr std::string_view plain_text = "text/plain; charset=utf-8";

struct RequestLine {
  std::string_view method;
  std::string_view path;  // without the query
};

// The path of "/metrics?x=1", and of "http://host/metrics" (RFC 9112, 3.2.2).
std::string_view path_of(std::string_view target) {
  constexpr std::string_view scheme = "http://";
  if (target.starts_with(scheme)) {
    const std::size_t slash = target.find('/', scheme.size());
    target = slash == target.npos ? "/" : target.substr(slash);
  }
  return target.substr(0, target.find('?'));
}

// request-line := method " " target " HTTP/1." digit
std::optional<RequestLine> request_line_of(std::string_view request) {
  std::string_view line = request.substr(0, request.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == line.npos || first == 0 || last <= first + 1) return std::nullopt;
  const std::string_view version = line.substr(last + 1);
  constexpr std::string_view major = "HTTP/1.";
  if (!version.starts_with(major) || version.size() != major.size() + 1) return std::nullopt;
  return RequestLine{line.substr(0, first), path_of(line.substr(first + 1, last - first - 1))};
}

// `status`: "404 Not Found", and further header lines, if any.
std::string message(std::string_view status, std::string_view type, std::string_view body) {
  std::string out = "HTTP/1.1 ";
  out += status;
  out += "\r\nConnection: close\r\nContent-Type: ";
  out += type;
  out += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  out += body;
  return out;
}

std::string without_body(std::string answer) {
  constexpr std::string_view gap = "\r\n\r\n";
  answer.resize(answer.find(gap) + gap.size());
  return answer;
}

std::string answer_for(std::string_view path, const MetricsAnswers& answers) {
  if (path == "/metrics") return message("200 OK", open_metrics, answers.metrics());
  if (path == "/healthz") {
    const std::string trouble = answers.trouble();
    return trouble.empty() ? message("200 OK", plain_text, "ok\n")
                           : message("503 Service Unavailable", plain_text, trouble + "\n");
  }
  return message("404 Not Found", plain_text, "there are /metrics and /healthz\n");
}

}  // namespace

bool has_whole_head(std::string_view request) {
  return request.find("\n\r\n") != request.npos || request.find("\n\n") != request.npos;
}

std::string answer_to(std::string_view request, const MetricsAnswers& answers) try {
  const auto line = request_line_of(request);
  if (!line) return message("400 Bad Request", plain_text, "this is no request of HTTP/1\n");
  if (line->method == "GET") return answer_for(line->path, answers);
  if (line->method == "HEAD") return without_body(answer_for(line->path, answers));
  return message("405 Method Not Allowed\r\nAllow: GET, HEAD", plain_text,
                 "there is only something to GET\n");
} catch (const std::exception& error) {
  return message("500 Internal Server Error", plain_text, std::string{error.what()} + "\n");
}

std::string answer_to_too_long() {
  return message("431 Request Header Fields Too Large", plain_text, "the request is too long\n");
}

}  // namespace stakeout
