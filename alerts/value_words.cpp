#include "alerts/value_words.h"

#include <algorithm>
#include <map>

namespace stakeout {

std::string counted(std::size_t number, const std::string& noun, const std::string& plural) {
  const std::string many = plural.empty() ? noun + "s" : plural;
  return std::to_string(number) + " " + (number == 1 ? noun : many);
}

std::string term_words(std::string_view iso) {
  static const std::map<char, std::string> units = {
      {'Y', "year"}, {'M', "month"}, {'W', "week"}, {'D', "day"}};
  std::string out;
  std::string number;
  for (const char c : iso) {
    const auto unit = units.find(c);
    if (unit != units.end()) {
      out += (out.empty() ? "" : " ") + number + " " + unit->second + (number == "1" ? "" : "s");
      number.clear();
    } else if (c != 'P') {
      number += c;
    }
  }
  return out;
}

std::string words_of_code(std::string code) {
  std::ranges::replace(code, '_', ' ');
  return code;
}

std::string outlet_words(const std::string& site, std::string_view url) {
  if (!site.empty()) return site;
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string{url.substr(0, url.find('/'))};
}

}  // namespace stakeout
