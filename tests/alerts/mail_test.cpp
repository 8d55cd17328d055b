#include "alerts/mail.h"

#include <doctest/doctest.h>

#include "alerts/mail_encoding.h"
#include "tests/support/mail_reader.h"

namespace stakeout {
namespace {

Mail plain_mail() {
  Mail mail;
  mail.from = {"", "watch@example.org"};
  mail.to = "desk@example.net";
  mail.digest = "desk";
  mail.message_id = "<d.20241008T070003Z.0b1c2d3e4f5a6b7c@example.org>";
  mail.date = make_timestamp(2024, 10, 8, 7, 0, 3);
  mail.subject = "Stakeout: 2 new contracts";
  mail.text = "Words.\n";
  mail.html = "<p>Words.</p>\n";
  return mail;
}

ReadMail read(const Mail& mail) {
  const auto read = read_mail(build_mail(mail));
  REQUIRE(read);
  return *read;
}

}  // namespace

TEST_CASE("a mail says who sends it to whom, that no person wrote it, and how to get no more") {
  const ReadMail mail = read(plain_mail());
  CHECK(mail.header("From") == "\"Stakeout\" <watch@example.org>");
  CHECK(mail.header("To") == "desk@example.net");
  CHECK(mail.header("Date") == "Tue, 08 Oct 2024 07:00:03 +0000");
  CHECK(mail.header("Subject") == "Stakeout: 2 new contracts");
  CHECK(mail.header("Message-ID") == "<d.20241008T070003Z.0b1c2d3e4f5a6b7c@example.org>");
  CHECK(mail.header("List-Id") == "\"stakeout digest desk\" <desk.stakeout.example.org>");
  CHECK(mail.header("List-Unsubscribe") == "<mailto:watch@example.org?subject=unsubscribe%20desk>");
  CHECK(mail.header("Auto-Submitted") == "auto-generated");
  CHECK(mail.header("Precedence") == "bulk");
  CHECK(mail.header("MIME-Version") == "1.0");
  for (const char* name : {"In-Reply-To", "References", "X-Stakeout-Watch", "X-Stakeout-Story",
                           "List-Unsubscribe-Post"})
    CHECK_FALSE(mail.header(name));
}

TEST_CASE("the plain text comes first and is complete, the HTML second") {
  Mail mail = plain_mail();
  mail.text =
      "Sums = 100 % — über alles\n\nFrom here\n.\ntrailing \n" + std::string(300, 'x') + "\n";
  mail.html = "<p>é</p>";
  const ReadMail got = read(mail);
  REQUIRE(got.parts.size() == 2);
  CHECK(got.parts[0].type == "text/plain; charset=utf-8");
  CHECK(got.parts[0].body == mail.text);
  CHECK(got.parts[1].type == "text/html; charset=utf-8");
  CHECK(got.parts[1].body == "<p>é</p>\n");
  CHECK(build_mail(mail).find("\r\nFrom here") == std::string::npos);
  CHECK(build_mail(mail).find("\r\n.\r\n") == std::string::npos);
}

TEST_CASE("a mail about one story says so and belongs to its thread") {
  Mail mail = plain_mail();
  mail.story = 912;
  mail.watch = "Lantern Works";
  mail.thread = {"<s.1@h>", "<s.2@h>", "<s.3@h>"};
  const ReadMail got = read(mail);
  CHECK(got.header("X-Stakeout-Story") == "912");
  CHECK(got.header("X-Stakeout-Watch") == "Lantern Works");
  CHECK(got.header("In-Reply-To") == "<s.3@h>");
  CHECK(got.header("References") == "<s.1@h> <s.2@h> <s.3@h>");
}

TEST_CASE("a long thread keeps its first message and its last ones") {
  Mail mail = plain_mail();
  for (int i = 1; i <= 30; ++i) mail.thread.push_back("<" + std::to_string(i) + "@h>");
  const std::string references = read(mail).header("References").value_or("");
  CHECK(references.starts_with("<1@h> <12@h> <13@h>"));
  CHECK(references.ends_with("<30@h>"));
}

TEST_CASE("a title can neither end a header nor pass for an encoded word") {
  for (const char* title : {"Deal\r\nBcc: everybody@example.org", "Deal\nBcc: x",
                            "Deal\r\n\r\nBody", "=?UTF-8?Q?Bcc=3A?=", "a\x01\x1B[31mb",
                            "\xC2\x85"
                            "x\xE2\x80\xA8y"}) {
    CAPTURE(title);
    Mail mail = plain_mail();
    mail.subject = mail.watch = mail.digest = mail.from.name = mail.text = mail.html = title;
    const auto got = read(mail);
    CHECK(got.names() == std::vector<std::string>{"From", "To", "Date", "Subject", "Message-ID",
                                                  "List-Id", "List-Unsubscribe", "Auto-Submitted",
                                                  "Precedence", "X-Stakeout-Watch", "MIME-Version",
                                                  "Content-Type"});
    CHECK(got.parts.size() == 2);
  }
  Mail mail = plain_mail();
  mail.subject = "=?UTF-8?Q?Bcc=3A?=";
  CHECK(read(mail).header("Subject") == "=?UTF-8?Q?Bcc=3A?=");
}

TEST_CASE("subjects in any script arrive whole, on lines that every server takes") {
  for (const std::string& subject :
       {std::string{"Überwachung: „Paragon“ — ICE → stop work"},
        std::string{"監視 契約 の 停止 命令 と その 経緯 監視 契約 の 停止 命令 と その 経緯"},
        std::string(190, 'x'), std::string{"two  blanks"}}) {
    CAPTURE(subject);
    Mail mail = plain_mail();
    mail.subject = subject;
    const ReadMail got = read(mail);
    CHECK(got.header("Subject") == (subject == "two  blanks" ? "two blanks" : subject));
    CHECK(got.longest_line <= 78);
  }
  Mail mail = plain_mail();
  mail.subject = std::string(5000, 'y');
  CHECK(read(mail).header("Subject") == std::string(200, 'y') + "…");
}

TEST_CASE("two digests have two list ids, whatever signs are in their names") {
  Mail a = plain_mail();
  Mail b = plain_mail();
  a.digest = "Küche";
  b.digest = "Kache";
  Mail c = plain_mail();
  c.digest = "kaching";
  CHECK(read(a).header("List-Id") != read(b).header("List-Id"));
  CHECK(read(b).header("List-Id") != read(c).header("List-Id"));
}

TEST_CASE("what is no UTF-8 is replaced, and what is stays") {
  CHECK(valid_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(valid_utf8("\xED\xA0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(valid_utf8("\xC0\x80") == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(valid_utf8("é€😀\xF0\x9F") == "é€😀\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("addresses are those that any server takes; a sender may have a name") {
  for (const char* address : {"desk@example.org", "a.b+c@x-y.example", "root@localhost"})
    CHECK(is_mail_address(address));
  for (const char* address : {"", "desk", "@example.org", "desk@", "a@b@c", "a b@c", "a@b..c",
                              ".a@b", "a.@b", "a@-b", "a@b-", "a@b-.c", "dé@b", "a@bü.org",
                              "\"a\"@b", "a@[127.0.0.1]", "a@b\r\nBcc: c", "<a@b>", "a@b,c@d"}) {
    CAPTURE(address);
    CHECK_FALSE(is_mail_address(address));
  }
  const auto mailbox = parse_mailbox("\"The Watch\" <watch@example.org>");
  REQUIRE(mailbox.has_value());
  CHECK(mailbox->name == "The Watch");
  CHECK(mailbox->domain() == "example.org");
  CHECK(parse_mailbox("watch@example.org")->name.empty());
  CHECK(parse_mailbox("Watch watch@example.org").error().message.find("is no mail address") !=
        std::string::npos);
}

}  // namespace stakeout
