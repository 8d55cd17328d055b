#include "extractors/stories/revisions.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/inspect/inspect.h"

namespace stakeout {
namespace {

Result<Json> inspect_revision(const Json& line) {
  if (!line.contains("id")) return fail("no \"id\"");
  const RevisionDiff diff = compare_revisions(text_at(line, "before"), text_at(line, "after"));
  Json changes = Json::array();
  for (const PassageChange& change : diff.changes) {
    changes.push_back(Json{{"before", change.before}, {"after", change.after}});
  }
  return Json{{"id", line["id"]}, {"class", word_of(diff.change_class)}, {"changes", changes}};
}

}  // namespace

void add_inspect_revisions(CLI::App& inspect, int& exit_code) {
  CLI::App* command = inspect.add_subcommand("revisions", "How two fetches of one page differ");
  const auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("FILE", *files, "JSON lines: id, before, after");
  command->callback(
      [files, &exit_code] { exit_code = inspect_lines(*files, inspect_revision, std::cout); });
}

}  // namespace stakeout
