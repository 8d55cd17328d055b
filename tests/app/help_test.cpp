// What `--help` and the errors of `query` tell a person who types.
#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/storage/sample.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

using Words = std::vector<std::string>;

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string help_of(Words command, const TemporaryFolder& folder) {
  command.emplace_back("--help");
  return run_program(command, folder.path()).out;
}

// The names below "Subcommands:".
Words commands_in(const std::string& help) {
  Words names;
  std::istringstream in{help.substr(std::min(help.find("Subcommands:\n"), help.size()))};
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line) && !line.empty()) {
    if (line.size() > 2 && line[2] != ' ') names.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return names;
}

// Every command and command of a group.
std::vector<Words> all_commands(const Words& group, const TemporaryFolder& folder) {
  std::vector<Words> all{group};
  for (const std::string& name : commands_in(help_of(group, folder))) {
    Words command = group;
    command.push_back(name);
    for (Words& each : all_commands(command, folder)) all.push_back(std::move(each));
  }
  return all;
}

// Whether an example in the help of a group is of one of its commands.
bool is_of_another(const std::string& example, const std::string& group, const Words& subcommands) {
  return std::ranges::any_of(subcommands, [&](const std::string& name) {
    return example.starts_with("  " + group + " " + name);
  });
}

}  // namespace

TEST_CASE("the help of every command has an example of it, with options that it takes") {
  const TemporaryFolder folder;
  const auto commands = all_commands({}, folder);
  CHECK(commands.size() > 40);
  for (const Words& command : commands) {
    const std::string help = help_of(command, folder);
    std::string name = "stakeout";
    for (const std::string& word : command) name += " " + word;
    CAPTURE(name);
    const Words subcommands = commands_in(help);
    std::size_t examples = 0;
    std::istringstream in{help};
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("  stakeout ")) continue;
      ++examples;
      const std::string words = line.substr(0, line.find(" # "));
      if (!words.starts_with("  " + name + " ") || is_of_another(words, name, subcommands))
        continue;
      for (std::size_t at = words.find(" --"); at != std::string::npos;
           at = words.find(" --", at + 3)) {
        const std::size_t end = words.find_first_of(" =", at + 1);
        const std::string option = words.substr(at + 1, end - at - 1);
        CAPTURE(option);
        CHECK((has(help, option + " ") || has(help, option + ",")));
      }
    }
    CHECK(examples > 0);
  }
}

TEST_CASE("a query that cannot be run says what was meant, or where the names are") {
  const TemporaryFolder folder;
  { const Store store{folder.file()}; }
  struct Case {
    std::string sql;
    const char* said;
  };
  const Case cases[] = {
      {"select vendr from v_contracts", "no such column: vendr; did you mean vendor?"},
      {"select k.agancy from v_contracts k", "did you mean agency?"},
      {"select * from v_contract", "no such table: v_contract; did you mean v_contracts?"},
      {"select * from xyz", "select * from v_columns"},
      {"delete from v_contracts", "only what reads is run here"},
      {"selec 1", "syntax error"},
  };
  for (const auto& [sql, said] : cases) {
    CAPTURE(sql);
    const ProgramRun run = run_program({"--db", "stakeout.db", "query", sql}, folder.path());
    CHECK(run.exit_code != 0);
    CHECK_MESSAGE(has(run.err, said), run.err);
  }
}

}  // namespace stakeout
