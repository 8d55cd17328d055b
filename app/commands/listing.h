#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/output.h"
#include "extractors/facts/watchlist.h"
#include "extractors/values/words.h"
#include "storage/reader.h"

namespace CLI {
class App;
}

namespace stakeout {

struct ListingTable;
struct Session;

// What the options of a listing said.
struct ListingOptions {
  bool json = false;
  bool csv = false;
  std::string min_amount;
  std::optional<std::size_t> limit;
  Filter filter;
  std::span<const std::string_view> states = words_for<Status>;  // what --status may name

  [[nodiscard]] OutputForm form() const {
    return json ? OutputForm::json : csv ? OutputForm::csv : OutputForm::table;
  }
  // The filter with min_amount read and its words checked, but for the category. Without --limit a
  // table has the first hundred rows (and one more is asked for, which print_listing() tells of),
  // JSON and CSV all. Throws CommandError (2).
  [[nodiscard]] Filter checked_filter() const;
};

// Adds --json and --csv.
void add_form_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options);

// Adds --limit.
void add_limit_option(CLI::App& command, const std::shared_ptr<ListingOptions>& options);

// Throws CommandError (2) for a category that neither the program nor the watchlist nor, where
// there is a `reader`, the database knows; it names the nearest one and all of them. Empty is none.
void check_category(const std::string& category, const Watchlist& watchlist, Reader* reader);

// Puts the canonical names in the place of the aliases that a filter gives, and checks its
// category. Says in a warning when nobody has a name or a tag that it gives, with the nearest one.
// Throws CommandError (2).
void resolve_names(Filter& filter, const Session& session, Reader& reader);

// Adds --vendor, --agency, --category, --since, --until, --tag and --limit. `dates` says which days
// --since and --until go by.
void add_filter_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options,
                        const std::string& dates);

// Adds --min-amount, --currency and --status.
void add_contract_filter_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options);

// Adds --status, --tag and --limit, as feeds have them.
void add_feed_filter_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options);

// Says on stderr which columns a table for the terminal had no room for.
void tell_missing(const std::vector<std::string>& columns);

// Prints the rows of a listing in the form that was asked for; a table has its `shape`, where there
// is one. Says on stderr, unless that is to be quiet, when there are none, or more than are shown.
void print_listing(Table table, const ListingOptions& options, const Session& session,
                   const ListingTable* shape = nullptr);

// What a listing is asked for in the help, and which filters it takes.
struct ListingHelp {
  std::string name;
  std::string help;
  std::string dates;           // as for add_filter_options()
  bool has_contracts = false;  // takes the filters of contracts
};

// Adds a command that prints one listing of the database, with filters and forms, unless one of its
// own commands is given. `shape` outlives the program's parse.
using Listing = std::function<Table(Reader& reader, const Filter& filter)>;
CLI::App& add_listing_command(CLI::App& program, Session& session, const ListingHelp& help,
                              const Listing& listing, const ListingTable& shape);

}  // namespace stakeout
