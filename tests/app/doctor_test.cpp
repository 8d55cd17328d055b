#include <algorithm>

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/doctor/findings.h"
#include "app/service/metrics_server.h"
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

TEST_CASE("files that the service's user may not read are a fault, whoever looks") {
  if (geteuid() != 0) return;  // only root can give folders away
  const TemporaryFolder folder;
  Settings settings = settings_in(folder);
  settings.feeds = folder.write("feeds.txt", "https://example.org/feed\n");
  REQUIRE(chmod(folder.path().c_str(), 0755) == 0);
  std::filesystem::create_directories(folder.path() / "state");
  settings.database = folder.path() / "state" / "stakeout.db";
  REQUIRE(chown((folder.path() / "state").c_str(), 65534, 65534) == 0);
  const auto is_told = [&] {
    const auto findings = check_files(settings);
    return std::ranges::find(findings, "permissions", &Finding::subject) != findings.end();
  };
  CHECK_FALSE(is_told());
  REQUIRE(chmod(settings.feeds.c_str(), 0600) == 0);
  const Finding finding = about(check_files(settings), "permissions");
  CHECK(finding.verdict == Verdict::fault);
  CHECK(finding.advice ==
        "chgrp nogroup " + settings.feeds.string() + " && chmod g+r " + settings.feeds.string());
  REQUIRE(chown(settings.feeds.c_str(), 0, 65534) == 0);
  REQUIRE(chmod(settings.feeds.c_str(), 0640) == 0);
  CHECK_FALSE(is_told());
  REQUIRE(chmod(folder.path().c_str(), 0700) == 0);
  CHECK(contains(about(check_files(settings), "permissions").what,
                 "may not enter " + folder.path().string()));
}

TEST_CASE("what is wrong with a database has its own advice") {
  const TemporaryFolder folder;
  const Settings settings = settings_in(folder);
  { const Store store{settings.database}; }
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(settings.database.c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr) ==
          SQLITE_OK);
  sqlite3_close(database);
  const Finding newer = about(check_store(settings, Timestamp{1'790'000'000}), "database");
  CHECK(contains(newer.what, "newer stakeout"));
  CHECK(contains(newer.advice, "install the newer program again"));
  folder.write("stakeout.db", std::string(4096, 'x'));
  const Finding damaged = about(check_store(settings, Timestamp{1'790'000'000}), "database");
  CHECK(contains(damaged.advice, "put back the last copy"));
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

TEST_CASE("a digest without readers wants a look, and those with them are counted") {
  Settings settings = default_settings();
  CHECK(about(check_digests(settings), "digests").verdict == Verdict::good);
  DigestSettings digest;
  digest.name = "desk";
  digest.origin = "stakeout.toml:7";
  settings.digests = {digest};
  const Finding unread = about(check_digests(settings), "digests");
  CHECK(unread.verdict == Verdict::attention);
  CHECK(contains(unread.what, "stakeout.toml:7: the digest 'desk' has no reader"));
  CHECK(contains(unread.advice, "give it `to`"));
  settings.digests.front().to = {"ann@example.net", "Ann@Example.NET"};  // one reader
  settings.digests.front().webhook = {"https://example.net/hook"};
  const Finding read = about(check_digests(settings), "digests");
  CHECK(read.verdict == Verdict::good);
  CHECK(read.what == "1 digest to 2 readers");
}

TEST_CASE("metrics that cannot be offered want a look") {
  const TemporaryFolder folder;
  Settings settings = settings_in(folder);
  CHECK(check_metrics(settings).what == "not offered");
  const auto look = [&](const std::string& path) {
    settings.metrics.listen = "unix:" + (folder.path() / path).string();
    return check_metrics(settings);
  };
  const Finding missing = look("none/metrics.sock");
  CHECK(missing.verdict == Verdict::attention);
  CHECK(contains(missing.what, "none: No such file"));
  CHECK(contains(missing.advice, "make the folder"));

  folder.write("words", "words");
  CHECK(contains(look("words").what, "is no socket"));

  const auto server = MetricsServer::start({{}, 0, folder.file("metrics.sock")}, {});
  REQUIRE(server.has_value());
  CHECK(contains(look("metrics.sock").what, "somebody answers on unix:"));
  CHECK(contains(look("other.sock").what, "the service will"));
}

TEST_CASE("a folder in which the service's user may make no socket wants a look") {
  if (geteuid() != 0) return;  // only root can give folders away
  const TemporaryFolder folder;
  Settings settings = settings_in(folder);
  std::filesystem::create_directories(folder.path() / "state");
  std::filesystem::create_directories(folder.path() / "run");
  settings.database = folder.path() / "state" / "stakeout.db";
  settings.metrics.listen = "unix:" + (folder.path() / "run" / "metrics.sock").string();
  REQUIRE(chown((folder.path() / "state").c_str(), 65534, 65534) == 0);
  const Finding finding = check_metrics(settings);
  CHECK(finding.verdict == Verdict::attention);
  CHECK(contains(finding.what, "may make no socket"));
  CHECK(contains(finding.advice, "chown --reference="));
  REQUIRE(chown((folder.path() / "run").c_str(), 65534, 65534) == 0);
  CHECK(check_metrics(settings).verdict == Verdict::good);
}

TEST_CASE("a disk that cannot be looked at is a fault") {
  const TemporaryFolder folder;
  Settings settings = settings_in(folder);
  settings.database = folder.path() / "none" / "stakeout.db";
  CHECK(about(check_store(settings, Timestamp{1'790'000'000}), "disk").verdict == Verdict::fault);
}

}  // namespace stakeout
