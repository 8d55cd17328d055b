#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "alerts/channel.h"
#include "alerts/mail_channel.h"
#include "alerts/sender.h"
#include "app/settings.h"
#include "extractors/values/result.h"

namespace stakeout {

// What the settings make of the sending of digests: a plan, and the channels that it goes by.
struct PostSetup {
  std::filesystem::path database;
  SenderPlan plan;
  std::vector<std::unique_ptr<Channel>> channels;  // that the plan borrows
  // Why some of the readers cannot be reached at all, for a person; or empty.
  std::string fault;

  [[nodiscard]] bool has_readers() const;
  // The digest of this name; nullptr: there is none.
  [[nodiscard]] const DigestPlan* find(const std::string& name) const;
};

// The readers of a digest by all its channels: "mail", "webhook DIGEST", "push DIGEST", "atom".
// Mail addresses that differ by case alone are one reader, as it is first written.
[[nodiscard]] std::vector<Recipient> recipients_of(const DigestSettings& digest);

// Reads the password from its file, or from "smtp-password" in systemd's $CREDENTIALS_DIRECTORY;
// likewise the secrets of webhooks ("webhook-secret") and pushes ("push-token"), which need none;
// the zone of this machine from $TZ or /etc. What cannot be read is the setup's fault; a watchlist
// that vendors to be muted are looked up in throws CommandError.
[[nodiscard]] PostSetup set_up_post(const Settings& settings);

// A digest that is sent to nobody.
struct UnreadDigest {
  std::string what;    // "/etc/stakeout/stakeout.toml:80: the digest 'desk' has no reader ..."
  std::string advice;  // what to do about it
};
[[nodiscard]] std::vector<UnreadDigest> digests_without_readers(const Settings& settings);

// The way of mails that the settings name, which have one; its password is read as above. Fails
// when that cannot be read.
[[nodiscard]] Result<std::unique_ptr<MailTransport>> make_mail_transport(const SmtpSettings& smtp);

// What the settings lack for mail to go out, though a digest has readers; empty: nothing.
[[nodiscard]] std::string missing_for_mail(const Settings& settings);

// A process that sends from a database has this lock on "DATABASE.sending" meanwhile.
inline constexpr const char* send_lock_suffix = ".sending";

}  // namespace stakeout
