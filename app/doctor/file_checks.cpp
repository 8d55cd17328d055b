#include <algorithm>

#include <grp.h>

#include "alerts/value_words.h"
#include "app/doctor/access.h"
#include "app/doctor/findings.h"
#include "app/file_edit.h"
#include "app/session.h"
#include "app/watchlist_check.h"

namespace stakeout {
namespace {

std::vector<std::string> files_of(const Settings& settings) {
  std::vector<std::string> files;
  for (const SettingLine& line : settings.lines) {
    const std::string file = line.origin.substr(0, line.origin.rfind(':'));
    if (line.origin == "default" || line.origin.starts_with('$')) continue;
    if (std::ranges::find(files, file) == files.end()) files.push_back(file);
  }
  return files;
}

std::string group_name(gid_t id) {
  const group* const found = ::getgrgid(id);
  return found == nullptr ? std::to_string(id) : found->gr_name;
}

// An operator's umask may keep the service from what it has to read.
std::vector<Finding> check_readable(const Settings& settings) {
  std::vector<std::string> files = files_of(settings);
  files.push_back(settings.feeds.string());
  for (const auto& list : settings.watchlist) files.push_back(list.string());
  const std::filesystem::path home = folder_of(settings.database);
  const auto user = look_at(home);
  std::vector<Finding> findings;
  const auto add = [&](const char* may_not, const std::string& file, const char* bits) {
    Finding finding{
        "permissions", Verdict::fault,
        "the user of the service, to whom " + home.string() + " belongs, may not " + may_not + file,
        "chgrp " + group_name(user->st_gid) + " " + file + " && chmod g+" + bits + " " + file};
    if (std::ranges::find(findings, finding.what, &Finding::what) == findings.end())
      findings.push_back(std::move(finding));
  };
  for (const std::string& file : files) {
    const std::string folder = folder_of(file).string();
    const auto entry = look_at(file);
    const auto around = look_at(folder);
    if (!user || !entry || !around) continue;
    if (!may(*user, *around, S_IXOTH)) add("enter ", folder, "x");
    if (!may(*user, *entry, S_IROTH)) add("read ", file, "r");
  }
  return findings;
}

Finding check_settings(const Settings& settings) {
  std::string what;
  for (const std::string& file : files_of(settings)) what += (what.empty() ? "" : ", ") + file;
  return {"settings", Verdict::good, what.empty() ? "no file, all by default" : what, {}};
}

Finding check_contact(const Settings& settings) {
  if (!settings.fetch.contact.empty())
    return {"contact", Verdict::good, settings.fetch.contact, {}};
  return {"contact", Verdict::attention, "the sites that are read are not told who reads them",
          "set fetch.contact to a page and an address of yours; some sites refuse who has none"};
}

Finding check_feed_list(const Settings& settings) {
  const std::string file = settings.feeds.string();
  try {
    const FeedList list = parse_feed_list(read_bounded_file(settings.feeds, "the feed list"), file);
    const std::string what = file + ": " + counted(list.feeds.size(), "feed");
    if (list.feeds.empty())
      return {"feed list", Verdict::fault, what, "add some with: stakeout feeds add URL"};
    if (list.left_out == 0) return {"feed list", Verdict::good, what, {}};
    return {"feed list", Verdict::attention,
            what + ", " + counted(list.left_out, "line") + " not used: " + list.warnings.front(),
            "mend or remove what these lines say: stakeout feeds list"};
  } catch (const CommandError& error) {
    return {"feed list", Verdict::fault, error.what(),
            "make it with: stakeout feeds add URL, or name another with feeds in the settings"};
  }
}

Finding check_watchlist(const std::filesystem::path& path) {
  const std::string file = path.string();
  try {
    const WatchlistFile read = parse_watchlist(read_text_file(path, "the watchlist"), file);
    const std::string what = file + ": " + counted(read.entities.size(), "name");
    if (read.warnings.empty()) return {"watchlist", Verdict::good, what, {}};
    return {"watchlist", Verdict::attention,
            what + ", " + counted(read.warnings.size(), "warning") + ": " + read.warnings.front(),
            "see them all with: stakeout watchlist check " + file};
  } catch (const CommandError& error) {
    return {"watchlist", Verdict::fault, error.what(),
            "make the file or let this user read it, or mend watchlist in the settings"};
  }
}

}  // namespace

std::vector<Finding> check_files(const Settings& settings) {
  std::vector<Finding> findings{check_settings(settings), check_contact(settings),
                                check_feed_list(settings)};
  for (const auto& file : settings.watchlist) findings.push_back(check_watchlist(file));
  for (Finding& finding : check_readable(settings)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace stakeout
