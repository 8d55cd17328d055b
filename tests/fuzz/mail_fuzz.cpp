// Any bytes at all as the texts of a digest's mail: the message can be taken apart again, has the
// headers that we write and no others, and its texts arrive as they were.
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/mail.h"
#include "alerts/mail_encoding.h"
#include "alerts/plain_words.h"
#include "tests/support/mail_reader.h"

namespace {

using namespace stakeout;

// What a body is to arrive as: UTF-8, with a line end at its end.
std::string body(std::string_view text) {
  std::string out = valid_utf8(text);
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

const std::vector<std::string> our_headers = {"From",
                                              "To",
                                              "Date",
                                              "Subject",
                                              "Message-ID",
                                              "In-Reply-To",
                                              "References",
                                              "List-Id",
                                              "List-Unsubscribe",
                                              "Auto-Submitted",
                                              "Precedence",
                                              "X-Stakeout-Watch",
                                              "X-Stakeout-Story",
                                              "MIME-Version",
                                              "Content-Type"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::string_view rest = bytes;
  std::array<std::string, 5> texts;  // parted by bytes of 0x1E
  for (std::string& text : texts) {
    const std::size_t end = rest.find('\x1E');
    text = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  Mail mail;
  mail.from = {texts[0], "watch@example.org"};
  mail.to = "desk@example.net";
  mail.digest = texts[1];
  mail.message_id = "<d.20241008T070003Z.0b1c2d3e4f5a6b7c@example.org>";
  mail.thread = {"<s.1@h>"};
  mail.watch = "W" + texts[2];
  mail.story = 7;
  mail.subject = texts[2];
  mail.text = texts[3];
  mail.html = texts[4];
  const auto read = read_mail(build_mail(mail));
  assert(read);
  assert(read->names() == our_headers);
  assert(read->longest_line <= 998);
  assert(read->header("X-Stakeout-Watch") == plain_words(valid_utf8("W" + texts[2])));
  assert(read->parts.size() == 2);
  assert(read->parts[0].body == body(texts[3]));
  assert(read->parts[1].body == body(texts[4]));
  const auto mailbox = parse_mailbox(texts[0]);
  assert(!mailbox || is_mail_address(mailbox->address));
  return 0;
}
