#include "app/import/import.h"

#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "alerts/value_words.h"
#include "app/commands/commands.h"
#include "app/commands/crawl_words.h"
#include "app/crawl/plan.h"
#include "app/crawl/system_clock.h"
#include "app/progress.h"
#include "app/session.h"
#include "app/signals.h"
#include "extractors/pages/quick_text.h"

namespace stakeout {
namespace {

// What the words of the command say.
struct ImportWords {
  std::shared_ptr<CrawlWords> settings = std::make_shared<CrawlWords>();
  std::vector<std::string> paths;
  bool all = false;
  bool alerts = false;
};

using Open = std::function<std::unique_ptr<PageSource>(const std::vector<std::string>& paths,
                                                       std::size_t longest, Positions left_at,
                                                       TellUnread tell)>;

std::string line_of(const ImportReport& report) {
  return counted(report.pages, "page") + ", " + counted(report.stored.articles, "article") + ", " +
         counted(report.stored.mentions, "mention") + ", " +
         counted(report.stored.claims, "contract claim") + "; " + report.last_place;
}

void say(const ImportReport& report, std::size_t unread) {
  std::cout << counted(report.pages, "page") << " looked at: " << report.unnamed
            << " without a name of the watchlist, " << report.no_articles << " without an article, "
            << report.known << " known already\n"
            << counted(report.stored.articles, "article")
            << " with a first or a new text: " << counted(report.stored.mentions, "mention") << ", "
            << counted(report.stored.claims, "contract claim") << ", "
            << counted(report.stored.new_contracts, "new contract") << '\n';
  if (report.alerts > 0) std::cout << counted(report.alerts, "alert") << '\n';
  if (unread > 0) {
    std::cout << counted(unread, "thing") << " could not be read, told above\n";
  }
}

Positions positions_of(Store& store) {
  Positions left_at;
  for (ImportPosition& position : store.import_positions())
    left_at.emplace(std::move(position.source), std::move(position.position));
  return left_at;
}

int run_import(const Session& session, const ImportWords& words, const Open& open) {
  const Settings settings = settings_for(session, *words.settings);
  const Watchlist watchlist = read_watchlists(settings.watchlist);
  const MentionFinder finder{watchlist};
  std::optional<AliasScan> scan;
  if (!words.all) scan.emplace(watchlist, inline_mark);
  const SystemClock clock;
  Signals signals{1};
  Store store{settings.database, signals.stop_token()};
  store.sync_entities(watchlist.entities(), clock.now());
  std::optional<PageArchive> archive;
  if (!settings.archive.empty()) archive.emplace(settings.archive, settings.fetch, store);

  std::size_t unread = 0;
  const auto longest = static_cast<std::size_t>(settings.fetch.max_body);
  const auto source =
      open(words.paths, longest, positions_of(store), [&unread](const std::string& sentence) {
        ++unread;
        spdlog::warn("{}", sentence);
      });
  Progress progress{session};
  ImportParts parts{store, {finder, scan ? &*scan : nullptr, longest}, clock};
  parts.archive = archive ? &*archive : nullptr;
  parts.raises_alerts = words.alerts;
  parts.progress = [&](const ImportReport& now) { progress.show(line_of(now)); };
  const ImportReport report = import_pages(*source, parts, signals.stop_token());
  progress.clear();
  store.checkpoint();
  say(report, unread + report.unread);
  if (signals.stop_token().stop_requested()) {
    throw CommandError{1, "stopped before the end; the same command goes on from there"};
  }
  constexpr int in_part = 3;
  return unread + report.unread == 0 ? 0 : in_part;
}

void add_kind(CLI::App& parent, Session& session, const std::string& name, const std::string& help,
              const Open& open) {
  CLI::App* command = parent.add_subcommand(name, help);
  const auto words = std::make_shared<ImportWords>();
  CLI::Option* paths = command->add_option(
      name == "warc" ? "FILE" : "DIR", words->paths,
      name == "warc" ? "WARC files, gzip or plain" : "The folder; those below it count, too");
  paths->required();
  if (name == "warc") {
    paths->check(CLI::ExistingFile);
  } else {
    paths->check(CLI::ExistingDirectory)->expected(1);
  }
  add_watchlist_option(*command, words->settings);
  command->add_flag("--all", words->all,
                    "Every article, not only those that name somebody on the watchlist");
  command->add_flag("--alerts", words->alerts, "Raise alerts of what is new, as a crawl does");
  command->callback(
      [&session, words, open] { session.exit_code = run_import(session, *words, open); });
}

}  // namespace

void add_import_commands(CLI::App& program, Session& session) {
  CLI::App* parent =
      program.add_subcommand("import", "Pages from archives, read as a crawl would have read them");
  parent->require_subcommand(1);
  add_kind(*parent, session, "warc", "The pages in WARC files of any crawler's",
           [](const std::vector<std::string>& paths, std::size_t longest, Positions left_at,
              TellUnread tell) {
             return warc_pages({paths.begin(), paths.end()}, longest, std::move(left_at),
                               std::move(tell));
           });
  add_kind(*parent, session, "pages", "The pages in a folder, such as wget makes",
           [](const std::vector<std::string>& paths, std::size_t longest, const Positions& left_at,
              TellUnread tell) {
             return folder_pages(paths.front(), longest, left_at, std::move(tell));
           });
  parent->footer(
      "An import that was stopped goes on where it was when the same command is given again.");
}

}  // namespace stakeout
