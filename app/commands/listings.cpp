#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/listing.h"
#include "app/commands/listing_tables.h"
#include "extractors/values/words.h"

// The listings that are one question to the Reader each.

namespace stakeout {
namespace {

void add_alerts(CLI::App& program, Session& session) {
  const auto past = std::make_shared<bool>(false);
  const auto kind = std::make_shared<std::string>();
  CLI::App& alerts = add_listing_command(
      program, session,
      {"alerts", "What was new or changed, raised once each", "when it was raised", true},
      [past, kind](Reader& reader, const Filter& filter) {
        Filter narrowed = filter;
        narrowed.past = *past;
        narrowed.kind = *kind;
        return reader.alerts(narrowed);
      },
      alerts_table);
  std::vector<std::string> kinds;
  for (const std::string_view word : words_for<AlertKind>) kinds.emplace_back(word);
  alerts.add_option("--kind", *kind, "Only alerts of this kind")
      ->check(CLI::IsMember(kinds, CLI::ignore_space, CLI::ignore_underscore));
  alerts.add_flag("--past", *past,
                  "Instead what makes no alert: what a feed had when it was first read, and texts "
                  "older than a name on the watchlist");
}

}  // namespace

void add_listing_commands(CLI::App& program, Session& session) {
  add_listing_command(
      program, session,
      {"mentions", "Where vendors and agencies are named, with the sentences",
       "when the article was published", true},
      [](Reader& reader, const Filter& filter) { return reader.mentions(filter); }, mentions_table);
  CLI::App& contracts = add_listing_command(
      program, session,
      {"contracts", "Who buys what from whom, for how much, in what state",
       "when it was signed (else when it starts, or was first told of), or when it changed", true},
      [](Reader& reader, const Filter& filter) { return reader.contracts(filter); },
      contracts_table);
  add_contract_corrections(contracts, session);
  add_listing_command(
      program, session,
      {"stories", "Each story once, with its number of copies",
       "when its first article was published", true},
      [](Reader& reader, const Filter& filter) { return reader.stories(filter); }, stories_table);
  add_listing_command(
      program, session,
      {"changes",
       "What changed in contracts and articles, before and after; articles that vanished",
       "when it changed", true},
      [](Reader& reader, const Filter& filter) { return reader.changes(filter); }, changes_table);
  add_alerts(program, session);
}

}  // namespace stakeout
