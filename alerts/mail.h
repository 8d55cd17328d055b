#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "alerts/mail_address.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// A digest as a mail to one reader.
struct Mail {
  Mailbox from;
  std::string to;          // an address, as is_mail_address() has them
  std::string digest;      // the name of the digest, for the reader's filters
  std::string message_id;  // with its <>, the same at every attempt
  Timestamp date;
  // The Message-IDs of those before it about the same story, oldest first.
  std::vector<std::string> thread;
  std::string watch;                  // whom it is about, where that is one; else empty
  std::optional<std::int64_t> story;  // which story, where that is one
  std::string subject;
  std::string text;
  std::string html;
};

// The bytes of the message (RFC 5322), with CRLF: multipart/alternative, the text first, both
// quoted-printable; lines of at most 998 octets, all but those of addresses and ids of at most 76.
// Whatever the texts are, the headers are those that this writes, and no others: see
// tests/fuzz/mail_fuzz.cpp.
//
// It says that it is a list's (RFC 2919) and nobody's answer (RFC 3834), and where to write to get
// no more (RFC 2369). There is no List-Unsubscribe-Post, which needs a web address (RFC 8058).
[[nodiscard]] std::string build_mail(const Mail& mail);

}  // namespace stakeout
