#include "alerts/mail.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

#include "alerts/mail_encoding.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_subject = 200;  // code points
constexpr std::size_t most_references = 20;   // of a thread: the first, and the last of the others
constexpr std::size_t longest_boundary = 70;  // RFC 2046, 5.1.1
constexpr std::size_t longest_list_label = 60;
constexpr std::size_t longest_line = 76;  // of those that are folded

// "Tue, 08 Oct 2024 07:00:03 +0000"
std::string mail_date(Timestamp time) {
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  using namespace std::chrono;
  const sys_seconds at{seconds{time.seconds}};
  const sys_days day = floor<std::chrono::days>(at);
  const year_month_day date{day};
  const hh_mm_ss clock{at - day};
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                days.at(weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
                months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// "Desk Berlin" as "desk-berlin": a label of a List-Id. Two names of one label differ by their
// length and sum, which is enough for the few that one operator writes.
std::string list_label(std::string_view name) {
  std::string label;
  unsigned sum = 0;
  for (const char c : name) {
    sum = (sum * 31 + static_cast<unsigned char>(c)) % 9973;
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_letter_or_digit(low)) {
      label += low;
    } else if (!label.empty() && label.back() != '-') {
      label += '-';
    }
  }
  if (label == name && label.size() <= longest_list_label) return label;
  label.resize(std::min(label.size(), longest_list_label));
  return (label.empty() ? "digest" : label) + "-" + std::to_string(sum);
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '@') {
      out += c;
    } else {
      char code[4];
      std::snprintf(code, sizeof code, "%%%02X",
                    static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += code;
    }
  }
  return out;
}

std::string cut(std::string_view text, std::size_t code_points) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && ++count > code_points) return std::string{text.substr(0, at)} + "…";
  }
  return std::string{text};
}

std::string thread_headers(const std::vector<std::string>& thread) {
  if (thread.empty()) return {};
  std::string out = "In-Reply-To: " + thread.back() + "\r\nReferences: " + thread.front();
  const std::size_t first =
      thread.size() > most_references ? thread.size() - most_references + 1 : 1;
  for (std::size_t i = first; i < thread.size(); ++i) out += "\r\n " + thread[i];
  return out + "\r\n";
}

// "Name: phrase <address>", on two lines where one would be too long.
std::string named_header(const std::string& name, std::string_view words,
                         const std::string& address) {
  const std::string begin = name + ": " + phrase(words, name.size() + 2);
  const bool fits =
      begin.find('\n') == std::string::npos && begin.size() + address.size() + 3 <= longest_line;
  return begin + (fits ? " <" : "\r\n <") + address + ">\r\n";
}

std::string headers(const Mail& mail, const std::string& boundary) {
  const std::string from_name = mail.from.name.empty() ? "Stakeout" : mail.from.name;
  const std::string list_name = "stakeout digest " + mail.digest;
  std::string out = named_header("From", from_name, mail.from.address);
  out += "To: " + mail.to + "\r\n";
  out += "Date: " + mail_date(mail.date) + "\r\n";
  out += text_header("Subject", cut(valid_utf8(mail.subject), longest_subject));
  out += "Message-ID: " + mail.message_id + "\r\n";
  out += thread_headers(mail.thread);
  out += named_header("List-Id", list_name,
                      list_label(mail.digest) + ".stakeout." + mail.from.domain());
  out += "List-Unsubscribe: <mailto:" + percent_encoded(mail.from.address) +
         "?subject=" + percent_encoded("unsubscribe " + cut(mail.digest, longest_list_label)) +
         ">\r\n";
  out += "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\n";
  if (!mail.watch.empty()) out += text_header("X-Stakeout-Watch", mail.watch);
  if (mail.story) out += "X-Stakeout-Story: " + std::to_string(*mail.story) + "\r\n";
  out += "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + boundary +
         "\"\r\n";
  return out;
}

// "=_" stands in no body, since quoted-printable encodes each "=".
std::string boundary_of(const std::string& message_id) {
  std::string boundary = "=_";
  for (const char c : message_id) {
    if (is_letter_or_digit(c) && boundary.size() < longest_boundary) boundary += c;
  }
  return boundary;
}

std::string part(const std::string& boundary, std::string_view type, std::string_view body) {
  return "--" + boundary + "\r\nContent-Type: text/" + std::string{type} +
         "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quoted_printable(body);
}

}  // namespace

std::string build_mail(const Mail& mail) {
  const std::string boundary = boundary_of(mail.message_id);
  return headers(mail, boundary) + "\r\n" + part(boundary, "plain", mail.text) +
         part(boundary, "html", mail.html) + "--" + boundary + "--\r\n";
}

}  // namespace stakeout
