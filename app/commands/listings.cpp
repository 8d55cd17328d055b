#include "app/commands/commands.h"
#include "app/commands/listing.h"

// The listings that are one question to the Reader each.

namespace stakeout {

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
  add_listing_command(program, session, "alerts", "What was new or changed, raised once each",
                      [](Reader& reader, const Filter& filter) { return reader.alerts(filter); });
}

}  // namespace stakeout
