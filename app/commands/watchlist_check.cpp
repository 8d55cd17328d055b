#include "app/watchlist_check.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "alerts/plain_words.h"
#include "app/commands/listing.h"
#include "app/commands/watchlist.h"
#include "app/logging.h"
#include "app/output.h"
#include "app/reprocess_hint.h"
#include "app/session.h"
#include "extractors/facts/categories.h"

namespace stakeout {
namespace {

struct CheckWords {
  std::shared_ptr<ListingOptions> form = std::make_shared<ListingOptions>();
  std::vector<std::string> files;
  bool shipped = false;
};

// The lists that are checked, after the shipped one that they add to.
std::vector<NamedWatchlist> read_lists(const Session& session, const CheckWords& words) {
  std::vector<std::filesystem::path> files{words.files.begin(), words.files.end()};
  if (files.empty()) files = session.settings().watchlist;
  std::vector<NamedWatchlist> lists{{"shipped watchlist", shipped_watchlist_file(), words.shipped}};
  for (const auto& file : files) {
    lists.push_back({file.string(),
                     parse_watchlist(read_text_file(file, "the watchlist"), file.string()), true});
  }
  return lists;
}

Table as_table(const std::vector<WatchlistFinding>& findings) {
  Table table;
  table.columns = {"file", "line", "severity", "name", "what", "advice"};
  for (const WatchlistFinding& each : findings) {
    table.rows.push_back({each.file, static_cast<std::int64_t>(each.line),
                          std::string{each.is_error ? "error" : "warning"},
                          each.name.empty() ? Cell{} : Cell{each.name}, each.what, each.advice});
  }
  return table;
}

// "my.csv:4: error: Acme: is listed already in line 2"
void print_findings(std::ostream& out, const std::vector<WatchlistFinding>& findings,
                    bool is_colored) {
  for (const WatchlistFinding& each : findings) {
    out << plain_words(each.file) << ':' << each.line << ": "
        << (each.is_error ? painted("error:", Paint::red, is_colored)
                          : painted("warning:", Paint::yellow, is_colored))
        << ' ' << plain_words(each.name.empty() ? each.what : each.name + ": " + each.what)
        << "\n    what to do: " << plain_words(each.advice) << '\n';
  }
}

// "2,730 names"
std::string counted(std::size_t number, const std::string& noun) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits + " " + noun + (number == 1 ? "" : "s");
}

std::size_t count_errors(const std::vector<WatchlistFinding>& findings) {
  return static_cast<std::size_t>(std::ranges::count(findings, true, &WatchlistFinding::is_error));
}

// "shipped watchlist: 2,730 names, 0 errors", for somebody who cannot edit it.
void tell_of_shipped(const NamedWatchlist& list) {
  const std::size_t errors = count_errors(check_watchlists({{list.name, list.file, true}}));
  print_note(list.name + ": " + counted(list.file.lines.size(), "name") + ", " +
             counted(errors, "error"));
}

// What a crawl would say of the stored articles.
void tell_of_stored(const Session& session, const std::vector<NamedWatchlist>& lists) {
  Watchlist watchlist = shipped_watchlist();
  for (const NamedWatchlist& list : lists) watchlist.merge(list.file.entities);
  const std::filesystem::path database = session.database_file.empty()
                                             ? session.settings_reading().settings.database
                                             : std::filesystem::path{session.database_file};
  const std::string hint = reprocess_hint(database, watchlist);
  if (!hint.empty()) print_note(hint);
}

void run_check(Session& session, const CheckWords& words) {
  const std::vector<NamedWatchlist> lists = read_lists(session, words);
  const std::vector<WatchlistFinding> findings = check_watchlists(lists);
  if (words.form->form() == OutputForm::table) {
    print_findings(std::cout, findings, session.is_colored(STDOUT_FILENO));
  } else {
    print_table(std::cout, as_table(findings), words.form->form());
  }
  std::size_t checked = 0;
  for (const NamedWatchlist& list : lists) checked += list.is_checked ? list.file.lines.size() : 0;
  const std::size_t errors = count_errors(findings);
  if (errors > 0) session.exit_code = 1;
  if (session.quiet) return;
  if (words.files.empty() && !words.shipped) tell_of_shipped(lists.front());
  if (std::ranges::none_of(lists, &NamedWatchlist::is_checked)) {
    print_note("the settings name no list of your own; `stakeout watchlist check FILE` checks one");
    return;
  }
  print_note(counted(checked, "line") + " of names: " + counted(errors, "error") + ", " +
             counted(findings.size() - errors, "warning"));
  tell_of_stored(session, lists);
}

std::string categories_help() {
  std::string help = "Categories:";
  for (const Category& each : known_categories()) {
    help += "\n  " + std::string{each.word} +
            std::string(each.word.size() < 14 ? 14 - each.word.size() : 1, ' ') +
            std::string{each.meaning};
  }
  return help +
         "\n\nIt ends with 1 when there is an error, with 0 when there are warnings at most.\n\n"
         "  stakeout watchlist check my-names.csv";
}

}  // namespace

void add_watchlist_check(CLI::App& watchlist, Session& session) {
  CLI::App* command = watchlist.add_subcommand(
      "check", "What is wrong with watchlists, by file and line, and what to do about it");
  const auto words = std::make_shared<CheckWords>();
  command->add_option("FILE", words->files, "Watchlists; without any, those of the settings");
  command->add_flag("--shipped", words->shipped,
                    "What is wrong with the list that comes with the program, too");
  add_form_options(*command, words->form);
  command->footer(categories_help());
  command->callback([&session, words] { run_check(session, *words); });
}

}  // namespace stakeout
