#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "alerts/mail_channel.h"

namespace stakeout {

// The local sendmail, or what stands in for it (postfix, exim, msmtp, nullmailer): started without
// a shell as `PROGRAM -i -f FROM -- TO`, the message on its standard input with "\n" at the ends of
// lines. What it says on standard error goes into the result; of its exit codes (sysexits.h)
// EX_DATAERR, EX_NOUSER and EX_NOHOST are `never`, and all others but zero `later`, or
// `not_reached` when it does not run at all or says that its settings are off.
[[nodiscard]] std::unique_ptr<MailTransport> make_sendmail(
    std::string program, std::chrono::milliseconds timeout = std::chrono::seconds{60});

}  // namespace stakeout
