#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <malloc.h>

#include "app/colors.h"
#include "app/commands/commands.h"
#include "app/commands/examples.h"
#include "app/inspect/inspect.h"
#include "app/logging.h"
#include "app/session.h"
#include "app/version.h"
#include "app/watchlist_check.h"
#include "extractors/facts/extractor_version.h"

namespace {

using namespace stakeout;

void add_global_options(CLI::App& program, Session& session) {
  program.add_option("--config", session.config_file, "The settings file")->type_name("FILE");
  program.add_option("--db", session.database_file, "The database, whatever the settings say")
      ->type_name("FILE");
  program.add_flag("-v,--verbose", session.verbose, "Say more on stderr");
  program.add_flag("-q,--quiet", session.quiet, "Say nothing but errors on stderr");
  program
      .add_option("--color", session.color,
                  "Colours in tables and messages; auto: on a terminal, unless $NO_COLOR is set")
      ->type_name("auto|always|never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  program
      .add_option("--log-format", session.log_format,
                  "How messages are written; by itself what fits where they go")
      ->type_name("text|json|journal")
      ->check(CLI::IsMember({"text", "json", "journal"}));
  program.set_version_flag("--version", "stakeout " + std::string{version} + " (extractors " +
                                            std::to_string(extractor_version) + ")");
  // Options of the program may stand after the command, too.
  program.fallthrough();
  program.require_subcommand(1);
}

void add_commands(CLI::App& program, Session& session) {
  add_crawl_command(program, session);
  add_run_command(program, session);
  add_export_commands(program, session);
  add_feeds_commands(program, session);
  add_watchlist_commands(program, session);
  add_listing_commands(program, session);
  add_search_command(program, session);
  add_show_commands(program, session);
  add_query_command(program, session);
  add_digest_command(program, session);
  add_reprocess_command(program, session);
  add_reject_commands(program, session);
  add_config_commands(program, session);
  add_db_commands(program, session);
  add_doctor_command(program, session);
  add_demo_command(program, session);
  add_reference_commands(program);
  add_import_commands(program, session);
  add_verify_command(program, session);

  CLI::App* inspect =
      program.add_subcommand("inspect", "What the extractors make of given files, as JSON lines");
  inspect->require_subcommand(1);
  add_inspect_article(*inspect, session.exit_code);
  add_inspect_revisions(*inspect, session.exit_code);
  add_inspect_stories(*inspect, session.exit_code);
  add_inspect_robots(*inspect, session.exit_code);
  add_inspect_url(*inspect, session.exit_code);
  add_inspect_feed(*inspect, session.exit_code);
  add_inspect_text(*inspect, session);
}

// An answer that did not arrive whole is no answer: a full disk, a closed pipe.
int flushed(const Session& session, int exit_code) {
  std::cout.flush();
  if (std::cout) return exit_code;
  print_failure(session, "the output could not be written in full (is the disk full?)");
  return exit_code == 0 ? 1 : exit_code;
}

// "; did you mean feeds list?", where a command of the group that was given is like the word.
std::string nearest_command(const CLI::App& program, const std::string& word) {
  const CLI::App* group = &program;
  std::string path;
  while (!group->get_subcommands().empty()) {
    group = group->get_subcommands().front();
    path += group->get_name() + " ";
  }
  std::vector<std::string> names;
  for (const CLI::App* each : group->get_subcommands({})) names.push_back(each->get_name());
  const std::string near = nearest_word(names, word);
  return near.empty() ? std::string{} : "; did you mean " + path + near + "?";
}

// "stakeout feeds list": the command that was given.
std::string command_of(const CLI::App& program) {
  std::string words = program.get_name();
  for (const CLI::App* group = &program; !group->get_subcommands().empty();) {
    group = group->get_subcommands().front();
    words += " " + group->get_name();
  }
  return words;
}

// What is wrong with the words of the command, and where to look: CLI11's own message, or a better
// one.
std::string complaint(const CLI::App& program, const CLI::ParseError& error) {
  const std::vector<std::string> rest = program.remaining(true);
  const bool unknown = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !rest.empty();
  if (unknown && program.got_subcommand("show")) {
    return "show needs to know of what '" + rest.front() +
           "' is the id: stakeout show article|contract|story|entity ID\nSee where ids are printed "
           "with: stakeout show --help";
  }
  const bool is_extra = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !rest.empty();
  if (is_extra && rest.front().starts_with("--")) {
    const std::string command = command_of(program);
    return command + " takes no " + rest.front() + "\nSee what it takes with: " + command +
           " --help";
  }
  const std::string what =
      unknown ? "unknown command '" + rest.front() + "'" + nearest_command(program, rest.front())
              : error.what();
  return what + "\nSee the commands with: stakeout --help";
}

// A mistake in the words of the command always has exit code 2.
int exit_for(const CLI::App& program, const CLI::ParseError& error, const Session& session) {
  // Nothing was parsed to its end; the form of messages may have been.
  set_up_logging(session, false);
  if (error.get_exit_code() == 0)
    return flushed(session, program.exit(error));  // --help, --version
  print_failure(session, complaint(program, error));
  return 2;
}

// Memory of large documents goes back to the system as soon as they are dealt with. Left to itself
// the allocator learns to keep it, in pieces that the next one does not fit into.
void set_up_memory() {
  constexpr int large = 256 << 10;
  mallopt(M_MMAP_THRESHOLD, large);
}

}  // namespace

int main(int argc, char** argv) {
  set_up_memory();
  CLI::App program{"Keeps watch on the news for vendors, agencies and the contracts between them.",
                   "stakeout"};
  Session session;
  if (argc > 0 && *argv[0] != '\0') session.invoked_as = argv[0];
  add_global_options(program, session);
  add_commands(program, session);
  add_examples(program);
  program.parse_complete_callback([&] { set_up_logging(session, program.got_subcommand("run")); });
  try {
    program.parse(argc, argv);
    return flushed(session, session.exit_code);
  } catch (const CLI::ParseError& error) {
    return exit_for(program, error, session);
  } catch (const CommandError& error) {
    print_failure(session, error.what());
    return error.exit_code();
  } catch (const std::exception& error) {
    print_failure(session, error.what());
    return 1;
  }
}
