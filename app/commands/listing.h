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
// category. Throws CommandError (2).
void resolve_names(Filter& filter, const Session& session, Reader& reader);

// Adds --vendor, --category, --agency, --since, --until, --min-amount, --currency, --status, --tag
// and --limit.
void add_filter_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options);

// Says on stderr which columns a table for the terminal had no room for.
void tell_missing(const std::vector<std::string>& columns);

// Prints the rows of a listing in the form that was asked for. Says on stderr, unless `quiet`, when
// there are none, or more than are shown.
void print_listing(Table table, const ListingOptions& options, bool quiet);

// Adds a command that prints one listing of the database, with filters and forms, unless one of its
// own commands is given. `states` are the words of its --status; they outlive the program's parse.
using Listing = std::function<Table(Reader& reader, const Filter& filter)>;
CLI::App& add_listing_command(CLI::App& program, Session& session, const std::string& name,
                              const std::string& help, const Listing& listing,
                              std::span<const std::string_view> states = words_for<Status>);

}  // namespace stakeout
