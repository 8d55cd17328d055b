#include "app/commands/examples.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "extractors/values/table_lines.h"

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

std::map<std::string, std::vector<Example>> examples_by_command() {
  std::map<std::string, std::vector<Example>> by_command;
  std::string_view rest = app_data::command_examples();
  while (auto cells = take_line(rest)) {
    Example example;
    example.command = take_until(*cells, "\t");
    example.words = take_until(*cells, "\t");
    example.remark = *cells;
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
    while (!path.empty()) app = app->get_subcommand(std::string{take_until(path, " ")});
    const std::string before = app->get_footer();
    app->footer((before.empty() ? "" : before + "\n\n") + text_of(examples));
  }
}

}  // namespace stakeout
