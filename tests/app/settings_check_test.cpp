#include "app/settings_check.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

bool has(const std::vector<std::string>& lines, const std::string& begin, const std::string& part) {
  return std::ranges::any_of(lines, [&](const std::string& line) {
    return line.starts_with(begin) && line.find(part) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("what is wrong is told at once, though other things are wrong before it") {
  const TemporaryFolder folder;
  const auto file = folder.write(
      "stakeout.toml",
      "feeds = \"none.txt\"\nwatchlist = [\"gone.csv\"]\n"
      "[[digest]]\nname = \"desk\"\nto = [\"desk\", \"a@b.example\", \"ann\"]\n"
      "schedule = \"sometimes\"\n"
      "[[digest]]\nname = \"desk\"\nschedule = \"hourly\"\nvendors = [\"Nobody At All Ltd\"]\n"
      "[smtp]\nurl = \"smtp://a.example\"\nsendmail = \"/bin/sh\"\n"
      "password_file = \"none\"\n");
  const SettingsFindings findings = check_settings_and_files(read_settings(file, {}));
  const std::string place = file.string() + ":";
  CAPTURE(in_lines(findings.faults));
  CHECK(has(findings.faults, place + "1: feeds: ", "none.txt cannot be read"));
  CHECK(has(findings.faults, place + "2: watchlist: ", "gone.csv cannot be read"));
  CHECK(
      has(findings.faults, place + "5: to: 'desk' is no mail address", "'ann' is no mail address"));
  CHECK(has(findings.faults, place + "6: schedule: ", "is no schedule"));
  CHECK(has(findings.faults, place + "7: ", "there is a [[digest]] 'desk' already"));
  CHECK(has(findings.faults, place + "13: ", "give one of smtp.url and smtp.sendmail"));
  CHECK(has(findings.faults, place + "14: smtp.password_file: ", "there is no file"));
  CHECK(findings.faults.size() == 7);
  CAPTURE(in_lines(findings.warnings));
  CHECK(has(findings.warnings, place + "7: ", "'desk' has no reader"));
  CHECK(has(findings.warnings, place + "10: ", "'Nobody At All Ltd' is no vendor"));
  CHECK(findings.empty_filters == 1);
}

TEST_CASE("a digest without readers is told of with what to do, one with any of them is not") {
  struct Case {
    const char* reader;
    bool told;
  };
  const Case cases[] = {{"", true},
                        {"to = []\n", true},
                        {"to = \"a@b.example\"\n", false},
                        {"webhook = \"https://a.example/hook\"\n", false},
                        {"push = \"https://ntfy.example/desk\"\n", false},
                        {"atom = \"desk.atom\"\n", false}};
  for (const auto& [reader, told] : cases) {
    CAPTURE(reader);
    const TemporaryFolder folder;
    const auto file =
        folder.write("stakeout.toml", std::string{"[[digest]]\nname = \"desk\"\n"} + reader);
    const SettingsFindings findings = check_settings_and_files(read_settings(file, {}));
    CHECK(findings.faults.empty());
    CHECK(has(findings.warnings, file.string() + ":1: the digest 'desk' has no reader",
              "give it `to`") == told);
  }
}

TEST_CASE("what cannot be written, or holds no certificate, is a fault before a crawl meets it") {
  const TemporaryFolder folder;
  folder.write("feeds.txt", "");
  const std::string words = folder.write("words", "-----BEGIN PRIVATE KEY-----\n").string();
  const std::string known = folder.write("known", "# Ours\n-----BEGIN CERTIFICATE-----\n").string();
  const auto faults_of = [&](const std::string& archive, const std::string& ca_file,
                             const std::string& atom) {
    const auto file = folder.write(
        "stakeout.toml", "feeds = \"feeds.txt\"\narchive = \"" + archive +
                             "\"\n[fetch]\nca_file = \"" + ca_file + "\"\n[smtp]\nca_file = \"" +
                             ca_file + "\"\n[[digest]]\nname = \"x\"\natom = \"" + atom + "\"\n");
    return check_settings_and_files(read_settings(file, {})).faults;
  };
  const auto faults = faults_of("words", words, "/nonexistent/x.atom");
  const std::string place = (folder.path() / "stakeout.toml").string() + ":";
  CAPTURE(in_lines(faults));
  CHECK(faults.size() == 4);
  CHECK(has(faults, place + "2: archive: ", words + " is a file"));
  CHECK(has(faults, place + "4: fetch.ca_file: ", words + " holds no certificate"));
  CHECK(has(faults, place + "6: smtp.ca_file: ", words + " holds no certificate"));
  CHECK(has(faults, place + "7: atom: ", "there is no folder /nonexistent"));
  CHECK(faults_of("new-folder", known, "x.atom").empty());
}

TEST_CASE("a feed list that is named nowhere may be missing") {
  const TemporaryFolder folder;
  Settings settings = default_settings();
  settings.feeds = folder.path() / "feeds.txt";
  const SettingsFindings findings = check_settings_and_files({settings, {}});
  CHECK(findings.faults.empty());
  CHECK(has(findings.warnings, "there is no feed list", "stakeout feeds add URL"));
}

}  // namespace stakeout
