#include "alerts/mail_channel.h"

#include <utility>

#include "alerts/digest_cut.h"
#include "alerts/mail.h"

namespace stakeout {

std::string mail_of(const OutgoingDigest& outgoing, const Mailbox& from) {
  Mail mail;
  mail.from = from;
  mail.to = outgoing.recipient;
  mail.digest = outgoing.name;
  mail.message_id = outgoing.message_id;
  mail.date = outgoing.made_at;
  mail.thread = outgoing.thread;
  mail.watch = outgoing.watch;
  mail.story = outgoing.story;
  mail.subject = "[stakeout] " + outgoing.digest.subject;
  return render_within(outgoing.digest, outgoing.max_bytes, [&](const Digest& digest) {
    mail.text = render_text(digest);
    mail.html = render_html(digest);
    return build_mail(mail);
  });
}

MailChannel::MailChannel(Mailbox from, std::unique_ptr<MailTransport> transport)
    : from_{std::move(from)}, transport_{std::move(transport)} {}

SendResult MailChannel::send(const OutgoingDigest& digest, const std::stop_token& stop) {
  return transport_->hand_over(from_.address, digest.recipient, mail_of(digest, from_), stop);
}

}  // namespace stakeout
