#include "app/session.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace stakeout {
namespace {

ConfigEnvironment environment_of_process() {
  ConfigEnvironment environment;
  for (char** line = environ; line != nullptr && *line != nullptr; ++line) {
    environment.variables.emplace_back(*line);
  }
  return environment;
}

}  // namespace

SettingsReading Session::settings_reading() const {
  return read_settings(config_file, environment_of_process());
}

Settings Session::settings() const {
  auto settings = load_settings(config_file, environment_of_process());
  if (!settings) {
    throw CommandError{2,
                       settings.error().message + " (see the settings with: stakeout config show)"};
  }
  return std::move(*settings);
}

std::filesystem::path Session::database() const {
  return database_file.empty() ? settings().database : std::filesystem::path{database_file};
}

std::filesystem::path Session::existing_database() const {
  std::filesystem::path file = database();
  std::error_code error;  // of a file that may not be seen: told when it is opened
  if (!std::filesystem::exists(file, error) && !error) {
    throw CommandError{1,
                       "there is no database " + file.string() +
                           " yet; fill one with: stakeout crawl (or name another with --db FILE)"};
  }
  return file;
}

std::string read_text_file(const std::filesystem::path& file, std::string_view what) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    throw CommandError{1, std::string{what} + " " + file.string() + " is a folder, not a file"};
  }
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream bytes;
  if (stream) bytes << stream.rdbuf();
  if (!stream) {
    throw CommandError{
        1, std::string{what} + " " + file.string() + " cannot be read: " + std::strerror(errno)};
  }
  return std::move(bytes).str();
}

}  // namespace stakeout
