#include "app/export/export.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/crawl/plan.h"
#include "app/session.h"

namespace stakeout {
namespace {

using Export =
    std::function<std::vector<ExportedFile>(Reader& reader, const std::filesystem::path& folder)>;

CLI::App* add_kind(CLI::App& parent, Session& session, const std::string& name,
                   const std::string& help, Export run) {
  CLI::App* command = parent.add_subcommand(name, help);
  const auto folder = std::make_shared<std::string>();
  command->add_option("DIR", *folder, "The folder for the files; it is made when there is none")
      ->required();
  command->callback([&session, folder, run = std::move(run)] {
    Reader reader{session.existing_database()};
    for (const ExportedFile& file : run(reader, *folder)) {
      std::cout << (std::filesystem::path{*folder} / file.name).string() << ": " << file.lines
                << (file.lines == 1 ? " record\n" : " records\n");
    }
  });
  return command;
}

bool is_ocid_prefix(const std::string& prefix) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !prefix.empty() && std::ranges::all_of(prefix, fits);
}

}  // namespace

void add_export_commands(CLI::App& program, Session& session) {
  CLI::App* parent =
      program.add_subcommand("export", "The database in the shapes that other tools read");
  parent->require_subcommand(1);
  add_kind(*parent, session, "csv", "Every view as VIEW.csv (RFC 4180)",
           [](Reader& reader, const std::filesystem::path& folder) {
             return export_views(reader, folder, OutputForm::csv);
           });
  add_kind(*parent, session, "jsonl", "Every view as VIEW.jsonl, one object a line",
           [](Reader& reader, const std::filesystem::path& folder) {
             return export_views(reader, folder, OutputForm::json);
           });
  add_kind(*parent, session, "ftm", "FollowTheMoney entities: entities.ftm.json",
           [&session](Reader& reader, const std::filesystem::path& folder) {
             return export_ftm(reader, read_watchlists(session.settings().watchlist), folder);
           });
  const auto prefix = std::make_shared<std::string>("stakeout");
  CLI::App* ocds = add_kind(
      *parent, session, "ocds", "Open Contracting releases (OCDS 1.1.5): releases.json",
      [prefix](Reader& reader, const std::filesystem::path& folder) {
        if (!is_ocid_prefix(*prefix)) {
          throw CommandError{2, "--ocid-prefix '" + *prefix +
                                    "': small letters, digits and hyphens, as in ocds-a1b2c3"};
        }
        return export_ocds(reader, folder, *prefix);
      });
  ocds->add_option("--ocid-prefix", *prefix,
                   "What comes before a contract's id; register one to publish the file")
      ->capture_default_str();
}

}  // namespace stakeout
