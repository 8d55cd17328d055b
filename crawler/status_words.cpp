#include "crawler/status_words.h"

#include <string_view>
#include <unordered_map>

namespace stakeout {

std::string_view status_words_table();

namespace {

// The text up to `end`, taken off `text` together with it.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

std::unordered_map<std::string, StatusWords> read_words() {
  std::unordered_map<std::string, StatusWords> words;
  for (std::string_view text = status_words_table(); !text.empty();) {
    std::string_view line = take_until(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    const std::string_view status = take_until(line, '\t');
    const std::string_view fault = take_until(line, '\t');
    words.emplace(status, StatusWords{std::string{fault}, std::string{line}});
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
