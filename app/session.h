#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "app/colors.h"
#include "app/settings.h"

namespace CLI {
class App;
}

namespace stakeout {

// Ends the command: main prints "stakeout: SENTENCE" on stderr and leaves with the exit code.
// 1: it failed; 2: the words of the command or of the settings were off.
class CommandError : public std::runtime_error {
 public:
  CommandError(int exit_code, const std::string& sentence)
      : std::runtime_error{sentence}, exit_code_{exit_code} {}
  [[nodiscard]] int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

// What the options before the command said, and what every command needs.
struct Session {
  std::string invoked_as = "stakeout";  // what a person types to run the program again
  std::string config_file;
  std::string database_file;  // --db; wins over the settings
  bool verbose = false;
  bool quiet = false;
  std::string color = "auto";  // --color: "auto", "always" or "never"
  std::string log_format;      // "text", "json" or "journal"; empty: what fits where stderr goes
  int exit_code = 0;           // what main returns when the command has ended without an error

  // Whether what goes to this descriptor has colours.
  [[nodiscard]] bool is_colored(int descriptor) const {
    return are_colors_wanted(color, descriptor);
  }

  // The settings with all that is wrong with them.
  [[nodiscard]] SettingsReading settings_reading() const;
  // The settings in force. Throws CommandError (2) when they cannot be read.
  [[nodiscard]] Settings settings() const;

  // The database that the options and the settings name. Throws CommandError.
  [[nodiscard]] std::filesystem::path database() const;
  // The same, but throws CommandError (1) when there is no such file yet.
  [[nodiscard]] std::filesystem::path existing_database() const;
};

// Reads a whole file. Throws CommandError (1) that names it.
[[nodiscard]] std::string read_text_file(const std::filesystem::path& file, std::string_view what);

}  // namespace stakeout
