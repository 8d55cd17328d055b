// The ways of a mail out of the program, against a real server and a stand-in for sendmail.
#include <fstream>
#include <iterator>
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "alerts/sendmail.h"
#include "alerts/smtp.h"
#include "tests/support/mail_server.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;

const std::string from = "watch@example.org";
const std::string message = "Subject: Words\r\n\r\n.a dot\r\nand words\r\n";

SmtpOptions options_for(const std::string& url, const std::string& ca_file = "") {
  SmtpOptions options;
  options.url = url;
  options.needs_tls = !ca_file.empty();
  options.ca_file = ca_file;
  options.helo = "watch.example.org";
  return options;
}

SendResult send(MailTransport& transport, const std::string& to) {
  return transport.hand_over(from, to, message, {});
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a mail arrives as it is, with its envelope, and the next one too") {
  const MailServer server;
  const auto smtp = make_smtp(options_for(server.url()));
  CHECK(send(*smtp, "a@example.net").outcome == Outcome::done);
  CHECK(send(*smtp, "b@example.net").outcome == Outcome::done);
  const auto mails = server.mails();
  REQUIRE(mails.size() == 2);
  CHECK(mails[0].from == from);
  CHECK(mails[0].to == "a@example.net");
  CHECK(mails[0].bytes == message);
  CHECK(mails[1].to == "b@example.net");
}

TEST_CASE("a server's no counts for one recipient, and what it said is told") {
  const MailServer server;
  const auto smtp = make_smtp(options_for(server.url()));
  const SendResult refused = send(*smtp, "refused@example.net");
  CHECK(refused.outcome == Outcome::never);
  CHECK(has(refused.why, "127.0.0.1 said: 550 5.1.1 nobody of that name"));
  const SendResult full = send(*smtp, "full@example.net");
  CHECK(full.outcome == Outcome::never);
  CHECK_FALSE(full.may_have_arrived);
  CHECK(has(full.why, "552 5.2.2 no room"));
  const SendResult grey = send(*smtp, "grey@example.net");
  CHECK(grey.outcome == Outcome::later);
  CHECK_FALSE(grey.may_have_arrived);
  CHECK(has(grey.why, "451 4.7.1 come again"));
  CHECK(send(*smtp, "grey@example.net").outcome == Outcome::done);
  CHECK(send(*smtp, "a@example.net").outcome == Outcome::done);
  CHECK(server.mails().size() == 2);
}

TEST_CASE("a server that dies before its answer may have the mail") {
  const MailServer server;
  const auto smtp = make_smtp(options_for(server.url()));
  const SendResult result = send(*smtp, "dies@example.net");
  CHECK(result.outcome == Outcome::later);
  CHECK(result.may_have_arrived);
  CHECK(send(*smtp, "dies@example.net").outcome == Outcome::done);
}

TEST_CASE("a server that does not answer in time may have the mail, too") {
  const MailServer server;
  SmtpOptions options = options_for(server.url());
  options.timeout = std::chrono::seconds{2};
  const auto smtp = make_smtp(options);
  const SendResult result = send(*smtp, "slow@example.net");
  CHECK(result.outcome == Outcome::later);
  CHECK(result.may_have_arrived);
}

TEST_CASE("a mail that is being sent is broken off when the program stops") {
  const MailServer server;
  const auto smtp = make_smtp(options_for(server.url()));
  std::stop_source stop;
  SendResult result;
  {
    const std::jthread sending{
        [&] { result = smtp->hand_over(from, "slow@example.net", message, stop.get_token()); }};
    server.await_slow();
    stop.request_stop();
  }
  CHECK(result.outcome == Outcome::not_reached);
  CHECK(result.may_have_arrived);
}

TEST_CASE("nobody at the server's door is no fault of the message") {
  std::string url;
  {
    const MailServer server;
    url = server.url();
  }
  const auto smtp = make_smtp(options_for(url));
  const SendResult result = send(*smtp, "a@example.net");
  CHECK(result.outcome == Outcome::not_reached);
  CHECK_FALSE(result.may_have_arrived);
  CHECK(has(result.why, "the mail server 127.0.0.1"));
}

TEST_CASE("TLS is spoken by STARTTLS and from the beginning, and the certificate is looked at") {
  for (const std::string& tls : {std::string{"starttls"}, std::string{"implicit"}}) {
    CAPTURE(tls);
    const MailServer server{{"--tls", tls}};
    const std::string url = server.url(tls == "implicit" ? "smtps" : "smtp");
    const auto smtp = make_smtp(options_for(url, server.certificate()));
    CHECK(send(*smtp, "a@example.net").outcome == Outcome::done);
    SmtpOptions strange = options_for(url);
    strange.needs_tls = true;
    const SendResult refused = send(*make_smtp(strange), "a@example.net");
    CHECK(refused.outcome == Outcome::not_reached);
    CHECK(has(refused.why, "certificate that is not trusted (see smtp.ca_file"));
    CHECK(server.mails().size() == 1);
  }
}

TEST_CASE("where TLS is needed and not offered nothing is sent") {
  const MailServer server;
  SmtpOptions options = options_for(server.url());
  options.needs_tls = true;
  const SendResult result = send(*make_smtp(options), "a@example.net");
  CHECK(result.outcome == Outcome::not_reached);
  CHECK(has(result.why, "offers no STARTTLS (see smtp.tls"));
  CHECK(server.mails().empty());
}

TEST_CASE("a login is made, and a wrong one is no fault of the message") {
  const MailServer server{{"--tls", "starttls", "--login", "ann:secret"}};
  SmtpOptions options = options_for(server.url(), server.certificate());
  options.username = "ann";
  options.password = "secret";
  CHECK(send(*make_smtp(options), "a@example.net").outcome == Outcome::done);
  options.password = "guess";
  const SendResult result = send(*make_smtp(options), "a@example.net");
  CHECK(result.outcome == Outcome::not_reached);
  CAPTURE(result.why);
  CHECK(has(result.why, "said: 535"));
  CHECK(server.mails().size() == 1);
}

TEST_CASE("a server is tried out as far as its login, and gets no mail by it") {
  const MailServer server{{"--tls", "starttls", "--login", "ann:secret"}};
  SmtpOptions options = options_for(server.url(), server.certificate());
  options.username = "ann";
  options.password = "secret";
  CHECK(make_smtp(options)->try_out().has_value());
  options.password = "guess";
  const auto refused = make_smtp(options)->try_out();
  REQUIRE_FALSE(refused.has_value());
  CHECK(has(refused.error().message, "said: 535"));
  options.ca_file.clear();
  const auto strange = make_smtp(options)->try_out();
  REQUIRE_FALSE(strange.has_value());
  CHECK(has(strange.error().message, "certificate that is not trusted"));
  CHECK(server.mails().empty());

  const MailServer plain;
  CHECK(make_smtp(options_for(plain.url()))->try_out().has_value());
  SmtpOptions needs_tls = options_for(plain.url());
  needs_tls.needs_tls = true;
  const auto without = make_smtp(needs_tls)->try_out();
  REQUIRE_FALSE(without.has_value());
  CHECK(has(without.error().message, "offers no STARTTLS"));
}

TEST_CASE("the address of a server is a scheme, a host and perhaps a port") {
  for (const char* url : {"smtp://mail.example.org", "smtps://mail.example.org:465",
                          "smtp://[::1]:25/", "smtp://127.0.0.1:2525"}) {
    CAPTURE(url);
    CHECK(check_smtp_url(url).has_value());
  }
  for (const char* url : {"mail.example.org", "http://mail.example.org", "smtp://", "smtp:///x",
                          "smtp://ann:secret@mail.example.org", "smtp://mail.example.org/path",
                          "smtp://mail.example.org?x", "smtp://mail.example.org:port"}) {
    CAPTURE(url);
    CHECK_FALSE(check_smtp_url(url).has_value());
  }
  CHECK(is_local_server("smtp://localhost"));
  CHECK(is_local_server("smtp://127.0.0.1:25"));
  CHECK(is_local_server("smtp://[::1]:25"));
  CHECK_FALSE(is_local_server("smtp://127.example.org"));
  CHECK_FALSE(is_local_server("smtp://mail.example.org"));
}

namespace {

// A stand-in for sendmail, which keeps its words and its input in its folder.
struct Program {
  TemporaryFolder folder;
  std::string path;

  explicit Program(const std::string& then) {
    path = folder
               .write("sendmail", "#!/bin/sh\ncd " + folder.path().string() +
                                      "\nprintf '%s|' \"$@\" > words\n" + then + "\n")
               .string();
    ::chmod(path.c_str(), 0755);
  }
  [[nodiscard]] std::string text(const char* name) const {
    std::ifstream file{folder.path() / name};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  [[nodiscard]] SendResult send() const {
    return make_sendmail(path)->hand_over(from, "-oQ/etc@example.net", message, {});
  }
};

}  // namespace

TEST_CASE(
    "sendmail gets the message and its addresses, which are never options or words of a shell") {
  const Program program{"cat > input"};
  CHECK(program.send().outcome == Outcome::done);
  CHECK(program.text("words") == "-i|-f|watch@example.org|--|-oQ/etc@example.net|");
  CHECK(program.text("input") == "Subject: Words\n\n.a dot\nand words\n");
}

TEST_CASE("sendmail's exit codes and words are understood") {
  struct Case {
    const char* then;
    Outcome outcome;
    const char* words;
  };
  for (const Case& each : {
           Case{"cat >/dev/null; echo 'no such user' >&2; exit 67", Outcome::never,
                "ended with 67: no such user"},
           Case{"cat >/dev/null; exit 75", Outcome::later, "ended with 75"},
           Case{"exit 1", Outcome::later, "ended with 1"},
           Case{"echo 'bad settings' >&2; exit 78", Outcome::not_reached, "78: bad settings"},
           Case{"kill -9 $$", Outcome::later, "was ended by a signal"},
       }) {
    CAPTURE(each.then);
    const SendResult result = Program{each.then}.send();
    CHECK(result.outcome == each.outcome);
    CHECK(has(result.why, each.words));
  }
}

TEST_CASE("a sendmail that is not there, hangs or talks without end holds nothing up") {
  const SendResult missing =
      make_sendmail("/nonexistent/sendmail")->hand_over(from, "a@example.net", message, {});
  CHECK(missing.outcome == Outcome::not_reached);
  CHECK(has(missing.why, "cannot be run: No such file"));
  const Program hangs{"cat >/dev/null; exec sleep 600"};
  const SendResult late = make_sendmail(hangs.path, std::chrono::seconds{1})
                              ->hand_over(from, "a@example.net", message, {});
  CHECK(late.outcome == Outcome::later);
  CHECK(late.may_have_arrived);
  const Program talks{"cat >/dev/null; yes | head -c 1000000 >&2; exit 67"};
  CHECK(talks.send().why.size() < 500);
}

}  // namespace stakeout
