#include "app/export/export.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/listing.h"
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

// The articles with mentions that the filters let through; all without a filter.
ArticleChoice choice_of(const ListingOptions& options, const Session& session, Reader& reader) {
  Filter filter = options.checked_filter();
  resolve_names(filter, session, reader);
  const bool is_any = filter.vendor.empty() && filter.agency.empty() && filter.category.empty() &&
                      filter.since.empty() && filter.until.empty() && filter.tag.empty() &&
                      !options.limit;
  if (is_any) return [](std::int64_t) { return true; };
  const Table mentions = reader.mentions(filter);
  const auto column = static_cast<std::size_t>(std::ranges::find(mentions.columns, "article_id") -
                                               mentions.columns.begin());
  std::set<std::int64_t> articles;
  for (const auto& row : mentions.rows) articles.insert(std::get<std::int64_t>(row.at(column)));
  return [articles](std::int64_t article) { return articles.contains(article); };
}

void add_warc(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<ListingOptions>();
  options->json = true;  // all rows
  CLI::App* warc =
      add_kind(parent, session, "warc", "The archived pages (WARC 1.1): stakeout.warc.gz",
               [&session, options](Reader& reader, const std::filesystem::path& folder) {
                 const std::filesystem::path archive = session.settings().archive;
                 if (archive.empty())
                   throw CommandError{
                       2, "there is no archive; name its folder as 'archive' in the settings"};
                 return export_warc(reader, archive, choice_of(*options, session, reader), folder);
               });
  add_filter_options(*warc, options, "when the article was published");
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
  add_warc(*parent, session);
}

}  // namespace stakeout
