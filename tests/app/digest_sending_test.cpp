// Digests on their way from the database to a real mail server: `digest --send` and `run`.
#include <algorithm>
#include <csignal>
#include <fstream>
#include <memory>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "storage/reader.h"
#include "storage/store.h"
#include "tests/storage/alert_store.h"
#include "tests/support/loopback_server.h"
#include "tests/support/mail_reader.h"
#include "tests/support/mail_server.h"
#include "tests/support/notify_socket.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

// A database with one alert for each reader, and the settings for it.
class Desk {
 public:
  Desk(std::string mail, std::vector<std::string> readers, std::string schedule = "")
      : mail_{std::move(mail)}, readers_{std::move(readers)}, schedule_{std::move(schedule)} {
    write_settings();
    folder.write("feeds.txt", "");
    Store store{database()};
    store.sync_entities(watchlist(), monday);
    std::vector<Subscription> subscriptions;
    for (const std::string& each : readers_) {
      Subscription subscription;
      subscription.to = {"desk", "mail", each};
      subscriptions.push_back(std::move(subscription));
    }
    store.sync_subscriptions(subscriptions);
    news(store, "one");
  }

  // `digest`: lines of the [[digest]] besides its readers and schedule.
  void write_settings(const std::string& digest = "") const {
    std::string to;
    for (const std::string& each : readers_) to += (to.empty() ? "\"" : ", \"") + each + "\"";
    folder.write("stakeout.toml",
                 "database = \"news.db\"\nfeeds = \"feeds.txt\"\n[fetch]\nallow_private = "
                 "[\"127.0.0.1\"]\nper_host_delay = \"0s\"\n[smtp]\nfrom = \"Watch "
                 "<watch@example.org>\"\n" +
                     mail_ + "\n[[digest]]\nname = \"desk\"\nto = [" + to + "]\n" +
                     (schedule_.empty() ? "" : "schedule = \"" + schedule_ + "\"\n") + digest);
  }

  void news(Store& store, const std::string& name) const {
    ArticleRecord record = article(add_page(store, name), "Words of " + name, "2024-10-07");
    record.facts.mentions = {mention(EntityKind::vendor, "Lantern Works")};
    store.save_article(record, monday);
  }

  [[nodiscard]] std::filesystem::path database() const { return folder.path() / "news.db"; }

  [[nodiscard]] std::unique_ptr<Program> start(std::vector<std::string> words) const {
    words.insert(words.end(), {"--config", "stakeout.toml"});
    return std::make_unique<Program>(words, folder.path(),
                                     std::vector<std::string>{"NOTIFY_SOCKET=" + manager.name()});
  }
  [[nodiscard]] ProgramRun run(const std::vector<std::string>& words) const {
    return start(words)->wait();
  }

  [[nodiscard]] Lines states() const {
    return rows(database(), "SELECT recipient, state, attempts FROM v_deliveries ORDER BY 1");
  }

  // Waits until the deliveries stand so; another program sends them.
  void await_states(const Lines& wanted) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (states() != wanted && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    CHECK(states() == wanted);
  }

  TemporaryFolder folder;
  NotifySocket manager;

 private:
  std::string mail_;
  std::vector<std::string> readers_;
  std::string schedule_;
};

std::string smtp(const MailServer& server) {
  return "url = \"" + server.url() + "\"";
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

std::string id_of(const ReceivedMail& mail) {
  const auto read = read_mail(mail.bytes);
  REQUIRE(read);
  return read->header("Message-ID").value_or("");
}

}  // namespace

TEST_CASE("digest --send sends each reader what waits for him, once, and says what became of it") {
  const MailServer server;
  Desk desk{smtp(server), {"ann@example.net", "refused@example.net", "grey@example.net"}};
  CHECK(has(desk.run({"digest"}).out, "Lantern Works"));
  CHECK(server.mails().empty());
  const ProgramRun run = desk.run({"digest", "desk", "--send"});
  CHECK(run.exit_code == 3);
  CHECK(has(run.out, "desk: ann@example.net: sent, 1 alert\n"));
  CHECK(has(run.out, "550 5.1.1 nobody of that name\n"));
  CHECK(has(run.out, "451 4.7.1 come again; again at "));
  const auto mails = server.mails();
  REQUIRE(mails.size() == 1);
  const auto read = read_mail(mails[0].bytes);
  REQUIRE(read);
  CHECK(read->header("From") == "\"Watch\" <watch@example.org>");
  CHECK(read->header("To") == "ann@example.net");
  CHECK(has(read->header("Subject").value_or(""), "Lantern Works"));
  CHECK(read->header("X-Stakeout-Watch") == "Lantern Works");
  REQUIRE(read->parts.size() == 2);
  CHECK(has(read->parts[0].body, "Lantern Works is in the news."));
  CHECK(desk.states() == Lines{"ann@example.net|sent|1", "grey@example.net|queued|1",
                               "refused@example.net|failed|1"});
  CHECK(has(desk.run({"digest", "--outbox"}).out, "nobody of that name"));

  const ProgramRun second = desk.run({"digest", "--send"});
  CHECK(second.exit_code == 0);
  CHECK(second.out == "desk: grey@example.net: sent, 1 alert\n");
  CHECK(desk.run({"digest", "--send"}).out.empty());
  CHECK(has(desk.run({"digest"}).out, "nothing new"));
  CHECK(has(desk.run({"digest", "--since", "2024-10-01"}).out, "Lantern Works"));
  CHECK(has(desk.run({"digest", "--send", "--again"}).out, "550 5.1.1"));
}

TEST_CASE("what a digest mutes by now is neither shown nor sent") {
  const MailServer server;
  Desk desk{smtp(server), {"ann@example.net"}};
  {
    Store store{desk.database()};
    desk.news(store, "two");
  }
  CHECK(has(desk.run({"digest"}).out, "(story 1)"));
  desk.write_settings("mute_vendors = [\"lantern works\"]\n");
  CHECK(has(desk.run({"digest"}).out, "nothing new"));
  desk.write_settings("mute_stories = [1]\n");
  const std::string shown = desk.run({"digest", "--preview"}).out;
  CHECK(has(shown, "(story 2)"));
  CHECK_FALSE(has(shown, "(story 1)"));
  CHECK(desk.run({"digest", "--send"}).out == "desk: ann@example.net: sent, 1 alert\n");
  const auto mails = server.mails();
  REQUIRE(mails.size() == 1);
  CHECK(has(mails[0].bytes, "story 2"));
  CHECK_FALSE(has(mails[0].bytes, "story 1"));
  // What was left out does not come later.
  desk.write_settings();
  CHECK(desk.run({"digest", "--send"}).out.empty());
}

TEST_CASE("a server that dies before it answers gets the same mail under the same id again") {
  const MailServer server;
  Desk desk{smtp(server), {"dies@example.net"}};
  CHECK(desk.run({"digest", "--send"}).exit_code == 1);
  CHECK(desk.states() == Lines{"dies@example.net|sending|1"});
  CHECK(desk.run({"digest", "--send"}).exit_code == 0);
  const auto mails = server.mails();
  REQUIRE(mails.size() == 2);
  CHECK(id_of(mails[0]) == id_of(mails[1]));
  CHECK(mails[0].bytes == mails[1].bytes);
}

TEST_CASE("a program that is killed while it sends sends the same mail again, and no other twice") {
  const MailServer server;
  Desk desk{smtp(server), {"ann@example.net", "slow@example.net", "zoe@example.net"}};
  {
    const auto sending = desk.start({"digest", "--send"});
    server.await_slow();
    CHECK(has(desk.run({"digest", "--send"}).err, "another stakeout is sending"));
    sending->kill(SIGKILL);
    CHECK(sending->wait().exit_code == 128 + SIGKILL);
  }
  CHECK(desk.states() ==
        Lines{"ann@example.net|sent|1", "slow@example.net|sending|1", "zoe@example.net|queued|0"});
  const Lines id = rows(desk.database(),
                        "SELECT message_id FROM v_deliveries WHERE recipient = 'slow@example.net'");
  server.let_go();
  CHECK(desk.run({"digest", "--send"}).exit_code == 0);
  // Whether the server kept what it was given before the end of the program is its own business.
  std::set<std::string> to;
  std::set<std::string> ids;
  for (const ReceivedMail& mail : server.mails()) {
    if (mail.to == "slow@example.net") CHECK(Lines{id_of(mail)} == id);
    to.insert(mail.to);
    ids.insert(id_of(mail));
  }
  CHECK(to == std::set<std::string>{"ann@example.net", "slow@example.net", "zoe@example.net"});
  CHECK(ids.size() == 3);
  CHECK(desk.states() ==
        Lines{"ann@example.net|sent|1", "slow@example.net|sent|2", "zoe@example.net|sent|1"});
}

TEST_CASE("mail goes out with a login over TLS, the password out of its file") {
  const MailServer server{{"--tls", "starttls", "--login", "ann:se cret"}};
  Desk desk{smtp(server) + "\ntls = \"required\"\nca_file = \"" + server.certificate() +
                "\"\nusername = \"ann\"\npassword_file = \"password\"",
            {"ann@example.net"}};
  CHECK(has(desk.run({"digest", "--send"}).err, "password"));
  desk.folder.write("password", "se cret\n");
  CHECK(desk.run({"digest", "--send"}).exit_code == 0);
  CHECK(server.mails().size() == 1);
}

TEST_CASE("the service sends by itself what is to go out at once") {
  const MailServer server;
  Desk desk{smtp(server), {"ann@example.net", "refused@example.net"}, "at once"};
  const auto service = desk.start({"run"});
  REQUIRE(has(desk.manager.await("READY=1"), "READY=1"));
  desk.await_states({"ann@example.net|sent|1", "refused@example.net|failed|1"});
  REQUIRE(server.mails().size() == 1);
  CHECK(server.mails()[0].to == "ann@example.net");
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK(has(run.err, "sent digest 'desk' (1 alert) to ann@example.net"));
  CHECK(has(run.err, "550 5.1.1 nobody of that name; it is given up"));
}

TEST_CASE("a slow mail server holds up neither the crawl nor a reload nor the end") {
  const MailServer server;
  Desk desk{smtp(server), {"slow@example.net"}, "at once"};
  LoopbackServer web;
  const auto feed = web.route("/feed", {.body = "<rss version=\"2.0\"><channel><title>A</title>"
                                                "</channel></rss>"});
  const auto service = desk.start({"run"});
  server.await_slow();
  desk.folder.write("feeds.txt", web.url("/feed") + "\n");
  service->kill(SIGHUP);
  CHECK(has(desk.manager.await("RELOADING=1"), "RELOADING=1"));
  CHECK(has(desk.manager.await("1 feed and 0 pages done"), "1 feed"));
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK_FALSE(has(run.err, "ended without waiting"));
  CHECK(desk.states() == Lines{"slow@example.net|sending|0"});
}

TEST_CASE("trouble with the mail is in the status, and told in the log once") {
  Desk desk{"url = \"smtp://127.0.0.1:9\"", {"ann@example.net", "ben@example.net"}, "at once"};
  const auto service = desk.start({"run"});
  CHECK(has(desk.manager.await("digests: the mail server 127.0.0.1"), "STATUS=digests: "));
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  const std::size_t first = run.err.find("the mail server 127.0.0.1");
  REQUIRE(first != std::string::npos);
  CHECK(run.err.find("the mail server 127.0.0.1", first + 1) == std::string::npos);
  CHECK(desk.states() == Lines{"ann@example.net|queued|0", "ben@example.net|queued|0"});
}

TEST_CASE("trouble with one reader's mail names him, and a reload does not end it") {
  const MailServer server;
  Desk desk{smtp(server), {"grey@example.net"}, "at once"};
  const auto service = desk.start({"run"});
  CHECK(has(desk.manager.await("STATUS=digests: "),
            "digests: 'desk' to grey@example.net: the mail server 127.0.0.1 said: 4"));
  service->kill(SIGHUP);
  CHECK(has(desk.manager.await("RELOADING=1"), "RELOADING=1"));
  CHECK(has(desk.manager.await("READY=1"), "READY=1"));
  service->kill(SIGTERM);
  const ProgramRun run = service->wait();
  CHECK(run.exit_code == 0);
  CHECK_FALSE(has(run.err, "digests get on again"));
}

TEST_CASE("readers without a way to them are told of by config check and the service") {
  Desk desk{"", {"ann@example.net"}, "at once"};
  CHECK(has(desk.run({"config", "check"}).err, "neither smtp.url nor smtp.sendmail is set"));
  const auto service = desk.start({"run"});
  CHECK(has(desk.manager.await("neither smtp.url"), "the digest 'desk' has readers"));
  service->kill(SIGTERM);
  CHECK(service->wait().exit_code == 0);
  CHECK(desk.run({"digest", "--send"}).exit_code == 1);
}

TEST_CASE("a digest is shown as text, page and mail, and a name that nobody gave is refused") {
  Desk desk{"", {"ann@example.net"}};
  CHECK(has(desk.run({"digest", "desk", "--preview"}).out, "Lantern Works is in the news."));
  CHECK(has(desk.run({"digest", "--dry-run", "--format", "html"}).out, "<!DOCTYPE html>"));
  const auto mail = read_mail(desk.run({"digest", "--format", "eml"}).out);
  REQUIRE(mail);
  CHECK(mail->header("To") == "ann@example.net");
  const ProgramRun unknown = desk.run({"digest", "deks"});
  CHECK(unknown.exit_code == 2);
  CHECK(has(unknown.err, "there is no digest 'deks' in the settings; they have: desk"));
  CHECK(desk.run({"digest", "--send", "--preview"}).exit_code == 2);
}

}  // namespace stakeout
