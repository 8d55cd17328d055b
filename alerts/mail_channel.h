#pragma once

#include <memory>
#include <string>

#include "alerts/channel.h"
#include "alerts/mail_address.h"
#include "extractors/values/result.h"

namespace stakeout {

// Takes the bytes of a mail: an SMTP server (smtp.h) or the local sendmail (sendmail.h).
class MailTransport {
 public:
  virtual ~MailTransport() = default;
  // As Channel::send(). Both addresses are as is_mail_address() has them.
  [[nodiscard]] virtual SendResult hand_over(const std::string& from, const std::string& to,
                                             const std::string& message,
                                             const std::stop_token& stop) = 0;
  // Goes as far as it goes without a mail: the server is there, speaks TLS where it has to and
  // takes the login; the program can be run. Fails with what hand_over() would say.
  [[nodiscard]] virtual Result<void> try_out() = 0;
  [[nodiscard]] virtual std::chrono::milliseconds time_limit() const = 0;
};

// The digest as a mail, cut to its size.
[[nodiscard]] std::string mail_of(const OutgoingDigest& digest, const Mailbox& from);

// Sends digests as mails.
class MailChannel final : public Channel {
 public:
  MailChannel(Mailbox from, std::unique_ptr<MailTransport> transport);

  [[nodiscard]] SendResult send(const OutgoingDigest& digest, const std::stop_token& stop) override;
  [[nodiscard]] std::chrono::milliseconds time_limit() const override {
    return transport_->time_limit();
  }

 private:
  Mailbox from_;
  std::unique_ptr<MailTransport> transport_;
};

}  // namespace stakeout
