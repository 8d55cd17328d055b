#include <functional>
#include <iostream>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/reference/command_tree.h"

namespace stakeout {

void add_reference_commands(CLI::App& program) {
  CLI::App* completion = program.add_subcommand(
      "completion", "A script that completes commands and options in your shell");
  completion->require_subcommand(1);
  const auto add = [&program](CLI::App& group, const std::string& name,
                              const std::string& description,
                              std::string (*script)(const CommandNode&)) {
    CLI::App* const command = group.add_subcommand(name, description);
    command->callback([&program, script] { std::cout << script(command_tree(program)); });
    return command;
  };
  add(*completion, "bash", "For bash", bash_completion);
  add(*completion, "zsh", "For zsh", zsh_completion);
  add(*completion, "fish", "For fish", fish_completion);
  // Of use for the manual page only, so --help does not show it.
  add(program, "commands-in-markdown", "", commands_in_markdown)->group("");
}

}  // namespace stakeout
