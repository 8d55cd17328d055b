#include "app/inspect/inspect.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <utility>

#include "extractors/text/inflate.h"

namespace stakeout {
namespace {

constexpr std::size_t unpacked_limit = 256U << 20U;

Result<std::string> read_file(const std::string& file) {
  std::ostringstream bytes;
  if (file == "-") {
    bytes << std::cin.rdbuf();
  } else {
    std::error_code unknown;
    if (std::filesystem::is_directory(file, unknown)) return fail("is a folder, not a file");
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return fail("cannot be opened: " + std::string{std::strerror(errno)});
    bytes << stream.rdbuf();
    if (stream.bad()) return fail("cannot be read");
  }
  std::string content = std::move(bytes).str();
  return is_gzip(content) ? gunzip(content, unpacked_limit) : content;
}

std::vector<std::string> or_standard_input(const std::vector<std::string>& files) {
  return files.empty() ? std::vector<std::string>{"-"} : files;
}

}  // namespace

std::string json_line(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

int take_files(const std::vector<std::string>& files, const TakeFile& take, std::ostream& out) {
  int exit_code = 0;
  for (const std::string& file : or_standard_input(files)) {
    const auto bytes = read_file(file);
    if (bytes) {
      take(file, *bytes);
    } else {
      out << json_line(Json{{"file", file}, {"error", bytes.error().message}});
      exit_code = 1;
    }
  }
  return exit_code;
}

int inspect_files(const std::vector<std::string>& files, const InspectFile& answer,
                  std::ostream& out) {
  const auto print_answer = [&](std::string_view file, std::string_view bytes) {
    out << json_line(answer(file, bytes));
  };
  return take_files(files, print_answer, out);
}

std::string text_at(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

int inspect_lines(const std::vector<std::string>& files, const InspectLine& answer,
                  std::ostream& out) {
  const auto print_answer = [&](Json line) -> Result<void> {
    const Result<Json> result = answer(std::move(line));
    if (!result) return tl::unexpected<Error>(result.error());
    out << json_line(*result);
    return {};
  };
  return take_lines(files, print_answer, out);
}

int take_lines(const std::vector<std::string>& files, const TakeLine& take, std::ostream& out) {
  int exit_code = 0;
  for (const std::string& file : or_standard_input(files)) {
    const auto bytes = read_file(file);
    if (!bytes) {
      out << json_line(Json{{"file", file}, {"error", bytes.error().message}});
      exit_code = 1;
      continue;
    }
    std::istringstream lines{*bytes};
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      Json value = Json::parse(line, nullptr, false);
      const Result<void> taken =
          value.is_object() ? take(std::move(value)) : fail("not a JSON object");
      if (!taken) {
        out << json_line(Json{{"file", file}, {"line", number}, {"error", taken.error().message}});
        exit_code = 1;
      }
    }
  }
  return exit_code;
}

}  // namespace stakeout
