#include "extractors/feeds/field_values.h"

#include <string_view>

#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using std::string_view;

// What stands between the first `open` and the last `close`.
string_view between(string_view text, char open, char close) {
  const std::size_t begin = text.find(open);
  const std::size_t end = text.rfind(close);
  if (begin == string_view::npos || end == string_view::npos || end < begin) return {};
  return ascii_trimmed(text.substr(begin + 1, end - begin - 1));
}

bool is_mail_address(string_view text) {
  return text.find('@') != string_view::npos && text.find(' ') == string_view::npos;
}

}  // namespace

std::string person_in(string_view text) {
  const std::string plain = collapse_white_space(text);
  string_view person = plain;
  if (starts_with_ignoring_case(person, "mailto:")) person.remove_prefix(7);
  const string_view in_brackets = between(person, '(', ')');
  const string_view before_bracket = ascii_trimmed(person.substr(0, person.find('(')));
  if (!in_brackets.empty() && is_mail_address(before_bracket)) return std::string{in_brackets};
  if (is_mail_address(in_brackets) && !before_bracket.empty()) return std::string{before_bracket};
  const string_view in_angles = between(person, '<', '>');
  const string_view before_angle = ascii_trimmed(person.substr(0, person.find('<')));
  if (is_mail_address(in_angles))
    return std::string{before_angle.empty() ? in_angles : before_angle};
  return std::string{person};
}

}  // namespace stakeout
