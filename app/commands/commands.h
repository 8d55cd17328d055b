#pragma once

namespace CLI {
class App;
}

namespace stakeout {

struct Session;

// Each adds one command (or a group of them) to the program. The session outlives the program's
// parse and is filled by it before the command's callback runs. One source file each.

void add_config_commands(CLI::App& program, Session& session);
void add_contract_corrections(CLI::App& contracts, Session& session);  // merge, split
void add_crawl_command(CLI::App& program, Session& session);
void add_db_commands(CLI::App& program, Session& session);
void add_demo_command(CLI::App& program, Session& session);
void add_digest_command(CLI::App& program, Session& session);
void add_doctor_command(CLI::App& program, Session& session);
void add_export_commands(CLI::App& program, Session& session);
void add_feeds_commands(CLI::App& program, Session& session);
void add_import_commands(CLI::App& program, Session& session);
void add_listing_commands(CLI::App& program,
                          Session& session);  // mentions, contracts, stories, changes, alerts
void add_query_command(CLI::App& program, Session& session);
void add_reference_commands(CLI::App& program);  // completion
void add_reject_commands(CLI::App& program, Session& session);
void add_reprocess_command(CLI::App& program, Session& session);
void add_run_command(CLI::App& program, Session& session);
void add_search_command(CLI::App& program, Session& session);
void add_show_commands(CLI::App& program, Session& session);
void add_verify_command(CLI::App& program, Session& session);
void add_watchlist_commands(CLI::App& program, Session& session);

}  // namespace stakeout
