#include "app/settings_check.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "app/commands/unknown_names.h"
#include "app/crawl/plan.h"
#include "app/feed_list_file.h"
#include "app/file_edit.h"
#include "app/post/setup.h"
#include "app/session.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

// Where a key is set; "default" where it is not.
std::string origin_of(const Settings& settings, const std::string& key) {
  const auto line = std::ranges::find(settings.lines, key, &SettingLine::key);
  return line == settings.lines.end() ? "default" : line->origin;
}

// A file that is there, or might be: nobody can say where a folder must not be read.
bool may_exist(const fs::path& file) {
  std::error_code error;
  return fs::exists(file, error) || error;
}

// nullopt: there is no list to hold anything against.
std::optional<FeedList> feeds_of(const Settings& settings, SettingsFindings& findings) {
  const std::string origin = origin_of(settings, "feeds");
  if (origin == "default" && !may_exist(settings.feeds)) {
    findings.warnings.push_back("there is no feed list " + settings.feeds.string() +
                                " yet; begin one with: stakeout feeds add URL");
    return std::nullopt;
  }
  try {
    return read_feed_list(settings.feeds);
  } catch (const CommandError& error) {
    findings.faults.push_back(origin + ": feeds: " + error.what() +
                              "; mend the path, or begin one with: stakeout feeds add URL");
    return std::nullopt;
  }
}

// The lists that can be read.
Watchlist watchlist_of(const Settings& settings, SettingsFindings& findings) {
  Watchlist watchlist = shipped_watchlist();
  for (const fs::path& file : settings.watchlist) {
    try {
      add_watchlist(watchlist, file);
    } catch (const CommandError& error) {
      findings.faults.push_back(origin_of(settings, "watchlist") + ": watchlist: " + error.what() +
                                "; mend the path, or take it out");
    }
  }
  return watchlist;
}

void check_named_file(const std::string& place, const std::string& file,
                      SettingsFindings& findings) {
  if (!file.empty() && !may_exist(file))
    findings.faults.push_back(place + ": there is no file " + file);
}

// A file in PEM, of which other tools know other kinds.
void check_certificates(const std::string& place, const std::string& file,
                        SettingsFindings& findings) {
  std::error_code error;
  if (file.empty() || !fs::exists(file, error)) return;
  try {
    const std::string bytes = read_bounded_file(file, "the file of certificates");
    if (bytes.find("CERTIFICATE-----") == std::string::npos)
      findings.faults.push_back(place + ": " + file + " holds no certificate in PEM");
  } catch (const CommandError& unreadable) {
    findings.faults.push_back(place + ": " + unreadable.what());
  }
}

// What is to be written: the archive is a folder, a digest's Atom file lies in one.
void check_targets(const Settings& settings, SettingsFindings& findings) {
  std::error_code error;
  const fs::path& archive = settings.archive;
  if (fs::exists(archive, error) && !fs::is_directory(archive, error))
    findings.faults.push_back(origin_of(settings, "archive") + ": archive: " + archive.string() +
                              " is a file; name a folder");
  for (const DigestSettings& digest : settings.digests) {
    if (digest.atom.empty()) continue;
    const fs::path folder = fs::absolute(digest.atom).parent_path();
    if (!may_exist(folder))
      findings.faults.push_back(digest.origin + ": atom: there is no folder " + folder.string());
  }
}

// Certificates and secrets.
void check_named_files(const Settings& settings, SettingsFindings& findings) {
  const auto check = [&](const std::string& key, const std::string& file) {
    check_named_file(origin_of(settings, key) + ": " + key, file, findings);
  };
  check("fetch.ca_file", settings.fetch.ca_file);
  check("smtp.ca_file", settings.smtp.ca_file);
  for (const auto& [key, file] : {std::pair{"fetch.ca_file", settings.fetch.ca_file},
                                  std::pair{"smtp.ca_file", settings.smtp.ca_file}})
    check_certificates(origin_of(settings, key) + ": " + key, file, findings);
  check("smtp.password_file", settings.smtp.password_file);
  check("smtp.sendmail", settings.smtp.sendmail);
  for (const DigestSettings& digest : settings.digests) {
    check_named_file(digest.origin + ": webhook_secret_file", digest.webhook_secret_file, findings);
    check_named_file(digest.origin + ": push_token_file", digest.push_token_file, findings);
  }
}

void check_digests(const Settings& settings, const Watchlist& watchlist, const FeedList* feeds,
                   SettingsFindings& findings) {
  for (const UnreadDigest& digest : digests_without_readers(settings))
    findings.warnings.push_back(digest.what + "; " + digest.advice);
  if (std::string missing = missing_for_mail(settings); !missing.empty())
    findings.warnings.push_back(std::move(missing));
  for (std::string& line : unknown_in_digests(settings, watchlist, feeds)) {
    findings.warnings.push_back(std::move(line));
    ++findings.empty_filters;
  }
}

}  // namespace

SettingsFindings check_settings_and_files(const SettingsReading& reading) {
  const Settings& settings = reading.settings;
  SettingsFindings findings;
  findings.faults = reading.faults;
  const std::optional<FeedList> feeds = feeds_of(settings, findings);
  const Watchlist watchlist = watchlist_of(settings, findings);
  check_named_files(settings, findings);
  check_targets(settings, findings);
  check_digests(settings, watchlist, feeds ? &*feeds : nullptr, findings);
  return findings;
}

}  // namespace stakeout
