#include "crawler/status_words.h"

#include <string_view>
#include <unordered_map>

#include "extractors/values/table_lines.h"

namespace stakeout {

std::string_view status_words_table();

namespace {

std::unordered_map<std::string, StatusWords> read_words() {
  std::unordered_map<std::string, StatusWords> words;
  std::string_view rest = status_words_table();
  while (auto line = take_line(rest)) {
    const std::string_view status = take_until(*line, "\t");
    const std::string_view fault = take_until(*line, "\t");
    words.emplace(status, StatusWords{std::string{fault}, std::string{*line}});
  }
  return words;
}

}  // namespace

StatusWords status_words(int status) {
  static const auto table = read_words();
  const std::string code = std::to_string(status);
  for (const std::string& row : {code, code.substr(0, 1) + "xx"}) {
    const auto known = table.find(row);
    if (known != table.end())
      return {known->second.fault + " (HTTP " + code + ")", known->second.advice};
  }
  const StatusWords& other = table.at("other");
  return {other.fault + " (HTTP " + code + ")", other.advice};
}

}  // namespace stakeout
