#pragma once

#include <string>
#include <string_view>

#include "extractors/values/result.h"

namespace stakeout {

// Whether this is an address that mail can be sent to: the dot-atoms of RFC 5321, 4.1.2, in ASCII
// ("ops@example.org", "root@localhost"). Quoted local parts, address literals and addresses beyond
// ASCII are none; a domain beyond ASCII is written in its "xn--" form.
[[nodiscard]] bool is_mail_address(std::string_view text);

// A sender: "Stakeout <watch@example.org>", or the address alone.
struct Mailbox {
  std::string name;  // UTF-8, without control characters; may be empty
  std::string address;

  [[nodiscard]] std::string domain() const { return address.substr(address.find('@') + 1); }
};

[[nodiscard]] Result<Mailbox> parse_mailbox(std::string_view text);

}  // namespace stakeout
