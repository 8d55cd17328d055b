#include "app/commands/listing.h"

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <limits>
#include <set>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "app/commands/commands.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/listing_tables.h"
#include "app/commands/unknown_names.h"
#include "app/crawl/plan.h"
#include "app/logging.h"
#include "app/session.h"
#include "app/watchlist_check.h"
#include "extractors/facts/categories.h"
#include "extractors/text/unicode.h"
#include "extractors/values/partial_date.h"

namespace stakeout {
namespace {

// Rows of a table when nobody says how many.
constexpr std::size_t usual_rows = 100;

void check_time(const std::string& option, const std::string& value) {
  if (value.empty() || parse_partial_date(value) || parse_rfc3339(value)) return;
  throw CommandError{2, option + ": '" + value +
                            "' is no date such as 2024, 2024-09, 2024-09-27 or "
                            "2024-09-27T13:05:00Z"};
}

void check_state(const std::string& state, std::span<const std::string_view> states) {
  if (state.empty() || std::ranges::find(states, state) != states.end()) return;
  std::string known;
  for (const std::string_view word : states)
    known += (known.empty() ? "" : ", ") + std::string{word};
  throw CommandError{2, "--status: '" + state + "' is no state; the known ones are " + known};
}

}  // namespace

Filter ListingOptions::checked_filter() const {
  Filter checked = filter;
  checked.limit = limit                         ? *limit
                  : form() == OutputForm::table ? usual_rows + 1
                                                : std::numeric_limits<std::int64_t>::max();
  check_time("--since", filter.since);
  check_time("--until", filter.until);
  std::ranges::replace(checked.status, ' ', '_');  // as the tables have it
  check_state(checked.status, states);
  for (char& letter : checked.currency)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  if (!checked.currency.empty() && !Currency::make(checked.currency)) {
    throw CommandError{2, "--currency: '" + filter.currency + "' is no currency code such as USD"};
  }
  if (!min_amount.empty()) {
    const auto amount = parse_amount(min_amount);
    if (!amount) throw CommandError{2, "--min-amount: " + amount.error().message};
    checked.min_amount = *amount;
  }
  return checked;
}

void resolve_names(Filter& filter, const Session& session, Reader& reader) {
  tell_unknown_tag(filter.tag, reader);
  if (filter.vendor.empty() && filter.agency.empty() && filter.category.empty()) return;
  const Watchlist watchlist = read_watchlists(session.settings().watchlist);
  filter.vendor = canonical_name(watchlist, EntityKind::vendor, filter.vendor);
  filter.agency = canonical_name(watchlist, EntityKind::agency, filter.agency);
  tell_unknown_name(filter.vendor, EntityKind::vendor, watchlist, reader);
  tell_unknown_name(filter.agency, EntityKind::agency, watchlist, reader);
  filter.category = fold_case(filter.category);
  check_category(filter.category, watchlist, &reader);
}

void add_form_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options) {
  CLI::Option* json = command.add_flag("--json", options->json, "One JSON object a line");
  command.add_flag("--csv", options->csv, "CSV with a header line")->excludes(json);
}

void add_filter_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options,
                        const std::string& dates) {
  Filter& filter = options->filter;
  command.add_option("--vendor", filter.vendor, "Only this vendor, by its name or an alias");
  command.add_option("--agency", filter.agency, "Only this agency and the bodies below it");
  command.add_option("--category", filter.category, "Only vendors and agencies of this category");
  command.add_option("--since", filter.since, "Not before this date or instant: " + dates);
  command.add_option("--until", filter.until, "Not after this date or instant, the same");
  command.add_option("--tag", filter.tag, "Only what came through feeds with this tag");
  add_limit_option(command, options);
}

void add_contract_filter_options(CLI::App& command,
                                 const std::shared_ptr<ListingOptions>& options) {
  command.add_option("--min-amount", options->min_amount,
                     "Only amounts from this on: 2000000, 2,000,000, 2M");
  command.add_option("--currency", options->filter.currency,
                     "Only amounts in this currency; USD with --min-amount when nothing is said");
  command.add_option("--status", options->filter.status, "Only contracts in this state");
}

void add_feed_filter_options(CLI::App& command, const std::shared_ptr<ListingOptions>& options) {
  command.add_option("--status", options->filter.status, "Only feeds in this state");
  command.add_option("--tag", options->filter.tag, "Only feeds with this tag");
  add_limit_option(command, options);
}

void add_limit_option(CLI::App& command, const std::shared_ptr<ListingOptions>& options) {
  command
      .add_option("--limit", options->limit,
                  "At most so many rows; else a table has 100, JSON and CSV have all")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
}

void check_category(const std::string& category, const Watchlist& watchlist, Reader* reader) {
  if (category.empty()) return;
  std::set<std::string> known;
  for (const Category& each : known_categories()) known.emplace(each.word);
  for (const Entity& entity : watchlist.entities()) known.insert(entity.category);
  if (reader != nullptr) {
    for (const auto& row : reader->rows("SELECT DISTINCT category FROM entities").rows) {
      known.insert(cell_text(row.front()));
    }
  }
  known.erase("");
  if (known.contains(category)) return;
  const std::vector<std::string> words{known.begin(), known.end()};
  const std::string near = nearest_word(words, category);
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  throw CommandError{2, "--category: '" + category + "' is no category" +
                            (near.empty() ? "" : "; did you mean " + near + "?") +
                            (near.empty() ? "; the" : " The") + " known ones are " + list};
}

void tell_missing(const std::vector<std::string>& columns) {
  if (columns.empty()) return;
  std::string names;
  for (const std::string& name : columns) names += (names.empty() ? "" : ", ") + name;
  print_note("not shown, for want of room: " + names + "; --json and --csv have all");
}

void print_listing(Table table, const ListingOptions& options, const Session& session,
                   const ListingTable* shape) {
  const bool is_cut =
      !options.limit && options.form() == OutputForm::table && table.rows.size() > usual_rows;
  if (is_cut) table.rows.resize(usual_rows);
  const bool is_shaped = shape != nullptr && options.form() == OutputForm::table;
  const bool is_colored = session.is_colored(STDOUT_FILENO);
  const auto missing =
      is_shaped ? print_wrapped_table(std::cout, shown_table(table, *shape), room_of(*shape),
                                      terminal_width(), is_colored)
                : print_table(std::cout, table, options.form(), terminal_width(), is_colored);
  if (session.quiet) return;
  tell_missing(missing);
  if (table.rows.empty()) print_note("nothing matches");
  if (is_cut) print_note("these are the first 100; --limit N shows more, --csv and --json all");
}

CLI::App& add_listing_command(CLI::App& program, Session& session, const ListingHelp& help,
                              const Listing& listing, const ListingTable& shape) {
  CLI::App* command = program.add_subcommand(help.name, help.help);
  const auto options = std::make_shared<ListingOptions>();
  add_form_options(*command, options);
  add_filter_options(*command, options, help.dates);
  if (help.has_contracts) add_contract_filter_options(*command, options);
  command->callback([&session, &shape, command, options, listing] {
    if (!command->get_subcommands().empty()) return;
    Filter filter = options->checked_filter();
    Reader reader{session.existing_database()};
    resolve_names(filter, session, reader);
    print_listing(listing(reader, filter), *options, session, &shape);
  });
  return *command;
}

}  // namespace stakeout
