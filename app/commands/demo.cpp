#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "alerts/compose.h"
#include "app/commands/commands.h"
#include "app/crawl/engine.h"
#include "app/crawl/plan.h"
#include "app/crawl/system_clock.h"
#include "app/demo/server.h"
#include "app/session.h"
#include "app/signals.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr int days = 2;

constexpr const char* first_line =
    "# Written by `stakeout demo`, which writes it anew each time.";  // of its settings

Settings demo_settings(const fs::path& folder, int port) {
  Settings settings = default_settings();
  settings.database = folder / "demo.db";
  settings.fetch.per_host_delay = {};
  settings.fetch.allow_private = {"127.0.0.1:" + std::to_string(port)};
  return settings;
}

FeedList demo_feeds(const demo::Server& server) {
  FeedList list;
  for (const std::string& url : server.feeds()) list.feeds.push_back({url, {}, {"demo"}});
  return list;
}

void write_file(const fs::path& file, std::string_view text) {
  std::ofstream stream{file};
  stream << text;
  stream.close();
  if (!stream) throw CommandError{1, file.string() + " could not be written in full"};
}

// Puts settings beside the demo's database, then the names that they name, so that other commands
// look for the same companies, and the next demo knows the folder whenever this one ends.
fs::path write_settings(const fs::path& folder) {
  const fs::path file = folder / "stakeout.toml";
  write_file(file, std::string{first_line} +
                       "\ndatabase = \"demo.db\"\n"
                       "watchlist = [\"watchlist.csv\"]\n");
  write_file(folder / "watchlist.csv", demo::watchlist());
  return file;
}

bool is_demo(const fs::path& settings) {
  std::ifstream stream{settings};
  std::string line;
  return std::getline(stream, line) && line == first_line;
}

// Makes the folder. Nothing in it may be anybody else's, since the demo writes over it: throws
// CommandError (1) that names a file unless the folder is new, empty or an earlier demo's.
void claim_folder(const fs::path& folder) {
  const auto refuse = [](const std::string& what) {
    throw CommandError{1, what + "; name a new folder with --dir"};
  };
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    refuse(folder.string() + " is no folder");
  fs::create_directories(folder, error);
  fs::directory_iterator files{folder, error};
  if (error) refuse(folder.string() + " cannot be made or read: " + error.message());
  const fs::path settings = folder / "stakeout.toml";
  if (files == fs::directory_iterator{} || is_demo(settings)) return;
  const fs::path& strange = fs::exists(settings, error) ? settings : files->path();
  refuse(strange.string() + " is not the demo's, which would write over what is here");
}

// The demo makes its database anew each time: nothing of an earlier one may show.
void remove_database(const fs::path& database) {
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(database.string() + suffix);
}

CrawlReport crawl_day(int day, const CrawlPlan& plan, demo::Server& server,
                      const Signals& signals) {
  server.set_day(day);
  const SystemClock clock{demo::time_of_day(day) - SystemClock{}.now()};
  HostMemory hosts;
  CrawlEngine engine{plan, clock, hosts, signals.stop_token()};
  return engine.crawl({true, {}});
}

// Returns the exit code.
int run_demo(const std::string& program, const fs::path& folder) {
  claim_folder(folder);
  Signals signals{1};
  demo::Server server;
  const fs::path settings = write_settings(folder);
  const CrawlPlan plan{demo_settings(folder, server.port()), demo_feeds(server),
                       read_watchlists({folder / "watchlist.csv"})};
  remove_database(plan.settings.database);

  int exit_code = 0;
  // What a feed has when it is first read is the past. On the evening before there is nothing yet.
  static_cast<void>(crawl_day(0, plan, server, signals));
  for (int day = 1; day <= days; ++day) {
    const CrawlReport report = crawl_day(day, plan, server, signals);
    std::cout << "Day " << day << " (" << to_rfc3339(demo::time_of_day(day)).substr(0, 10) << ")\n"
              << summary_of(report) << '\n';
    if (signals.stop_token().stop_requested()) throw CommandError{1, "stopped before the end"};
    exit_code = std::max(exit_code, exit_code_of(report));
  }
  Reader reader{plan.settings.database};
  const Digest digest = compose_digest(reader, {});
  std::cout << render_text(digest);
  const fs::path html = folder / "digest.html";
  write_file(html, render_html(digest));
  std::cout << "\nThe companies, people and events above are invented, and the links lead nowhere "
               "by now. "
               "The same digest as a page: "
            << html.string() << "\nLook further:\n";
  for (const char* command :
       {"changes", "search stop-work", "mentions --vendor Lanternfish",
        "query \"select vendor, agency, amount, status from v_contracts\"", "contracts"}) {
    std::cout << "  " << program << " --config " << settings.string() << ' ' << command << '\n';
  }
  return exit_code;
}

}  // namespace

void add_demo_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "demo", "A small news site on this machine, crawled over two simulated days, and its digest");
  const auto folder = std::make_shared<std::string>("stakeout-demo");
  command->add_option("--dir", *folder, "Where its database, settings, watchlist and page go")
      ->capture_default_str();
  command->callback(
      [&session, folder] { session.exit_code = run_demo(session.invoked_as, *folder); });
}

}  // namespace stakeout
