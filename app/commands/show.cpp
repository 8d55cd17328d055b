#include <charconv>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "alerts/plain_words.h"
#include "app/commands/commands.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/merged_contract.h"
#include "app/commands/show_pages.h"
#include "app/inspect/inspect.h"
#include "app/output.h"
#include "app/session.h"

namespace stakeout {
namespace {

struct ShowOptions {
  std::string id;
  bool json = false;
};

// A single row reads better as "name: value" lines, in full.
void print_fields(const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string value = cell_text(table.rows.front()[i]);
    if (!value.empty())
      print_wrapped(std::cout, table.columns[i] + ": " + plain_words(value), 2, terminal_width());
  }
}

void print_entity(const Page& page, Reader& /*reader*/, const std::vector<Section>& sections) {
  for (const Section& section : sections) {
    if (section.table.rows.empty()) continue;
    page.out << painted(section.title, Paint::bold, page.is_colored) << '\n';
    if (section.table.rows.size() == 1) {
      print_fields(section.table);
    } else {
      print_table(page.out, section.table, OutputForm::table, page.width, page.is_colored);
    }
    page.out << '\n';
  }
}

using Lookup = std::vector<Section> (Reader::*)(std::int64_t);
using Print = void (*)(const Page& page, Reader& reader, const std::vector<Section>& sections);

// One of the things that are shown by their ids.
struct Showable {
  const char* name;
  const char* where_ids;
  Lookup lookup;
  Print print;
};

constexpr Showable showables[] = {
    {"article", "`stakeout mentions --json` and `stakeout search WORDS` print the ids of articles",
     &Reader::show_article, print_article},
    {"contract", "`stakeout contracts` prints the ids of contracts", &Reader::show_contract,
     print_contract},
    {"story", "`stakeout stories` prints the ids of stories", &Reader::show_story, print_story},
    {"entity", "`stakeout watchlist list WORDS --json` prints the ids of vendors and agencies",
     &Reader::show_entity, print_entity},
};

void print_json_sections(const std::vector<Section>& sections) {
  for (const Section& section : sections) {
    Table titled = section.table;
    titled.columns.insert(titled.columns.begin(), "section");
    for (auto& row : titled.rows) row.insert(row.begin(), section.title);
    print_table(std::cout, titled, OutputForm::json);
  }
}

std::int64_t checked_id(const Showable& thing, const std::string& text) {
  std::int64_t id = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (fault != std::errc{} || end != text.data() + text.size()) {
    throw CommandError{2, std::string{"show "} + thing.name + " takes an id, a number, and '" +
                              text + "' is none; " + thing.where_ids};
  }
  return id;
}

// "; its claims are rejected ..." of a contract that a person's rejections have left without any.
std::string hint_of_rejection(Reader& reader, std::int64_t id) {
  const Table claims = reader.rows(
      "SELECT id FROM claims WHERE rejected AND contract_before = ?1 ORDER BY id LIMIT 1", {id});
  if (claims.rows.empty()) return "";
  return "; its claims were rejected: see `stakeout query 'select * from v_rejections'`, and take "
         "one back with: stakeout reject claim " +
         cell_text(claims.rows.front().front()) + " --undo";
}

// What became of a thing that is not there, else where one finds those that are.
std::string hint_of_missing(Reader& reader, const Showable& thing, std::int64_t id) {
  std::string hint;
  if (std::string_view{thing.name} == "contract") {
    hint = hint_of_merge(reader, id);
    if (hint.empty()) hint = hint_of_rejection(reader, id);
  }
  return hint.empty() ? std::string{"; "} + thing.where_ids : hint;
}

void run_show(const Session& session, const Showable& thing, const ShowOptions& options) {
  const std::int64_t id = checked_id(thing, options.id);
  Reader reader{session.existing_database()};
  const auto sections = (reader.*thing.lookup)(id);
  if (sections.empty()) {
    throw CommandError{1, std::string{"there is no "} + thing.name + " " + std::to_string(id) +
                              hint_of_missing(reader, thing, id)};
  }
  if (options.json) {
    print_json_sections(sections);
    return;
  }
  thing.print(Page{std::cout, terminal_width(), session.is_colored(STDOUT_FILENO)}, reader,
              sections);
}

void add_show(CLI::App& show, Session& session, const Showable& thing) {
  CLI::App* command =
      show.add_subcommand(thing.name, std::string{"Everything known about one "} + thing.name);
  const auto options = std::make_shared<ShowOptions>();
  command->add_option("ID", options->id, "The id, as the listings print it")->required();
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([&session, &thing, options] { run_show(session, thing, *options); });
}

}  // namespace

void add_show_commands(CLI::App& program, Session& session) {
  CLI::App* show = program.add_subcommand(
      "show", "Everything known about one article, contract, story or entity");
  show->require_subcommand(1);
  std::string where;
  for (const Showable& thing : showables) {
    add_show(*show, session, thing);
    where += std::string{"  "} + thing.where_ids + "\n";
  }
  show->footer("Each takes an id, such as: stakeout show contract 12\n" + where);
}

}  // namespace stakeout
