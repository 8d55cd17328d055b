#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/feeds.h"
#include "app/crawl/system_clock.h"
#include "app/feed_list_export.h"
#include "app/feed_list_file.h"
#include "app/output.h"
#include "app/session.h"
#include "storage/reader.h"

namespace stakeout {
namespace {

struct ExportWords {
  std::shared_ptr<FeedListWords> list = std::make_shared<FeedListWords>();
  std::string format = "opml";
};

// Empty when there is no database yet.
FeedTitles known_titles(const Session& session) {
  FeedTitles titles;
  const std::filesystem::path database = session.database();
  if (!std::filesystem::exists(database)) return titles;
  Reader reader{database};
  for (const auto& row :
       reader.rows("SELECT url, title FROM v_feeds WHERE title IS NOT NULL").rows) {
    titles.emplace(cell_text(row.at(0)), cell_text(row.at(1)));
  }
  return titles;
}

void run_export(const Session& session, const ExportWords& words) {
  const FeedList list = read_feed_list(words.list->list(session));
  if (words.format == "urls") {
    std::cout << as_urls(list);
  } else {
    std::cout << as_opml(list, known_titles(session), SystemClock{}.now());
  }
}

}  // namespace

void add_feeds_export(CLI::App& feeds, Session& session) {
  CLI::App* command = feeds.add_subcommand("export", "Prints the feed list for other programs");
  const auto words = std::make_shared<ExportWords>();
  command->add_option("--format", words->format, "opml, or urls (newsboat's)")
      ->check(CLI::IsMember({"opml", "urls"}))
      ->capture_default_str();
  add_list_option(*command, words->list);
  command->callback([&session, words] { run_export(session, *words); });
}

}  // namespace stakeout
