#include "app/reference/command_tree.h"

#include <algorithm>
#include <string_view>

#include <CLI/CLI.hpp>

namespace stakeout {
namespace {

// CLI11 keeps the values that an option may have only in the text that --help prints of its type:
// "TEXT:{text,html}".
std::vector<std::string> choices_of(std::string_view type) {
  std::vector<std::string> choices;
  const std::size_t open = type.find('{');
  if (open == std::string_view::npos || !type.ends_with('}')) return choices;
  type = type.substr(open + 1, type.size() - open - 2);
  while (!type.empty()) {
    const std::size_t comma = std::min(type.find(','), type.size());
    choices.emplace_back(type.substr(0, comma));
    type.remove_prefix(std::min(comma + 1, type.size()));
  }
  return choices;
}

// "FILE" of "FILE" and "TEXT" of "TEXT:{text,html}".
std::string value_name(const std::string& type) {
  return type.substr(0, type.find(':'));
}

CommandWord word_of(const CLI::Option& option) {
  CommandWord word;
  for (const std::string& name : option.get_snames()) word.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) word.names.push_back("--" + name);
  if (word.names.empty()) word.names.push_back(option.get_name(true));
  if (option.get_items_expected_max() > 0) {
    const std::string type = option.get_type_name();
    word.value = value_name(type);
    word.choices = choices_of(type);
  }
  word.description = option.get_description();
  return word;
}

CommandNode node_of(const CLI::App& command, const std::string& path) {
  CommandNode node;
  node.path = path;
  node.name = command.get_name();
  node.description = command.get_description();
  node.examples = command.get_footer();
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    (option->get_positional() ? node.words : node.options).push_back(word_of(*option));
  }
  for (const CLI::App* below : command.get_subcommands({})) {
    if (below->get_group().empty()) continue;
    node.commands.push_back(node_of(*below, path + " " + below->get_name()));
  }
  return node;
}

}  // namespace

CommandNode command_tree(const CLI::App& program) {
  return node_of(program, program.get_name());
}

}  // namespace stakeout
