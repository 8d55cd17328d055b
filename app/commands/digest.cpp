#include "alerts/digest.h"

#include <cstdio>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "alerts/compose.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/values/partial_date.h"

namespace stakeout {
namespace {

struct DigestWords {
  std::string since;
  std::string format = "text";
  bool preview = false;  // the default
};

std::optional<Timestamp> since_of(const std::string& words) {
  if (words.empty()) return std::nullopt;
  if (const auto time = parse_rfc3339(words)) return *time;
  const auto date = parse_partial_date(words);
  if (!date) {
    throw CommandError{
        2, "--since: '" + words + "' is no date such as 2024-09-27 or 2024-09-27T13:05:00Z"};
  }
  return Timestamp{std::chrono::sys_seconds{date->first_day()}.time_since_epoch().count()};
}

// An empty digest after a first crawl is no empty database.
void tell_past(Reader& reader) {
  const std::string past =
      cell_text(reader.rows("SELECT count(*) FROM v_quiet_alerts").rows.front().front());
  if (past == "0") return;
  std::fprintf(stderr,
               "%s things are of the past, from the feeds' first reading: see stakeout contracts, "
               "stakeout alerts --past\n",
               past.c_str());
}

}  // namespace

void add_digest_command(CLI::App& program, Session& session) {
  CLI::App* command =
      program.add_subcommand("digest", "What is new and what has changed, as one message");
  const auto words = std::make_shared<DigestWords>();
  command->add_flag("--preview", words->preview, "Print it and send nothing (the default)");
  command->add_option("--since", words->since, "Only alerts raised since this date or instant");
  command->add_option("--format", words->format, "text or html")
      ->check(CLI::IsMember({"text", "html"}))
      ->capture_default_str();
  command->callback([&session, words] {
    const auto since = since_of(words->since);
    Reader reader{session.existing_database()};
    DigestScope scope;
    scope.since = since;
    const Digest digest = compose_digest(reader, scope);
    if (digest.alerts == 0 && !session.quiet) tell_past(reader);
    std::cout << (words->format == "html" ? render_html(digest) : render_text(digest));
  });
}

}  // namespace stakeout
