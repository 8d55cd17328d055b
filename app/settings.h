#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/result.h"

namespace stakeout {

// [fetch]
struct FetchSettings {
  std::string
      contact;  // who runs this, as it goes into the User-Agent: "https://host/about; ops@host"
  std::string proxy;       // as parse_proxy() spells it, or empty; it may hold a password
  std::string proxy_file;  // where it was read from, or empty
  int connections = 0;     // transfers at a time
  int per_host_connections = 0;
  std::chrono::milliseconds per_host_delay{0};
  std::chrono::milliseconds timeout{0};    // of one whole fetch
  std::int64_t max_body = 0;               // bytes of an unpacked article page
  std::vector<std::string> allow_private;  // "127.0.9.0/24:8990-8992", checked
  // How long after a look at a page the next ones come; the first list is for articles that name
  // somebody on the watchlist or tell of a contract.
  std::vector<std::chrono::milliseconds> look_again;
  std::vector<std::chrono::milliseconds> look_again_others;
  std::string ca_file;  // certificates to trust besides the system's, or empty
};

// [smtp]
struct SmtpSettings {
  std::string url;       // checked, or empty
  std::string sendmail;  // the program instead, or empty
  std::string from;      // as parse_mailbox() reads it, or empty
  std::string username;
  std::string password_file;
  std::string tls;      // "required", "off", or empty: required, but not on this machine
  std::string ca_file;  // certificates to trust in place of the system's, or empty
  std::chrono::milliseconds timeout{0};  // of one message
};

// One [[digest]]: who gets which alerts, when. An empty filter lets everything through.
struct DigestSettings {
  std::string name;
  std::vector<std::string> to;       // checked
  std::string schedule;              // as parse_schedule() reads it; empty: only when asked
  std::string when_empty = "quiet";  // or "send"
  std::int64_t max_size = 90 << 10;  // bytes of one message
  std::vector<std::string> vendors;
  std::vector<std::string> categories;
  std::vector<std::string> agencies;
  std::vector<std::string> tags;
  std::vector<std::string> kinds;  // words of AlertKind
  std::vector<std::string> mute_vendors;
  std::vector<std::string> mute_kinds;  // words of AlertKind
  std::vector<std::int64_t> mute_stories;
  std::optional<std::int64_t> min_amount;  // of contracts, in thousandths of a major unit
  std::string currency = "USD";            // of min_amount
  // Further readers than those of `to`.
  std::vector<std::string> webhook;  // addresses, checked
  std::string webhook_secret_file;   // or empty
  std::vector<std::string> push;     // addresses of topics, checked
  std::string push_token_file;       // or empty
  std::string atom;                  // a file, or empty
  std::string origin;                // "FILE:LINE"
  bool is_whole = true;              // false: something of it could not be read
};

// [retention]: how long what may be dropped is kept after the last fetch; nullopt: for ever.
struct RetentionSettings {
  std::optional<std::chrono::milliseconds> texts;
  std::optional<std::chrono::milliseconds> feed_texts;
};

struct MetricsSettings {
  std::string listen;  // as parse_metrics_address() reads it; empty: nowhere
};

// One [[feed]]: what holds for one feed of the list.
struct FeedSettings {
  std::string url;  // as in the feed list
  // For the feed and its pages, instead of the general one; empty: none.
  std::optional<std::string> proxy;
  std::string proxy_file;  // where it was read from, or empty
  std::string origin;      // "FILE:LINE"
};

// One setting as `config show` prints it: without passwords.
struct SettingLine {
  std::string key;     // "fetch.timeout"
  std::string value;   // as a TOML value
  std::string origin;  // "default", "FILE:LINE" or "$STAKEOUT_FETCH__TIMEOUT"
};

// Everything that an operator can set, with the values in force. Paths are absolute or relative to
// the working directory.
struct Settings {
  std::filesystem::path feeds;
  std::vector<std::filesystem::path> watchlist;  // besides the shipped one
  std::filesystem::path database;
  std::filesystem::path archive;  // empty: no archive is kept
  FetchSettings fetch;
  std::vector<FeedSettings> feed_settings;
  RetentionSettings retention;
  SmtpSettings smtp;
  MetricsSettings metrics;
  std::vector<DigestSettings> digests;
  bool has_file = false;           // /dev/null is none: it says nothing of the digests
  std::vector<SettingLine> lines;  // in the order of the documentation
};

// Where settings come from besides the files: the environment as the program found it.
struct ConfigEnvironment {
  std::vector<std::string> variables;  // "NAME=value"
};

// The settings as far as they can be read, and all that is wrong with them.
struct SettingsReading {
  Settings settings;
  std::vector<std::string> faults;  // "FILE:LINE: WORDS", by file and line; none: all is well
};

// Finds and reads the settings: `file` when it is not empty, else the first that exists of
// $STAKEOUT_CONFIG, $XDG_CONFIG_HOME/stakeout/stakeout.toml (or ~/.config) and
// /etc/stakeout/stakeout.toml; then the conf.d/*.toml beside that file, in order of their names;
// then STAKEOUT_SECTION__KEY variables, which win. No file at all is no error.
//
// A relative path in a file is taken from the folder of that file. Faults are a syntax error, an
// unknown key (the nearest known one is named), a value of the wrong kind, and values that
// contradict each other; a key with a fault is left at its default.
[[nodiscard]] SettingsReading read_settings(const std::filesystem::path& file,
                                            const ConfigEnvironment& environment);

// The faults as one text, a line each.
[[nodiscard]] std::string in_lines(const std::vector<std::string>& faults);

// The same settings where nothing is wrong with them; else all the faults, a line each.
[[nodiscard]] Result<Settings> load_settings(const std::filesystem::path& file,
                                             const ConfigEnvironment& environment);

// The settings as they are without files and environment.
[[nodiscard]] Settings default_settings();

// Reads "250ms", "15s", "20m", "6h", "2d", "1w", or a bare count of seconds.
[[nodiscard]] Result<std::chrono::milliseconds> parse_duration(std::string_view text);

// Reads "512KiB", "8MiB", "1GiB", "10MB", or a bare count of bytes.
[[nodiscard]] Result<std::int64_t> parse_size(std::string_view text);

// Reads an amount as people type it, in thousandths of a major unit: "2000000", "2,000,000",
// "1.5M", "3bn".
[[nodiscard]] Result<std::int64_t> parse_amount(std::string_view text);

}  // namespace stakeout
