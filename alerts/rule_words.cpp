#include "alerts/rule_words.h"

#include <map>
#include <string_view>

#include "extractors/values/table_lines.h"

namespace stakeout {

std::string_view rule_words_table();

namespace {

using Words = std::map<std::string_view, std::string_view>;

Words read_words() {
  Words words;
  std::string_view rest = rule_words_table();
  while (auto line = take_line(rest)) {
    const std::string_view told = take_until(*line, "\t");
    while (!line->empty()) words.emplace(take_until(*line, " | "), told);
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
