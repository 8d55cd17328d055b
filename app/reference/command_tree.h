#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace stakeout {

// An option or a word of a command, as its --help has it.
struct CommandWord {
  std::vector<std::string> names;    // "-v", "--verbose"; of a word its name only, "FILE"
  std::string value;                 // what it takes, "FILE"; empty: nothing
  std::vector<std::string> choices;  // the values there are; empty: any
  std::string description;
};

// A command with all that it takes.
struct CommandNode {
  std::string path;  // "stakeout feeds add"
  std::string name;  // "add"
  std::string description;
  std::string examples;            // the lines below its own --help; empty: none
  std::vector<CommandWord> words;  // that are no options, in their order
  std::vector<CommandWord> options;
  std::vector<CommandNode> commands;  // below it
};

// The commands of a program and what they take, as CLI11 knows them; hidden ones are left out.
[[nodiscard]] CommandNode command_tree(const CLI::App& program);

// Scripts that complete commands, options and their values in a shell; to be read by it once it
// starts ("source <(stakeout completion bash)").
[[nodiscard]] std::string bash_completion(const CommandNode& program);
[[nodiscard]] std::string zsh_completion(const CommandNode& program);
[[nodiscard]] std::string fish_completion(const CommandNode& program);

// All commands with their options and examples, as the section of a manual page, in Markdown.
[[nodiscard]] std::string commands_in_markdown(const CommandNode& program);

}  // namespace stakeout
