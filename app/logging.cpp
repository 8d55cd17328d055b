#include "app/logging.h"

// All that is logged comes through here: the place in the source says nothing.
#define SD_JOURNAL_SUPPRESS_LOCATION

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <mutex>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include "app/colors.h"
#include "app/crawl/system_clock.h"
#include "app/inspect/inspect.h"
#include "app/session.h"

namespace stakeout {
namespace {

constexpr const char* journal_socket = "/run/systemd/journal/socket";

LogField::Fields& fields_of_thread() {
  thread_local LogField::Fields fields;
  return fields;
}

Severity severity_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::critical:
      return Severity::critical;
    case spdlog::level::err:
      return Severity::error;
    case spdlog::level::warn:
      return Severity::warning;
    case spdlog::level::info:
      return Severity::info;
    default:
      return Severity::debug;
  }
}

std::string in_capitals(std::string_view word) {
  std::string out;
  for (const char c : word) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

std::string json_message(spdlog::level::level_enum level, std::string_view message,
                         Timestamp time) {
  Json line{{"time", to_rfc3339(time)},
            {"level", spdlog::level::to_string_view(level).data()},
            {"message", std::string{message}}};
  for (const auto& [name, value] : LogField::current()) line[std::string{name}] = value;
  return json_line(line);
}

std::string_view words_of(const spdlog::details::log_msg& message) {
  return {message.payload.data(), message.payload.size()};
}

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

// Says what stderr is connected to, as systemd does: "DEVICE:INODE".
bool is_journal_stream() {
  const char* const stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
  return stream == std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

void send_to_journal(Severity severity, std::string_view message) {
  std::error_code error;
  if (!std::filesystem::exists(journal_socket, error)) {
    print(prefixed_lines(severity, message));
    return;
  }
  std::vector<std::string> entry = journal_entry(severity, message, LogField::current());
  std::vector<iovec> parts;
  for (std::string& field : entry) parts.push_back({field.data(), field.size()});
  sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
}

// spdlog keeps the mutex, so that lines of several threads do not mix.
class JournalSink final : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(const spdlog::details::log_msg& message) override {
    send_to_journal(severity_of(message.level), words_of(message));
  }
  void flush_() override {}
};

class JsonSink final : public spdlog::sinks::base_sink<std::mutex> {
  void sink_it_(const spdlog::details::log_msg& message) override {
    print(json_message(message.level, words_of(message), SystemClock{}.now()));
  }
  void flush_() override {}
};

std::string format_of(const Session& session) {
  if (!session.log_format.empty()) return session.log_format;
  return is_journal_stream() ? "journal" : "text";
}

// Loggers are named for the format they write.
bool is_in_force(std::string_view format) {
  return spdlog::default_logger()->name() == format;
}

std::shared_ptr<spdlog::logger> logger_for(const Session& session, bool is_service) {
  const std::string format = format_of(session);
  if (format == "journal")
    return std::make_shared<spdlog::logger>("journal", std::make_shared<JournalSink>());
  if (format == "json")
    return std::make_shared<spdlog::logger>("json", std::make_shared<JsonSink>());
  const auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>(
      session.is_colored(STDERR_FILENO) ? spdlog::color_mode::always : spdlog::color_mode::never);
  auto logger = std::make_shared<spdlog::logger>("stakeout", sink);
  logger->set_pattern(is_service ? "%Y-%m-%dT%H:%M:%SZ %^%l%$: %v" : "%^%l%$: %v",
                      spdlog::pattern_time_type::utc);
  return logger;
}

}  // namespace

LogField::LogField(std::string_view name, std::string value) {
  fields_of_thread().emplace_back(name, std::move(value));
}

LogField::~LogField() {
  fields_of_thread().pop_back();
}

const LogField::Fields& LogField::current() {
  return fields_of_thread();
}

void set_up_logging(const Session& session, bool is_service) {
  const auto logger = logger_for(session, is_service);
  logger->set_level(session.quiet     ? spdlog::level::err
                    : session.verbose ? spdlog::level::debug
                    : is_service      ? spdlog::level::info
                                      : spdlog::level::warn);
  spdlog::set_default_logger(logger);
}

void print_failure(const Session& session, const std::string& sentence) {
  if (is_in_force("journal") || is_in_force("json")) {
    spdlog::error("{}", sentence);
  } else {
    print(painted("stakeout:", Paint::red, session.is_colored(STDERR_FILENO)) + " " + sentence +
          "\n");
  }
}

void print_note(std::string_view sentence) {
  if (is_in_force("json")) {
    print(json_message(spdlog::level::info, sentence, SystemClock{}.now()));
  } else if (is_in_force("journal")) {
    send_to_journal(Severity::info, sentence);
  } else {
    print(std::string{sentence} + "\n");
  }
}

std::string error_line(std::string_view message, Timestamp time) {
  if (is_in_force("json")) return json_message(spdlog::level::err, message, time);
  if (is_in_force("journal")) return prefixed_lines(Severity::error, message);
  return "stakeout: " + std::string{message} + "\n";
}

std::vector<std::string> journal_entry(Severity severity, std::string_view message,
                                       const LogField::Fields& fields) {
  std::vector<std::string> entry = {"PRIORITY=" + std::to_string(static_cast<int>(severity)),
                                    "SYSLOG_IDENTIFIER=stakeout",
                                    "MESSAGE=" + std::string{message}};
  for (const auto& [name, value] : fields)
    entry.push_back("STAKEOUT_" + in_capitals(name) + "=" + value);
  return entry;
}

std::string prefixed_lines(Severity severity, std::string_view message) {
  const std::string prefix = "<" + std::to_string(static_cast<int>(severity)) + ">";
  std::string out = prefix;
  for (const char c : message) {
    out += c;
    if (c == '\n') out += prefix;
  }
  return out + "\n";
}

}  // namespace stakeout
