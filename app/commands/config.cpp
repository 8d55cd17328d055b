#include <filesystem>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "alerts/value_words.h"
#include "app/commands/commands.h"
#include "app/commands/unknown_names.h"
#include "app/crawl/plan.h"
#include "app/feed_list_file.h"
#include "app/inspect/inspect.h"
#include "app/post/setup.h"
#include "app/session.h"

namespace stakeout {
namespace {

// "fetch.timeout = "60s"  # default"
void show(const Session& session, bool as_json) {
  for (const SettingLine& line : session.settings().lines) {
    if (as_json) {
      std::cout << json_line(
          Json{{"key", line.key}, {"value", line.value}, {"origin", line.origin}});
    } else {
      std::cout << line.key << " = " << line.value << "  # " << line.origin << '\n';
    }
  }
}

void check(const Session& session) {
  const Settings settings = session.settings();
  for (const SettingLine& line : settings.lines) {
    // It is read, so that a file which has it is no fault, and nothing goes by it yet.
    if (line.key == "archive" && line.origin != "default")
      spdlog::warn("{}: {} = {} has no effect in this version", line.origin, line.key, line.value);
  }
  if (const std::string missing = missing_for_mail(settings); !missing.empty())
    spdlog::warn("{}", missing);
  std::vector<std::string> unknown;
  if (!settings.digests.empty()) {
    const Watchlist watchlist = read_watchlists(settings.watchlist);
    const bool has_feeds = std::filesystem::exists(settings.feeds);
    const FeedList feeds = has_feeds ? read_feed_list(settings.feeds) : FeedList{};
    unknown = unknown_in_digests(settings, watchlist, has_feeds ? &feeds : nullptr);
  }
  for (const std::string& what : unknown) spdlog::warn("{}", what);
  if (unknown.empty()) {
    std::cout << "the settings are in order\n";
  } else {
    std::cout << "the settings can be used, but "
              << counted(unknown.size(), "filter lets", "filters let")
              << " nothing through (see above)\n";
  }
}

}  // namespace

void add_config_commands(CLI::App& program, Session& session) {
  CLI::App* config = program.add_subcommand("config", "The settings in force");
  config->require_subcommand(1);

  CLI::App* show_command =
      config->add_subcommand("show", "Every setting, its value and where it comes from");
  const auto as_json = std::make_shared<bool>(false);
  show_command->add_flag("--json", *as_json, "One JSON object a line");
  show_command->callback([&session, as_json] { show(session, *as_json); });

  CLI::App* check_command =
      config->add_subcommand("check", "Reads the settings and says what is wrong with them");
  check_command->callback([&session] { check(session); });
}

}  // namespace stakeout
