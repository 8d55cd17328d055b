#include <algorithm>

#include <doctest/doctest.h>
#include <unistd.h>

#include "app/doctor/findings.h"
#include "storage/store.h"
#include "tests/support/mail_server.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

Settings settings_in(const TemporaryFolder& folder) {
  Settings settings = default_settings();
  settings.feeds = folder.file("feeds.txt");
  settings.database = folder.file("stakeout.db");
  return settings;
}

Finding about(const std::vector<Finding>& findings, const std::string& subject) {
  const auto found = std::ranges::find(findings, subject, &Finding::subject);
  REQUIRE_MESSAGE(found != findings.end(), subject);
  return *found;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a feed list that is missing is a fault, lines that are not used want a look") {
  const TemporaryFolder folder;
  const Settings settings = settings_in(folder);
  CHECK(about(check_files(settings), "feed list").verdict == Verdict::fault);
  folder.write("feeds.txt", "https://example.org/feed\nftp://example.org/\n");
  const Finding finding = about(check_files(settings), "feed list");
  CHECK(finding.verdict == Verdict::attention);
  CHECK(contains(finding.what, "1 feed, 1 line not used"));
  CHECK(contains(finding.what, "feeds.txt:2"));
  folder.write("feeds.txt", "https://example.org/feed\n");
  CHECK(about(check_files(settings), "feed list").verdict == Verdict::good);
}

TEST_CASE("a watchlist with a line that cannot be used wants a look, and names the next command") {
  const TemporaryFolder folder;
  Settings settings = settings_in(folder);
  settings.watchlist = {folder.write(
      "names.csv", "kind,name,category,aliases,country,parent,context,wikidata\nfirm,Example\n")};
  const Finding finding = about(check_files(settings), "watchlist");
  CHECK(finding.verdict == Verdict::attention);
  CHECK(contains(finding.what, "names.csv:2"));
  CHECK(contains(finding.advice, "stakeout watchlist check"));
}

TEST_CASE("an installation that has not crawled yet is no fault") {
  const TemporaryFolder folder;
  const auto findings = check_store(settings_in(folder), Timestamp{1'790'000'000});
  CHECK(about(findings, "database").verdict == Verdict::attention);
  CHECK(contains(about(findings, "database").advice, "stakeout crawl"));
}

TEST_CASE("what is no database is a fault, and the others are looked at all the same") {
  const TemporaryFolder folder;
  folder.write("stakeout.db", std::string(4096, 'x'));
  const auto findings = check_store(settings_in(folder), Timestamp{1'790'000'000});
  CHECK(about(findings, "database").verdict == Verdict::fault);
  CHECK_FALSE(about(findings, "disk").what.empty());
}

TEST_CASE("files of another user than the folder's are told with the command that mends them") {
  if (geteuid() != 0) return;  // only root can give files away
  const TemporaryFolder folder;
  const Settings settings = settings_in(folder);
  { const Store store{settings.database}; }
  CHECK(about(check_store(settings, Timestamp{1'790'000'000}), "permissions").verdict ==
        Verdict::good);
  REQUIRE(chown(settings.database.c_str(), 65534, 65534) == 0);
  const Finding finding = about(check_store(settings, Timestamp{1'790'000'000}), "permissions");
  CHECK(finding.verdict == Verdict::fault);
  CHECK(contains(finding.advice, "chown --reference="));
}

TEST_CASE("the mail server is asked, and what keeps mails back is told with what to do") {
  Settings settings = default_settings();
  CHECK(check_mail(settings).verdict == Verdict::good);
  DigestSettings digest;
  digest.name = "desk";
  digest.to = {"ann@example.net"};
  settings.digests = {digest};
  const Finding unset = check_mail(settings);
  CHECK(unset.verdict == Verdict::fault);
  CHECK(contains(unset.what, "smtp.url"));
  settings.smtp.from = "watch@example.org";
  {
    const MailServer server;
    settings.smtp.url = server.url();
    CHECK(check_mail(settings).verdict == Verdict::good);
    CHECK(server.mails().empty());
    settings.smtp.tls = "required";
    const Finding no_tls = check_mail(settings);
    CHECK(no_tls.verdict == Verdict::fault);
    CHECK(contains(no_tls.what, "offers no STARTTLS"));
    settings.smtp.tls = "";
    // The service has its password from systemd; whoever runs the doctor has not.
    settings.smtp.username = "ann";
    const Finding secret = check_mail(settings);
    CHECK(secret.verdict == Verdict::attention);
    CHECK(contains(secret.what, "the login was not tried"));
    settings.smtp.username = "";
  }
  const Finding away = check_mail(settings);
  CHECK(away.verdict == Verdict::fault);
  CHECK(contains(away.what, "the mail server 127.0.0.1"));
  CHECK(contains(away.advice, "[smtp]"));

  const TemporaryFolder folder;
  settings.smtp.url.clear();
  settings.smtp.sendmail = (folder.path() / "none").string();
  CHECK(contains(check_mail(settings).what, "cannot be run: No such file"));
  settings.smtp.sendmail = "/bin/true";
  CHECK(check_mail(settings).verdict == Verdict::good);
}

TEST_CASE("a disk that cannot be looked at is a fault") {
  const TemporaryFolder folder;
  Settings settings = settings_in(folder);
  settings.database = folder.path() / "none" / "stakeout.db";
  CHECK(about(check_store(settings, Timestamp{1'790'000'000}), "disk").verdict == Verdict::fault);
}

}  // namespace stakeout
