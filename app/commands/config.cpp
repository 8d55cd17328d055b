#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "alerts/value_words.h"
#include "app/commands/commands.h"
#include "app/inspect/inspect.h"
#include "app/session.h"
#include "app/settings_check.h"

namespace stakeout {
namespace {

// "fetch.timeout = "60s"  # default"
void show(const Session& session, bool as_json) {
  for (const SettingLine& line : session.settings().lines) {
    if (as_json) {
      std::cout << json_line(
          Json{{"key", line.key}, {"value", line.value}, {"origin", line.origin}});
    } else {
      std::cout << line.key << " = " << line.value << "  # " << line.origin << '\n';
    }
  }
}

// Everything at once, so that it is mended in one go.
void check(const Session& session) {
  const SettingsFindings findings = check_settings_and_files(session.settings_reading());
  for (const std::string& warning : findings.warnings) spdlog::warn("{}", warning);
  if (!findings.faults.empty()) throw CommandError{2, in_lines(findings.faults)};
  if (findings.empty_filters == 0) {
    std::cout << "the settings are in order\n";
  } else {
    std::cout << "the settings can be used, but "
              << counted(findings.empty_filters, "word of a digest fits", "words of digests fit")
              << " nothing (see above)\n";
  }
}

}  // namespace

void add_config_commands(CLI::App& program, Session& session) {
  CLI::App* config = program.add_subcommand("config", "The settings in force");
  config->require_subcommand(1);

  CLI::App* show_command =
      config->add_subcommand("show", "Every setting, its value and where it comes from");
  const auto as_json = std::make_shared<bool>(false);
  show_command->add_flag("--json", *as_json, "One JSON object a line");
  show_command->callback([&session, as_json] { show(session, *as_json); });

  CLI::App* check_command =
      config->add_subcommand("check", "Reads the settings and says what is wrong with them");
  check_command->callback([&session] { check(session); });
}

}  // namespace stakeout
