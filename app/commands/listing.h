#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/output.h"
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
  Filter filter;
  std::span<const std::string_view> states = words_for<Status>;  // what --status may name

  [[nodiscard]] OutputForm form() const {
    return json ? OutputForm::json : csv ? OutputForm::csv : OutputForm::table;
  }
  // The filter with min_amount read and its words checked. Throws CommandError (2).
  [[nodiscard]] Filter checked_filter() const;
};

// Adds --json and --csv.
void add_form_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options);

// Adds --vendor, --category, --agency, --since, --until, --min-amount, --currency, --status, --tag
// and --limit.
void add_filter_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options);

// Adds a command that prints one listing of the database, with filters and forms. `states` are the
// words of its --status; they outlive the program's parse.
using Listing = std::function<Table(Reader& reader, const Filter& filter)>;
void add_listing_command(CLI::App& program, Session& session, const std::string& name,
                         const std::string& help, const Listing& listing,
                         std::span<const std::string_view> states = words_for<Status>);

}  // namespace stakeout
