// `stakeout contracts merge` and `stakeout contracts split`.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "alerts/amount_words.h"
#include "alerts/plain_words.h"
#include "app/commands/commands.h"
#include "app/commands/merged_contract.h"
#include "app/crawl/system_clock.h"
#include "app/output.h"
#include "app/session.h"
#include "storage/store.h"

namespace stakeout {
namespace {

struct PairWords {
  std::int64_t contract = 0;
  std::int64_t other = 0;  // a contract, or a claim
};

// A row of v_contracts: id, vendor, agency. Throws CommandError (1) when there is none.
std::vector<Cell> contract_row(Reader& reader, std::int64_t id) {
  Table table = reader.rows(
      "SELECT id, coalesce(vendor, 'unnamed vendor'), coalesce(agency, 'unnamed agency'), "
      "vendor_id "
      "FROM v_contracts WHERE id = ?1",
      {id});
  if (table.rows.empty()) {
    const std::string merged = hint_of_merge(reader, id);
    throw CommandError{1, "there is no contract " + std::to_string(id) +
                              (merged.empty() ? "; `stakeout contracts` prints the ids" : merged)};
  }
  return table.rows.front();
}

void say_contracts(Reader& reader, const std::vector<std::int64_t>& ids) {
  for (const std::int64_t id : ids) {
    const Table table = reader.rows(
        "SELECT coalesce(vendor, 'unnamed vendor') || ' / ' || coalesce(agency, 'unnamed agency'), "
        "amount, amount_max, currency, qualifier, claims FROM v_contracts WHERE id = ?1",
        {id});
    for (const auto& row : table.rows) {
      const std::string sum = amount_words(row[1], row[2], row[3], row[4]);
      const std::string claims = cell_text(row[5]);
      std::cout << "contract " << id << ": " << plain_words(cell_text(row[0]))
                << (sum.empty() ? "" : ", " + sum) << ", " << claims
                << (claims == "1" ? " claim\n" : " claims\n");
    }
  }
}

void run_merge(const Session& session, const PairWords& words) {
  const std::filesystem::path database = session.existing_database();
  Reader reader{database};
  const auto keep = contract_row(reader, words.contract);
  const auto other = contract_row(reader, words.other);
  if (words.contract == words.other) throw CommandError{2, "that is the same contract twice"};
  Store store{database};
  if (!store.merge_contracts(words.contract, words.other, SystemClock{}.now())) {
    throw CommandError{
        1, "contract " + std::to_string(words.contract) + " is of " + cell_text(keep[1]) +
               ", and contract " + std::to_string(words.other) + " of " + cell_text(other[1]) +
               ": make one name an alias of the other in your watchlist, then run: stakeout "
               "reprocess"};
  }
  say_contracts(reader, {words.contract});
}

void run_split(const Session& session, const PairWords& words) {
  const std::filesystem::path database = session.existing_database();
  Reader reader{database};
  contract_row(reader, words.contract);
  const Table claims =
      reader.rows("SELECT id FROM v_claims WHERE contract_id = ?1 ORDER BY id", {words.contract});
  std::string ids;
  bool has_claim = false;
  for (const auto& row : claims.rows) {
    ids += (ids.empty() ? "" : ", ") + cell_text(row.front());
    has_claim = has_claim || row.front() == Cell{words.other};
  }
  if (!has_claim) {
    throw CommandError{1, "contract " + std::to_string(words.contract) + " has no claim " +
                              std::to_string(words.other) + "; its claims are " + ids};
  }
  Store store{database};
  if (!store.split_claim(words.other, SystemClock{}.now())) {
    throw CommandError{1, "contract " + std::to_string(words.contract) +
                              " has no other claim than this one and its copies; if it is wrong, "
                              "reject it: stakeout reject claim " +
                              std::to_string(words.other) + " --why TEXT"};
  }
  std::vector<std::int64_t> now{words.contract};
  for (const auto& row :
       reader.rows("SELECT contract_id FROM v_claims WHERE id = ?1", {words.other}).rows) {
    if (const auto* id = std::get_if<std::int64_t>(&row.front())) now.push_back(*id);
  }
  say_contracts(reader, now);
}

}  // namespace

void add_contract_corrections(CLI::App& contracts, Session& session) {
  contracts.footer(
      "What is merged or split stays so, whatever is crawled or read again later. To undo a "
      "merge, split off each claim of the other contract: the first goes on under its old number, "
      "the others join it, and what was told of it is known of it again.");
  const auto pair = std::make_shared<PairWords>();
  CLI::App* merge = contracts.add_subcommand("merge", "Says that two contracts are one deal");
  merge->add_option("ID", pair->contract, "The contract that goes on")->required();
  merge->add_option("OTHER", pair->other, "The contract that goes into it")->required();
  merge->callback([&session, pair] { run_merge(session, *pair); });

  CLI::App* split =
      contracts.add_subcommand("split", "Says that a claim is not of its contract's deal");
  split->add_option("ID", pair->contract, "The contract")->required();
  split->add_option("--claim", pair->other, "The claim, as show contract prints it")->required();
  split->callback([&session, pair] { run_split(session, *pair); });
}

}  // namespace stakeout
