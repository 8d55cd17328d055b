#include <algorithm>
#include <charconv>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <CLI/CLI.hpp>

#include "alerts/plain_words.h"
#include "app/commands/commands.h"
#include "app/commands/feeds_layout.h"
#include "app/inspect/inspect.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/stories/word_diff.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

using Lookup = std::vector<Section> (Reader::*)(std::int64_t);

// One of the things that are shown by their ids.
struct Showable {
  const char* name;
  const char* where_ids;
  Lookup lookup;
};

constexpr Showable showables[] = {
    {"article", "`stakeout mentions --json` and `stakeout search WORDS` print the ids of articles",
     &Reader::show_article},
    {"contract", "`stakeout contracts` prints the ids of contracts", &Reader::show_contract},
    {"story", "`stakeout stories` prints the ids of stories", &Reader::show_story},
    {"entity", "`stakeout watchlist list WORDS --json` prints the ids of vendors and agencies",
     &Reader::show_entity},
};

struct ShowOptions {
  std::string id;
  bool json = false;
};

// A single row reads better as "name: value" lines, in full. Of a text each paragraph has lines of
// its own.
void print_fields(const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::string value = cell_text(table.rows.front()[i]);
    if (value.empty()) continue;
    if (table.columns[i] != "text" || value.find('\n') == std::string::npos) {
      print_wrapped(std::cout, table.columns[i] + ": " + plain_words(value), 2, terminal_width());
      continue;
    }
    std::cout << "  " << table.columns[i] << ":\n";
    for (std::size_t end = 0; !value.empty(); value.erase(0, std::min(end + 1, value.size()))) {
      end = std::min(value.find('\n'), value.size());
      print_wrapped(std::cout, plain_words(value.substr(0, end)), 4, terminal_width());
    }
  }
}

void print_section(const Section& section) {
  if (section.table.rows.empty()) return;
  std::cout << section.title << '\n';
  if (section.table.rows.size() == 1) {
    print_fields(section.table);
  } else {
    print_table(std::cout, section.table, OutputForm::table, terminal_width());
  }
  std::cout << '\n';
}

void print_json_sections(const std::vector<Section>& sections) {
  for (const Section& section : sections) {
    Table titled = section.table;
    titled.columns.insert(titled.columns.begin(), "section");
    for (auto& row : titled.rows) row.insert(row.begin(), section.title);
    print_table(std::cout, titled, OutputForm::json);
  }
}

// What the latest text of an article is without, and why.
void print_left_out(Reader& reader, std::int64_t article) {
  const Table blocks = reader.rows(
      "select l.text, l.reason, l.articles, a.canonical_url from v_left_out l join v_articles a on "
      "a.revision_id = l.revision_id where a.id = ?1 order by l.position",
      {article});
  for (const auto& row : blocks.rows) {
    const auto url = parse_url(cell_text(row[3]));
    std::cout << "left out as " << cell_text(row[1]) << " of "
              << (url ? url->host() : std::string{"its site"}) << ": "
              << plain_words(cell_text(row[0])) << " (in " << cell_text(row[2])
              << " other articles)\n";
  }
}

// Of words that stand as they stood so many are shown on either side of a change.
constexpr std::size_t words_around = 12;

// "the first words … the last words", where there are many between. The first or the last are left
// out where no change is beside them.
std::string shortened_run(const std::string& words, bool is_first, bool is_last) {
  std::vector<std::size_t> starts{0};
  for (std::size_t at = words.find(' '); at != std::string::npos; at = words.find(' ', at + 1))
    starts.push_back(at + 1);
  const std::size_t head = is_first ? 0 : words_around;
  const std::size_t tail = is_last ? 0 : words_around;
  if (starts.size() <= head + tail + 1) return words;
  return words.substr(0, head == 0 ? 0 : starts[head]) + "…" +
         (tail == 0 ? "" : " " + words.substr(starts[starts.size() - tail]));
}

// What each revision of an article changed: [-struck out-] {+written in+}, with the words around.
void print_word_diffs(Reader& reader, std::int64_t article) {
  const Table texts = reader.rows(
      "select number, fetched_at, text, change from v_revisions where article_id = ?1 order by "
      "number",
      {article});
  for (std::size_t i = 1; i < texts.rows.size(); ++i) {
    std::cout << "revision " << cell_text(texts.rows[i][0]) << ", " << cell_text(texts.rows[i][1])
              << ", " << cell_text(texts.rows[i][3]) << '\n';
    std::string diff;
    const auto runs = diff_words(cell_text(texts.rows[i - 1][2]), cell_text(texts.rows[i][2]));
    for (std::size_t at = 0; at < runs.size(); ++at) {
      const std::string words = plain_words(runs[at].words);
      switch (runs[at].kind) {
        case DiffRun::Kind::removed:
          diff += " [-" + words + "-]";
          break;
        case DiffRun::Kind::added:
          diff += " {+" + words + "+}";
          break;
        case DiffRun::Kind::equal:
          diff += " " + shortened_run(words, at == 0, at + 1 == runs.size());
          break;
      }
    }
    print_wrapped(std::cout, diff, 2, terminal_width());
    std::cout << '\n';
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
std::string hint_of_rejection(Reader& reader, const Showable& thing, std::int64_t id) {
  if (std::string_view{thing.name} != "contract") return "";
  const Table claims = reader.rows(
      "SELECT id FROM claims WHERE rejected AND contract_before = ?1 ORDER BY id LIMIT 1", {id});
  if (claims.rows.empty()) return "";
  return "; its claims were rejected: see `stakeout query 'select * from v_rejections'`, and take "
         "one back with: stakeout reject claim " +
         cell_text(claims.rows.front().front()) + " --undo";
}

void run_show(const Session& session, const Showable& thing, const ShowOptions& options) {
  const std::int64_t id = checked_id(thing, options.id);
  Reader reader{session.existing_database()};
  const auto sections = (reader.*thing.lookup)(id);
  if (sections.empty()) {
    const std::string hint = hint_of_rejection(reader, thing, id);
    throw CommandError{1, std::string{"there is no "} + thing.name + " " + std::to_string(id) +
                              (hint.empty() ? std::string{"; "} + thing.where_ids : hint)};
  }
  if (options.json) {
    print_json_sections(sections);
    return;
  }
  const bool is_article = std::string_view{thing.name} == "article";
  for (const Section& section : sections) {
    if (!is_article || section.title != "left out") print_section(section);
  }
  if (!is_article) return;
  print_word_diffs(reader, id);
  print_left_out(reader, id);
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
