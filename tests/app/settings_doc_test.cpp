// docs/settings.md against the keys that the program knows.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include <doctest/doctest.h>

#include "app/settings.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

std::string without_ticks(std::string cell) {
  std::erase(cell, '`');
  const std::size_t begin = std::min(cell.find_first_not_of(' '), cell.size());
  return cell.substr(begin, cell.find_last_not_of(' ') + 1 - begin);
}

// The rows of its tables: what stands in the four cells, by key.
std::map<std::string, std::vector<std::string>> documented() {
  std::ifstream file{std::filesystem::current_path() / "../../docs/settings.md"};
  REQUIRE(file.is_open());
  std::map<std::string, std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    std::istringstream stream{line.substr(1)};
    std::vector<std::string> cells;
    for (std::string cell; std::getline(stream, cell, '|');) cells.push_back(without_ticks(cell));
    REQUIRE(cells.size() == 4);
    rows[cells[0]] = cells;
  }
  return rows;
}

// "feed[0].url" is "feed.url" in the documentation.
std::string as_documented(std::string key) {
  const std::size_t index = key.find("[0]");
  return index == std::string::npos ? key : key.erase(index, 3);
}

// The settings file of the package, with every key that it only mentions taken into it.
std::string shipped_in_full() {
  std::ifstream file{std::filesystem::current_path() / "../../systemd/stakeout.toml"};
  REQUIRE(file.is_open());
  std::string text;
  for (std::string line; std::getline(file, line);) {
    const bool is_remark = line.starts_with("# ");
    text += (line.starts_with("#") && !is_remark ? line.substr(1) : line) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("every setting that config show prints is documented with its default, and no other") {
  auto rows = documented();
  for (const SettingLine& line : default_settings().lines) {
    CAPTURE(line.key);
    REQUIRE(rows.contains(line.key));
    CHECK(rows[line.key][1] == line.value);
    CHECK_FALSE(rows[line.key][2].empty());
    rows.erase(line.key);
  }
  for (const auto& [key, cells] : rows) {
    CAPTURE(key);
    CHECK((key.starts_with("feed.") || key.starts_with("digest.")));
  }
}

TEST_CASE("the examples of the documentation are settings that can be read") {
  const TemporaryFolder folder;
  folder.write("proxy", "http://proxy.example.org:3128\n");
  std::map<std::string, std::string> sections;
  std::vector<std::string> keys;
  for (const auto& [key, cells] : documented()) {
    // Of two proxies one is a fault, and so is one of two ways of the mail.
    if (cells[3].empty() || key.ends_with("proxy_file") || key == "smtp.sendmail") continue;
    const std::size_t dot = key.find('.');
    const std::string section = dot == std::string::npos ? "" : key.substr(0, dot);
    sections[section] +=
        key.substr(dot == std::string::npos ? 0 : dot + 1) + " = " + cells[3] + "\n";
    keys.push_back(key);
  }
  const auto path = folder.write(
      "stakeout.toml", sections[""] + "[fetch]\n" + sections["fetch"] + "[retention]\n" +
                           sections["retention"] + "[smtp]\n" + sections["smtp"] + "[metrics]\n" +
                           sections["metrics"] + "[[feed]]\n" + sections["feed"] + "[[digest]]\n" +
                           sections["digest"] + "[[feed]]\nurl = \"https://example.org/\"\n" +
                           "proxy_file = \"proxy\"\n");
  const auto settings = load_settings(path, {});
  REQUIRE_MESSAGE(settings.has_value(), settings.error().message);
  for (const std::string& key : keys) {
    CAPTURE(key);
    CHECK(std::ranges::any_of(settings->lines, [&](const SettingLine& line) {
      return as_documented(line.key) == key && line.origin != "default";
    }));
  }
}

TEST_CASE("the shipped settings file has every key, with its default but for where things are") {
  const TemporaryFolder folder;
  const auto settings = load_settings(folder.write("stakeout.toml", shipped_in_full()), {});
  REQUIRE_MESSAGE(settings.has_value(), settings.error().message);
  std::map<std::string, SettingLine> lines;
  for (const SettingLine& line : settings->lines) lines[as_documented(line.key)] = line;
  for (const SettingLine& line : default_settings().lines) {
    CAPTURE(line.key);
    CHECK(lines[line.key].origin != "default");
    if (line.key != "feeds" && line.key != "watchlist" && line.key != "database")
      CHECK(lines[line.key].value == line.value);
  }
  for (const auto& [key, cells] : documented()) {
    CAPTURE(cells[0]);
    // A feed takes one of two ways to name its proxy.
    if (cells[0] != "feed.proxy_file") CHECK(lines.contains(cells[0]));
  }
}

}  // namespace stakeout
