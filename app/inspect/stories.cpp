#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/inspect/inspect.h"
#include "extractors/stories/assign.h"

namespace stakeout {
namespace {

StoryDocument document_of(const Json& line) {
  return {text_at(line, "url"), text_at(line, "title"), text_at(line, "published"),
          text_at(line, "site"), text_at(line, "text")};
}

// The documents of all lines, sorted into stories: {"id", "story"}, the story named by the id of
// one of its documents.
int inspect_stories(const std::vector<std::string>& files, std::ostream& out) {
  std::vector<Json> ids;
  std::vector<StoryDocument> documents;
  const auto take = [&](const Json& line) -> Result<void> {
    if (!line.contains("id")) return fail("no \"id\"");
    ids.push_back(line["id"]);
    documents.push_back(document_of(line));
    return {};
  };
  const int exit_code = take_lines(files, take, out);
  const std::vector<std::size_t> stories = assign_stories(documents);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    out << json_line(Json{{"id", ids[i]}, {"story", ids[stories[i]]}});
  }
  return exit_code;
}

}  // namespace

void add_inspect_stories(CLI::App& inspect, int& exit_code) {
  CLI::App* command = inspect.add_subcommand("stories", "Which documents are copies of one source");
  const auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("FILE", *files, "JSON lines: id, url, title, published, site, text");
  command->callback([files, &exit_code] { exit_code = inspect_stories(*files, std::cout); });
}

}  // namespace stakeout
