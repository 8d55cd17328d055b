#include <memory>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/listing.h"
#include "extractors/values/words.h"

// The listings that are one question to the Reader each.

namespace stakeout {
namespace {

void add_alerts(CLI::App& program, Session& session) {
  const auto past = std::make_shared<bool>(false);
  const auto kind = std::make_shared<std::string>();
  CLI::App& alerts =
      add_listing_command(program, session, "alerts", "What was new or changed, raised once each",
                          [past, kind](Reader& reader, const Filter& filter) {
                            Filter narrowed = filter;
                            narrowed.past = *past;
                            narrowed.kind = *kind;
                            return reader.alerts(narrowed);
                          });
  std::vector<std::string> kinds;
  for (const std::string_view word : words_for<AlertKind>) kinds.emplace_back(word);
  alerts.add_option("--kind", *kind, "Only alerts of this kind")->check(CLI::IsMember(kinds));
  alerts.add_flag("--past", *past,
                  "Instead what makes no alert: what a feed had when it was first read, and texts "
                  "older than a name on the watchlist");
}

}  // namespace

void add_listing_commands(CLI::App& program, Session& session) {
  add_listing_command(program, session, "mentions",
                      "Where vendors and agencies are named, with the sentences",
                      [](Reader& reader, const Filter& filter) { return reader.mentions(filter); });
  CLI::App& contracts = add_listing_command(
      program, session, "contracts", "Who buys what from whom, for how much, in what state",
      [](Reader& reader, const Filter& filter) { return reader.contracts(filter); });
  add_contract_corrections(contracts, session);
  add_listing_command(program, session, "stories", "Each story once, with its number of copies",
                      [](Reader& reader, const Filter& filter) { return reader.stories(filter); });
  add_listing_command(program, session, "changes",
                      "What changed in contracts and articles, before and after",
                      [](Reader& reader, const Filter& filter) { return reader.changes(filter); });
  add_alerts(program, session);
}

}  // namespace stakeout
