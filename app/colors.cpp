#include "app/colors.h"

#include <cstdlib>

#include <unistd.h>

namespace stakeout {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

// ECMA-48, 8.3.117.
std::string_view code_of(Paint paint) {
  switch (paint) {
    case Paint::bold:
      return "1";
    case Paint::red:
      return "1;31";
    case Paint::green:
      return "32";
    case Paint::yellow:
      return "33";
  }
  return {};
}

}  // namespace

bool are_colors_wanted(std::string_view choice, int descriptor) {
  if (choice != "auto") return choice == "always";
  return isatty(descriptor) == 1 && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

std::string painted(std::string_view text, Paint paint, bool wanted) {
  if (!wanted || text.empty()) return std::string{text};
  std::string out = "\033[";
  out += code_of(paint);
  out += 'm';
  out += text;
  return out + "\033[0m";
}

}  // namespace stakeout
