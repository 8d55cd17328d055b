#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "alerts/plain_words.h"
#include "app/commands/commands.h"
#include "app/inspect/inspect.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/stories/word_diff.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

using Lookup = std::vector<Section> (Reader::*)(std::int64_t);

struct ShowOptions {
  std::int64_t id = 0;
  bool json = false;
};

// A single row reads better as "name  value" lines, in full.
void print_fields(const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string value = plain_words(cell_text(table.rows.front()[i]));
    if (!value.empty()) std::cout << "  " << table.columns[i] << ": " << value << '\n';
  }
}

void print_section(const Section& section) {
  if (section.table.rows.empty()) return;
  std::cout << section.title << '\n';
  if (section.table.rows.size() == 1) {
    print_fields(section.table);
  } else {
    print_table(std::cout, section.table, OutputForm::table);
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

// What each revision of an article changed: [-struck out-] {+written in+}.
void print_word_diffs(Reader& reader, std::int64_t article) {
  const Table texts = reader.rows(
      "select number, fetched_at, text from v_revisions where article_id = ?1 order by number",
      {article});
  for (std::size_t i = 1; i < texts.rows.size(); ++i) {
    std::cout << "revision " << cell_text(texts.rows[i][0]) << ", " << cell_text(texts.rows[i][1])
              << '\n';
    std::string diff;
    for (const DiffRun& run :
         diff_words(cell_text(texts.rows[i - 1][2]), cell_text(texts.rows[i][2]))) {
      const std::string words = plain_words(run.words);
      switch (run.kind) {
        case DiffRun::Kind::removed:
          diff += " [-" + words + "-]";
          break;
        case DiffRun::Kind::added:
          diff += " {+" + words + "+}";
          break;
        case DiffRun::Kind::equal:
          diff += " " + words;
          break;
      }
    }
    std::cout << diff << "\n\n";
  }
}

void add_show(CLI::App& show, Session& session, const std::string& thing, Lookup lookup) {
  CLI::App* command = show.add_subcommand(thing, "Everything known about one " + thing);
  const auto options = std::make_shared<ShowOptions>();
  command->add_option("ID", options->id, "The id, as the listings print it")->required();
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([&session, options, thing, lookup] {
    Reader reader{session.existing_database()};
    const auto sections = (reader.*lookup)(options->id);
    if (sections.empty()) {
      throw CommandError{1, "there is no " + thing + " " + std::to_string(options->id) +
                                "; the listings print the ids"};
    }
    if (options->json) {
      print_json_sections(sections);
      return;
    }
    const bool is_article = thing == "article";
    for (const Section& section : sections) {
      if (!is_article || section.title != "left out") print_section(section);
    }
    if (!is_article) return;
    print_word_diffs(reader, options->id);
    print_left_out(reader, options->id);
  });
}

}  // namespace

void add_show_commands(CLI::App& program, Session& session) {
  CLI::App* show = program.add_subcommand(
      "show", "Everything known about one article, contract, story or entity");
  show->require_subcommand(1);
  add_show(*show, session, "article", &Reader::show_article);
  add_show(*show, session, "contract", &Reader::show_contract);
  add_show(*show, session, "story", &Reader::show_story);
  add_show(*show, session, "entity", &Reader::show_entity);
}

}  // namespace stakeout
