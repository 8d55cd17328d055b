#include "app/commands/watchlist.h"

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"

namespace stakeout {

void add_watchlist_commands(CLI::App& program, Session& session) {
  CLI::App* watchlist = program.add_subcommand(
      "watchlist", "The vendors and agencies that are looked for, and what more there could be");
  watchlist->require_subcommand(1);
  watchlist->footer(
      "A list of your own is a CSV file: "
      "kind,name,category,aliases,country,parent,context,wikidata\n"
      "  vendor,Example Analytics,analytics,Example|ExAn,us,,police|contract,\n"
      "Name it in the settings, watchlist = [\"my-names.csv\"], or with --watchlist FILE.\n\n"
      "  stakeout watchlist list --category spyware\n"
      "  stakeout watchlist check my-names.csv\n"
      "  stakeout watchlist suggest              # names to add, each as a line to paste\n"
      "  stakeout watchlist try Circles --context 'spyware|phones'\n"
      "  stakeout reprocess                      # after an edit: reads the stored texts again");
  add_watchlist_list(*watchlist, session);
  add_watchlist_check(*watchlist, session);
  add_watchlist_suggest(*watchlist, session);
  add_watchlist_try(*watchlist, session);
}

}  // namespace stakeout
