#include "alerts/mail_address.h"

#include "alerts/plain_words.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_local_part = 64;  // RFC 5321, 4.5.3.1
constexpr std::size_t longest_domain = 253;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// "atext" of RFC 5322.
bool is_atom_sign(char c) {
  return is_letter_or_digit(c) ||
         std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

// Whether a text is pieces of such signs with single dots between them.
template <class IsSign>
bool is_dotted(std::string_view text, IsSign is_sign) {
  char before = '.';
  for (const char c : text) {
    if (c == '.' ? before == '.' : !is_sign(c)) return false;
    before = c;
  }
  return before != '.';
}

bool is_domain(std::string_view text) {
  return text.size() <= longest_domain && text.front() != '-' && text.back() != '-' &&
         text.find("-.") == std::string_view::npos && text.find(".-") == std::string_view::npos &&
         is_dotted(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  const std::string_view local = text.substr(0, at);
  return local.size() <= longest_local_part && is_dotted(local, is_atom_sign) &&
         is_domain(text.substr(at + 1));
}

Result<Mailbox> parse_mailbox(std::string_view text) {
  const std::size_t open = text.rfind('<');
  Mailbox mailbox;
  if (open != std::string_view::npos && text.ends_with('>')) {
    mailbox.name = plain_words(text.substr(0, open));
    mailbox.address = text.substr(open + 1, text.size() - open - 2);
    const std::string& name = mailbox.name;
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
      mailbox.name = name.substr(1, name.size() - 2);
  } else {
    mailbox.address = text;
  }
  if (!is_mail_address(mailbox.address)) {
    return fail("'" + std::string{text} +
                "' is no mail address; write one such as \"stakeout@example.org\" or \"Stakeout "
                "<stakeout@example.org>\"");
  }
  return mailbox;
}

}  // namespace stakeout
