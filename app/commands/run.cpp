#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/service/service.h"

namespace stakeout {

void add_run_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "run", "The service: crawls on schedule; SIGHUP reads the settings again, SIGTERM stops");
  command->callback([&session] { Service{session}.run(); });
}

}  // namespace stakeout
