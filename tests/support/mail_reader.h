#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stakeout {

// One part of a multipart message.
struct MailPart {
  std::string type;  // the value of its Content-Type
  std::string body;  // decoded, with "\n" at the ends of lines
};

// A mail as a reader's program takes it apart, by the RFCs and not by how we write it.
struct ReadMail {
  std::vector<std::pair<std::string, std::string>> headers;  // unfolded, encoded words decoded
  std::vector<MailPart> parts;
  std::size_t longest_line = 0;  // octets, without CRLF

  // The value of the one header of a name; nothing when there is none, or more than one.
  [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
};

// nullopt for what is no multipart/alternative of quoted-printable parts (RFC 5322, 2045, 2046),
// for a bare CR or LF, and for bytes that are not ASCII.
[[nodiscard]] std::optional<ReadMail> read_mail(std::string_view bytes);

}  // namespace stakeout
