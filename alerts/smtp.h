#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "alerts/mail_channel.h"
#include "extractors/values/result.h"

namespace stakeout {

struct SmtpOptions {
  std::string url;  // "smtp://mail.example.org:587", "smtps://mail.example.org", checked
  // With smtp://, whether the server has to offer STARTTLS: without it nothing is sent.
  bool needs_tls = true;
  std::string username;  // empty: no login
  std::string password;
  std::string ca_file;  // certificates to trust in place of the system's, or empty
  std::string helo;     // how the sender names its own host
  std::chrono::milliseconds timeout{60'000};
};

// What is wrong with the address of a mail server; a success says nothing of its existence.
[[nodiscard]] Result<void> check_smtp_url(const std::string& url);

// Whether the server is on this machine: localhost, 127.0.0.0/8 or ::1.
[[nodiscard]] bool is_local_server(const std::string& url);

// A mail server (RFC 5321), by libcurl, with a connection for each message: one that was kept would
// hang in its good-bye for minutes when the server does. A server that cannot be reached, greets
// with a refusal, has no TLS or refuses the login is `not_reached`. Otherwise its answer to a
// message counts: 4xx is `later`, 5xx `never`, none `later`.
[[nodiscard]] std::unique_ptr<MailTransport> make_smtp(SmtpOptions options);

}  // namespace stakeout
