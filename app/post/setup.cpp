#include "app/post/setup.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "alerts/atom_file.h"
#include "alerts/mail_channel.h"
#include "alerts/push.h"
#include "alerts/sendmail.h"
#include "alerts/smtp.h"
#include "alerts/webhook.h"
#include "app/crawl/plan.h"
#include "app/crawl/system_clock.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds web_timeout{30};  // of one POST

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

std::string first_line(const fs::path& file) {
  std::ifstream stream{file};
  std::string line;
  std::getline(stream, line);
  line.erase(line.find_last_not_of(" \t\r") + 1);
  return line;
}

// "Europe/Berlin": what $TZ says, else where /etc/localtime leads.
std::string zone_of_machine() {
  std::string zone = variable("TZ");
  if (zone.starts_with(':')) zone.erase(0, 1);
  if (is_time_zone(zone)) return zone;
  std::error_code error;
  const std::string target = fs::weakly_canonical("/etc/localtime", error).string();
  const std::string folder = "/zoneinfo/";
  const std::size_t at = target.find(folder);
  if (at != std::string::npos) zone = target.substr(at + folder.size());
  if (is_time_zone(zone)) return zone;
  zone = first_line("/etc/timezone");
  return is_time_zone(zone) ? zone : "UTC";
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  return name.data();
}

// The first line of a file, or where none is named, of a credential of systemd's; empty: neither is
// there.
Result<std::string> secret_of(const std::string& named, const char* credential,
                              const std::string& what) {
  const std::string credentials = variable("CREDENTIALS_DIRECTORY");
  fs::path file{named};
  std::error_code error;
  if (file.empty()) {
    // The unit gives an empty one where the operator has none.
    file = fs::path{credentials} / credential;
    return credentials.empty() || !fs::exists(file, error) ? std::string{} : first_line(file);
  }
  std::string secret = first_line(file);
  if (secret.empty()) return fail(what + " in " + file.string() + " cannot be read or is empty");
  return secret;
}

Result<std::string> password_of(const SmtpSettings& smtp) {
  if (smtp.username.empty()) return std::string{};
  auto password = secret_of(smtp.password_file, "smtp-password", "the mail password");
  if (password && password->empty()) {
    return fail(
        "smtp.username is set, and there is no password: name its file in "
        "smtp.password_file");
  }
  return password;
}

DigestPlan plan_of(const DigestSettings& digest, Mutes mutes) {
  DigestPlan plan;
  plan.name = digest.name;
  plan.schedule_text = digest.schedule;
  if (!digest.schedule.empty()) plan.schedule = parse_schedule(digest.schedule).value();
  plan.sends_when_empty = digest.when_empty == "send";
  plan.max_bytes = static_cast<std::size_t>(digest.max_size);
  plan.to = recipients_of(digest);
  plan.mutes = std::move(mutes);
  return plan;
}

void add_mail(const SmtpSettings& smtp, PostSetup& setup) {
  auto transport = make_mail_transport(smtp);
  if (!transport) {
    setup.fault = transport.error().message;
    return;
  }
  const Mailbox from = parse_mailbox(smtp.from).value();
  setup.plan.host = from.domain();
  setup.channels.push_back(std::make_unique<MailChannel>(from, std::move(*transport)));
  setup.plan.channels["mail"] = setup.channels.back().get();
}

// What stands in the settings of one digest only is a channel of its own.
std::string own_channel(const char* kind, const DigestSettings& digest) {
  return std::string{kind} + " " + digest.name;
}

void add_web(const DigestSettings& digest, PostSetup& setup) {
  const auto add = [&](const char* kind, const auto& make, const Result<std::string>& secret) {
    if (!secret) {
      setup.fault = secret.error().message;
      return;
    }
    setup.channels.push_back(make(*secret));
    setup.plan.channels[own_channel(kind, digest)] = setup.channels.back().get();
  };
  if (!digest.webhook.empty()) {
    add(
        "webhook",
        [](const std::string& secret) {
          return std::make_unique<WebhookChannel>(
              secret, [] { return SystemClock{}.now(); }, web_timeout);
        },
        secret_of(digest.webhook_secret_file, "webhook-secret", "the secret of the webhook"));
  }
  if (!digest.push.empty()) {
    add(
        "push",
        [](const std::string& token) { return std::make_unique<PushChannel>(token, web_timeout); },
        secret_of(digest.push_token_file, "push-token", "the token of the push"));
  }
}

}  // namespace

Result<std::unique_ptr<MailTransport>> make_mail_transport(const SmtpSettings& smtp) {
  if (!smtp.sendmail.empty()) return make_sendmail(smtp.sendmail, smtp.timeout);
  auto password = password_of(smtp);
  if (!password) return tl::unexpected(password.error());
  SmtpOptions options;
  options.url = smtp.url;
  options.needs_tls = smtp.tls == "required" || (smtp.tls.empty() && !is_local_server(smtp.url));
  options.username = smtp.username;
  options.password = std::move(*password);
  options.ca_file = smtp.ca_file;
  options.helo = host_name();
  options.timeout = smtp.timeout;
  return make_smtp(std::move(options));
}

std::vector<Recipient> recipients_of(const DigestSettings& digest) {
  std::vector<Recipient> to;
  for (const std::string& address : digest.to) {
    const bool is_known = std::ranges::any_of(to, [&](const Recipient& each) {
      return ascii_lower(each.address) == ascii_lower(address);
    });
    if (!is_known) to.push_back({digest.name, "mail", address});
  }
  for (const std::string& address : digest.webhook)
    to.push_back({digest.name, own_channel("webhook", digest), address});
  for (const std::string& address : digest.push)
    to.push_back({digest.name, own_channel("push", digest), address});
  if (!digest.atom.empty()) to.push_back({digest.name, "atom", digest.atom});
  return to;
}

bool PostSetup::has_readers() const {
  return std::ranges::any_of(plan.digests, [](const DigestPlan& each) { return !each.to.empty(); });
}

const DigestPlan* PostSetup::find(const std::string& name) const {
  const auto found = std::ranges::find(plan.digests, name, &DigestPlan::name);
  return found == plan.digests.end() ? nullptr : &*found;
}

std::vector<UnreadDigest> digests_without_readers(const Settings& settings) {
  std::vector<UnreadDigest> unread;
  for (const DigestSettings& digest : settings.digests) {
    if (!digest.is_whole || !recipients_of(digest).empty()) continue;
    unread.push_back(
        {digest.origin + ": the digest '" + digest.name + "' has no reader and is sent to nobody",
         "give it `to` (or `webhook`, `push` or `atom`), or see it with: stakeout digest " +
             digest.name});
  }
  return unread;
}

std::string missing_for_mail(const Settings& settings) {
  const auto digest = std::ranges::find_if(
      settings.digests, [](const DigestSettings& each) { return !each.to.empty(); });
  if (digest == settings.digests.end()) return {};
  const SmtpSettings& smtp = settings.smtp;
  const char* const lacks = smtp.url.empty() && smtp.sendmail.empty()
                                ? "neither smtp.url nor smtp.sendmail is set"
                            : smtp.from.empty() ? "smtp.from is not set"
                                                : nullptr;
  if (lacks == nullptr) return {};
  return "the digest '" + digest->name + "' has readers, and nothing can be sent to them: " + lacks;
}

PostSetup set_up_post(const Settings& settings) {
  PostSetup setup;
  setup.database = settings.database;
  // Which only those who mute vendors need.
  const bool needs_names = std::ranges::any_of(
      settings.digests, [](const DigestSettings& each) { return !each.mute_vendors.empty(); });
  const Watchlist watchlist = needs_names ? read_watchlists(settings.watchlist) : Watchlist{{}};
  for (const DigestSettings& digest : settings.digests) {
    if (setup.find(digest.name) == nullptr)
      setup.plan.digests.push_back(plan_of(digest, mutes_of(digest, watchlist)));
  }
  setup.plan.zone = zone_of_machine();
  setup.plan.host = host_name();
  if (!setup.has_readers()) return setup;
  const bool has_atom = std::ranges::any_of(
      settings.digests, [](const DigestSettings& each) { return !each.atom.empty(); });
  if (has_atom) {
    setup.channels.push_back(std::make_unique<AtomChannel>());
    setup.plan.channels["atom"] = setup.channels.back().get();
  }
  for (const DigestSettings& digest : settings.digests) add_web(digest, setup);
  const bool has_mail = std::ranges::any_of(
      settings.digests, [](const DigestSettings& each) { return !each.to.empty(); });
  const std::string missing = missing_for_mail(settings);
  if (!missing.empty()) setup.fault = missing;
  if (has_mail && missing.empty()) add_mail(settings.smtp, setup);
  return setup;
}

}  // namespace stakeout
