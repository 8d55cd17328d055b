#include <algorithm>
#include <cstdlib>

#include "alerts/value_words.h"
#include "app/doctor/findings.h"
#include "app/post/setup.h"

namespace stakeout {
namespace {

constexpr std::chrono::milliseconds patience{10'000};

bool goes_by_mail(const DigestSettings& digest) {
  return !digest.to.empty();
}

// Of a login whose password is left to systemd, which gives it to the service alone.
bool has_secret_password(const SmtpSettings& smtp) {
  return !smtp.username.empty() && smtp.password_file.empty() &&
         std::getenv("CREDENTIALS_DIRECTORY") == nullptr;
}

}  // namespace

std::vector<Finding> check_digests(const Settings& settings) {
  if (settings.digests.empty()) {
    return {
        {"digests", Verdict::good, "there is no [[digest]]: what is found is told to nobody", {}}};
  }
  std::vector<Finding> findings;
  for (UnreadDigest& digest : digests_without_readers(settings)) {
    findings.push_back(
        {"digests", Verdict::attention, std::move(digest.what), std::move(digest.advice)});
  }
  if (!findings.empty()) return findings;
  std::size_t readers = 0;
  for (const DigestSettings& digest : settings.digests) readers += recipients_of(digest).size();
  return {{"digests",
           Verdict::good,
           counted(settings.digests.size(), "digest") + " to " + counted(readers, "reader"),
           {}}};
}

Finding check_mail(const Settings& settings) {
  if (std::ranges::none_of(settings.digests, goes_by_mail))
    return {"mail", Verdict::good, "no digest goes by mail", {}};
  if (const std::string missing = missing_for_mail(settings); !missing.empty())
    return {"mail", Verdict::fault, missing, "set it in [smtp] of the settings"};
  SmtpSettings smtp = settings.smtp;
  smtp.timeout = std::min(smtp.timeout, patience);
  const bool is_secret = has_secret_password(smtp);
  if (is_secret) smtp.username.clear();
  const auto transport = make_mail_transport(smtp);
  const auto tried = transport ? (*transport)->try_out() : tl::unexpected(transport.error());
  if (!tried) {
    return {"mail", Verdict::fault, tried.error().message,
            "mend [smtp] in the settings, or what it names; nothing is lost meanwhile"};
  }
  if (is_secret) {
    return {"mail", Verdict::attention,
            smtp.url + " is there; the login was not tried, since there is no password here",
            "nothing where the service has the credential smtp-password; else name a file in "
            "smtp.password_file"};
  }
  if (!smtp.sendmail.empty()) return {"mail", Verdict::good, smtp.sendmail + " can be run", {}};
  return {"mail",
          Verdict::good,
          smtp.url + (smtp.username.empty() ? " is there" : " takes the login"),
          {}};
}

}  // namespace stakeout
