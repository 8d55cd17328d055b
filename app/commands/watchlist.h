#pragma once

namespace CLI {
class App;
}

// The commands of `stakeout watchlist`, each in its own source file.

namespace stakeout {

struct Session;

void add_watchlist_check(CLI::App& watchlist, Session& session);
void add_watchlist_list(CLI::App& watchlist, Session& session);
void add_watchlist_suggest(CLI::App& watchlist, Session& session);
void add_watchlist_try(CLI::App& watchlist, Session& session);

}  // namespace stakeout
