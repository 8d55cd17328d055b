#include "app/post/setup.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include <unistd.h>

#include "alerts/sendmail.h"
#include "alerts/smtp.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

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

Result<std::string> password_of(const SmtpSettings& smtp) {
  if (smtp.username.empty()) return std::string{};
  const std::string credentials = variable("CREDENTIALS_DIRECTORY");
  const fs::path file = !smtp.password_file.empty() ? fs::path{smtp.password_file}
                        : credentials.empty()       ? fs::path{}
                                                    : fs::path{credentials} / "smtp-password";
  if (file.empty()) {
    return fail(
        "smtp.username is set, and there is no password: name its file in "
        "smtp.password_file");
  }
  std::string password = first_line(file);
  if (password.empty())
    return fail("the mail password in " + file.string() + " cannot be read or is empty");
  return password;
}

Result<std::unique_ptr<MailTransport>> transport_of(const SmtpSettings& smtp) {
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

DigestPlan plan_of(const DigestSettings& digest) {
  DigestPlan plan;
  plan.name = digest.name;
  plan.schedule_text = digest.schedule;
  if (!digest.schedule.empty()) plan.schedule = parse_schedule(digest.schedule).value();
  plan.sends_when_empty = digest.when_empty == "send";
  plan.max_bytes = static_cast<std::size_t>(digest.max_size);
  for (const std::string& address : digest.to) plan.to.push_back({digest.name, "mail", address});
  return plan;
}

}  // namespace

bool PostSetup::has_readers() const {
  return std::ranges::any_of(plan.digests, [](const DigestPlan& each) { return !each.to.empty(); });
}

const DigestPlan* PostSetup::find(const std::string& name) const {
  const auto found = std::ranges::find(plan.digests, name, &DigestPlan::name);
  return found == plan.digests.end() ? nullptr : &*found;
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
  for (const DigestSettings& digest : settings.digests) {
    if (setup.find(digest.name) == nullptr) setup.plan.digests.push_back(plan_of(digest));
  }
  setup.plan.zone = zone_of_machine();
  setup.fault = missing_for_mail(settings);
  if (!setup.has_readers() || !setup.fault.empty()) return setup;
  auto transport = transport_of(settings.smtp);
  if (!transport) {
    setup.fault = transport.error().message;
    return setup;
  }
  const Mailbox from = parse_mailbox(settings.smtp.from).value();
  setup.plan.host = from.domain();
  setup.mail = std::make_unique<MailChannel>(from, std::move(*transport));
  setup.plan.channels["mail"] = setup.mail.get();
  return setup;
}

}  // namespace stakeout
