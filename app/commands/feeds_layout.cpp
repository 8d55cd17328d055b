#include "app/commands/feeds_layout.h"

#include <algorithm>
#include <ostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// The byte at which code point number `count` begins.
std::size_t byte_of(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at = code_point_at(text, at).next;
  return at;
}

}  // namespace

std::size_t terminal_width() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

std::string fitted(const std::string& text, std::size_t width) {
  const std::size_t length = count_code_points(text);
  if (length <= width) return text + std::string(width - length, ' ');
  const std::size_t kept = width - std::min<std::size_t>(width, 1);
  const std::size_t end = kept / 3;
  return text.substr(0, byte_of(text, kept - end)) + "…" + text.substr(byte_of(text, length - end));
}

void print_wrapped(std::ostream& out, std::string_view text, std::size_t indent,
                   std::size_t width) {
  std::size_t used = 0;  // columns of the line, without the indent; 0: it is not begun
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t length = count_code_points(word);
    if (used > 0 && width > 0 && indent + used + 1 + length > width) {
      out << '\n';
      used = 0;
    }
    out << (used == 0 ? std::string(indent, ' ') : " ") << word;
    used += (used == 0 ? 0 : 1) + length;
  }
  if (used > 0) out << '\n';
}

}  // namespace stakeout
