#include "app/evidence/verify.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "alerts/value_words.h"
#include "app/commands/commands.h"
#include "app/session.h"

namespace stakeout {
namespace {

int run_verify(const Session& session, const std::string& archive) {
  Reader reader{session.existing_database()};
  const std::filesystem::path folder =
      archive.empty() ? session.settings().archive : std::filesystem::path{archive};
  const Verified seen = verify_evidence(
      reader, folder, [](const std::string& sentence) { std::cout << sentence << '\n'; });
  std::cout << counted(seen.revisions, "text", "texts") << ", "
            << counted(seen.quotes, "quote", "quotes") << ", "
            << counted(seen.records, "archived record", "archived records") << " looked at; "
            << counted(seen.texts, "text", "texts") << " read out of the archived page again\n";
  if (seen.dropped > 0) {
    std::cout << counted(seen.dropped, "text was", "texts were")
              << " dropped by [retention] in the settings: no fact rests on them\n";
  }
  if (seen.records > 0 && seen.unarchived > 0) {
    std::cout
        << counted(seen.unarchived, "text", "texts")
        << " with mentions came from a feed or before there was an archive: no page is kept\n";
  }
  if (seen.other_extractors > 0) {
    std::cout << counted(seen.other_extractors, "text was", "texts were")
              << " read by extractors of another version, and come out differently today\n";
  }
  std::cout << (seen.faults == 0 ? std::string{"everything holds\n"}
                                 : counted(seen.faults, "fault", "faults") + ", told above\n");
  return seen.faults == 0 ? 0 : 1;
}

}  // namespace

void add_verify_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "verify", "Checks the chain from the stored facts to the archived bytes");
  const auto archive = std::make_shared<std::string>();
  command->add_option("--archive", *archive, "The folder of the archive, whatever the settings say")
      ->type_name("DIR");
  command->footer("One line for each thing that does not hold; the exit code is then 1.");
  command->callback([&session, archive] { session.exit_code = run_verify(session, *archive); });
}

}  // namespace stakeout
