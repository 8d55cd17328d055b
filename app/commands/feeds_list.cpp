#include <iostream>
#include <limits>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "app/commands/feed_table.h"
#include "app/commands/feeds.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/feeds_now.h"
#include "app/commands/listing.h"
#include "app/crawl/system_clock.h"
#include "app/feed_list_file.h"
#include "app/logging.h"
#include "app/output.h"
#include "app/session.h"

namespace stakeout {
namespace {

// The states of v_feeds.
constexpr std::string_view feed_states[] = {"new", "ok", "failing", "gone"};

// What SQLite takes for a limit that is none.
constexpr auto most_feeds = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());

struct ListWords {
  std::shared_ptr<FeedListWords> list = std::make_shared<FeedListWords>();
  std::shared_ptr<ListingOptions> form = std::make_shared<ListingOptions>();
  bool all = false;
};

// The feeds by the list and by the database, as far as there are such files; neither is changed.
Table read_feeds(const Session& session, const ListWords& words, const Filter& filter) {
  const std::filesystem::path file = words.list->list(session);
  const std::filesystem::path database = session.database();
  const bool has_list = std::filesystem::exists(file);
  const bool has_database = std::filesystem::exists(database);
  if (!has_list && !has_database) {
    throw CommandError{1, "there is no feed list " + file.string() + " and no database " +
                              database.string() +
                              " yet; begin with: stakeout feeds add URL (or name them with --feeds "
                              "FILE and --db FILE)"};
  }
  if (!has_list) {
    spdlog::warn("there is no feed list {}; these are the feeds of the last crawl", file.string());
    return Reader{database}.feeds(filter);
  }
  Filter every;
  every.limit = most_feeds;
  Table known = has_database ? Reader{database}.feeds(every) : no_feeds();
  return feeds_now(std::move(known), read_feed_list(file), filter.status, filter.tag);
}

void say_what_is_missing(const Table& shown, std::size_t removed) {
  if (removed > 0) {
    print_note(std::to_string(removed) +
               " more that the feed list no longer has: see them with --all");
  } else if (shown.rows.empty()) {
    print_note("nothing matches");
  }
}

void run_list(const Session& session, const ListWords& words) {
  Filter filter = words.form->checked_filter();
  filter.limit = words.form->limit.value_or(most_feeds);  // a table, too, has every feed
  Table table = read_feeds(session, words, filter);
  const OutputForm form = words.form->form();
  const bool hides = form == OutputForm::table && !words.all;
  const std::size_t removed = hides ? remove_unlisted(table) : 0;
  if (table.rows.size() > filter.limit) table.rows.resize(filter.limit);
  if (form == OutputForm::table) {
    print_feed_table(std::cout, table, SystemClock{}.now(), terminal_width(),
                     session.is_colored(STDOUT_FILENO));
  } else {
    print_table(std::cout, table, form);
  }
  if (!session.quiet) say_what_is_missing(table, removed);
}

}  // namespace

void add_feeds_list(CLI::App& feeds, Session& session) {
  CLI::App* command = feeds.add_subcommand(
      "list", "Every feed and how it is, what needs attention first; all columns with --json");
  const auto words = std::make_shared<ListWords>();
  words->form->states = feed_states;
  add_list_option(*command, words->list);
  command->add_flag("--all", words->all,
                    "Feeds that the list no longer has, too (--json and --csv always have them)");
  add_form_options(*command, words->form);
  add_feed_filter_options(*command, words->form);
  command->callback([&session, words] { run_list(session, *words); });
}

}  // namespace stakeout
