#include "tests/support/mail_reader.h"

#include <algorithm>

namespace stakeout {
namespace {

using Lines = std::vector<std::string>;

std::optional<Lines> lines_of(std::string_view bytes) {
  Lines lines;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find("\r\n");
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = bytes.substr(0, end);
    const bool is_clean = std::ranges::all_of(line, [](char c) {
      return static_cast<unsigned char>(c) < 0x80 && c != '\r' && c != '\n' && c != '\0';
    });
    if (!is_clean) return std::nullopt;
    lines.emplace_back(line);
    bytes.remove_prefix(end + 2);
  }
  return lines;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// "=E2=82" and the like, in quoted-printable and in encoded words; nullopt for a broken one.
std::optional<std::string> unquoted(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out += text[at];
      continue;
    }
    if (at + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[at + 1]);
    const int low = hex_digit(text[at + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return out;
}

std::optional<std::string> encoded_word(std::string_view word) {
  constexpr std::string_view begin = "=?UTF-8?Q?";
  if (!word.starts_with(begin) || !word.ends_with("?=") || word.size() < begin.size() + 2)
    return std::nullopt;
  std::string inner{word.substr(begin.size(), word.size() - begin.size() - 2)};
  std::ranges::replace(inner, '_', ' ');
  return unquoted(inner);
}

// Blanks between two encoded words count for nothing (RFC 2047, 6.2).
std::string decoded(std::string_view value) {
  std::string out;
  bool after_encoded = false;
  bool is_first = true;
  while (!value.empty()) {
    const std::string_view word = value.substr(0, value.find(' '));
    const auto plain = encoded_word(word);
    if (!is_first && !(plain && after_encoded)) out += ' ';
    out += plain ? *plain : std::string{word};
    after_encoded = plain.has_value();
    is_first = false;
    value.remove_prefix(std::min(word.size() + 1, value.size()));
  }
  return out;
}

// Takes the header section off the front of the lines.
std::optional<std::vector<std::pair<std::string, std::string>>> take_headers(const Lines& lines,
                                                                             std::size_t& at) {
  std::vector<std::pair<std::string, std::string>> headers;
  for (; at < lines.size() && !lines[at].empty(); ++at) {
    const std::string& line = lines[at];
    if (line.front() == ' ' || line.front() == '\t') {
      if (headers.empty()) return std::nullopt;
      headers.back().second += line;
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
  }
  if (at++ == lines.size()) return std::nullopt;
  for (auto& [name, value] : headers) {
    const std::size_t begin = std::min(value.find_first_not_of(' '), value.size());
    value = decoded(value.substr(begin));
  }
  return headers;
}

std::optional<std::string> body_of(const Lines& lines, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t at = begin; at < end; ++at) {
    std::string line = lines[at];
    if (line.size() > 76 || line.ends_with(' ') || line.ends_with('\t')) return std::nullopt;
    const bool is_soft = line.ends_with('=');
    if (is_soft) line.pop_back();
    const auto plain = unquoted(line);
    if (!plain) return std::nullopt;
    text += *plain + (is_soft ? "" : "\n");
  }
  return text;
}

}  // namespace

std::optional<std::string> ReadMail::header(std::string_view name) const {
  std::optional<std::string> found;
  for (const auto& [each, value] : headers) {
    if (each != name) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

std::vector<std::string> ReadMail::names() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : headers) names.push_back(name);
  return names;
}

std::optional<ReadMail> read_mail(std::string_view bytes) {
  const auto lines = lines_of(bytes);
  if (!lines) return std::nullopt;
  ReadMail mail;
  for (const std::string& line : *lines)
    mail.longest_line = std::max(mail.longest_line, line.size());
  std::size_t at = 0;
  auto headers = take_headers(*lines, at);
  if (!headers) return std::nullopt;
  mail.headers = std::move(*headers);
  const std::string type = mail.header("Content-Type").value_or("");
  const std::string mark = "boundary=\"";
  const std::size_t begin = type.find(mark);
  if (!type.starts_with("multipart/alternative;") || begin == std::string::npos)
    return std::nullopt;
  const std::string boundary =
      "--" + type.substr(begin + mark.size(), type.size() - begin - mark.size() - 1);
  while (at < lines->size() && (*lines)[at] == boundary) {
    const auto inner = take_headers(*lines, ++at);
    if (!inner) return std::nullopt;
    const ReadMail part{*inner, {}, 0};
    if (part.header("Content-Transfer-Encoding") != "quoted-printable") return std::nullopt;
    std::size_t end = at;
    while (end < lines->size() && !(*lines)[end].starts_with(boundary)) ++end;
    auto body = body_of(*lines, at, end);
    if (!body) return std::nullopt;
    mail.parts.push_back({part.header("Content-Type").value_or(""), std::move(*body)});
    at = end;
  }
  if (at + 1 != lines->size() || lines->back() != boundary + "--") return std::nullopt;
  return mail;
}

}  // namespace stakeout
