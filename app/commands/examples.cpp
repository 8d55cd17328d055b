#include "app/commands/examples.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace stakeout::app_data {
std::string_view command_examples();  // examples.tsv, compiled in
}

namespace stakeout {
namespace {

struct Example {
  std::string command;
  std::string words;
  std::string remark;
};

// What stands before the next `end` in `rest`, which goes on behind it.
std::string take_until(std::string_view& rest, char end) {
  const std::size_t at = std::min(rest.find(end), rest.size());
  const std::string part{rest.substr(0, at)};
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

std::map<std::string, std::vector<Example>> examples_by_command() {
  std::map<std::string, std::vector<Example>> by_command;
  std::string_view rest = app_data::command_examples();
  while (!rest.empty()) {
    const std::string row = take_until(rest, '\n');
    if (row.empty() || row.front() == '#') continue;
    std::string_view cells = row;
    Example example;
    example.command = take_until(cells, '\t');
    example.words = take_until(cells, '\t');
    example.remark = cells;
    by_command[example.command].push_back(std::move(example));
  }
  return by_command;
}

// One line for each.
std::string text_of(const std::vector<Example>& examples) {
  std::string text = examples.size() == 1 ? "Example:" : "Examples:";
  for (const Example& example : examples) {
    text += "\n  " + example.words;
    if (!example.remark.empty()) text += "   # " + example.remark;
  }
  return text;
}

}  // namespace

void add_examples(CLI::App& program) {
  for (const auto& [command, examples] : examples_by_command()) {
    CLI::App* app = &program;
    std::string_view path = command;
    while (!path.empty()) app = app->get_subcommand(take_until(path, ' '));
    const std::string before = app->get_footer();
    app->footer((before.empty() ? "" : before + "\n\n") + text_of(examples));
  }
}

}  // namespace stakeout
