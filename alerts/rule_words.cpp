#include "alerts/rule_words.h"

#include <map>
#include <string_view>

namespace stakeout {

std::string_view rule_words_table();

namespace {

// The text up to `end`, taken off `text` together with it.
std::string_view take_until(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + end.size());
  return part;
}

using Words = std::map<std::string_view, std::string_view>;

Words read_words() {
  Words words;
  for (std::string_view text = rule_words_table(); !text.empty();) {
    std::string_view line = take_until(text, "\n");
    if (line.empty() || line.front() == '#') continue;
    const std::string_view told = take_until(line, "\t");
    while (!line.empty()) words.emplace(take_until(line, " | "), told);
  }
  return words;
}

}  // namespace

std::string words_of_rules(const std::string& rules) {
  static const Words table = read_words();
  std::string out;
  for (std::string_view rest = rules; !rest.empty();) {
    const auto known = table.find(take_until(rest, ", "));
    if (known == table.end()) continue;
    if (!out.empty()) out += " and ";
    out += known->second;
  }
  return out;
}

}  // namespace stakeout
