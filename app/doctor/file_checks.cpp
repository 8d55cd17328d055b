#include <algorithm>

#include "app/doctor/findings.h"
#include "app/file_edit.h"
#include "app/session.h"
#include "app/watchlist_check.h"

namespace stakeout {
namespace {

std::string counted(std::size_t number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

Finding check_settings(const Settings& settings) {
  std::vector<std::string> files;
  for (const SettingLine& line : settings.lines) {
    const std::string file = line.origin.substr(0, line.origin.rfind(':'));
    if (line.origin == "default" || line.origin.starts_with('$')) continue;
    if (std::ranges::find(files, file) == files.end()) files.push_back(file);
  }
  std::string what;
  for (const std::string& file : files) what += (what.empty() ? "" : ", ") + file;
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
    return {"feed list", Verdict::fault, error.what(), "name another with feeds in the settings"};
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
    return {"watchlist", Verdict::fault, error.what(), "mend watchlist in the settings"};
  }
}

}  // namespace

std::vector<Finding> check_files(const Settings& settings) {
  std::vector<Finding> findings{check_settings(settings), check_contact(settings),
                                check_feed_list(settings)};
  for (const auto& file : settings.watchlist) findings.push_back(check_watchlist(file));
  return findings;
}

}  // namespace stakeout
