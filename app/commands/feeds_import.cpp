#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "alerts/plain_words.h"
#include "app/commands/feeds.h"
#include "app/commands/listing.h"
#include "app/feed_list_file.h"
#include "app/file_edit.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/feeds/opml.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

struct ImportWords {
  std::shared_ptr<FeedListWords> list = std::make_shared<FeedListWords>();
  std::shared_ptr<ListingOptions> form = std::make_shared<ListingOptions>();
  std::string file;
};

// What a file has to say: its feeds, and what is odd about it, each with its place.
struct Source {
  std::vector<ListedFeed> feeds;
  std::vector<std::string> remarks;
  std::size_t left_out = 0;  // lines or outlines of no use
};

// "FILE:LINE:COLUMN", as far as it is known.
std::string place_of(const Outline& outline, const std::string& name) {
  if (outline.line == 0) return name;
  return name + ":" + std::to_string(outline.line) + ":" + std::to_string(outline.column);
}

Source opml_source(const std::string& bytes, const std::string& name) {
  auto list = parse_opml(bytes);
  if (!list) throw CommandError{1, name + ": " + list.error().message};
  Source source;
  for (const std::string& warning : list->warnings) source.remarks.push_back(name + ": " + warning);
  for (Outline& outline : list->outlines) {
    if (const auto fault = fault_of_feed_address(outline.url)) {
      source.remarks.push_back(place_of(outline, name) + ": " + *fault +
                               "; the outline is left out");
      ++source.left_out;
    } else {
      source.feeds.push_back(
          {std::move(outline.url), std::move(outline.title), std::move(outline.tags)});
    }
  }
  return source;
}

// Programs, pictures, archives: of text, hardly a byte in fifty is a control character.
bool is_binary(std::string_view bytes) {
  const auto is_odd = [](char c) {
    return (c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == '\x7F';
  };
  const auto odd = static_cast<std::size_t>(std::ranges::count_if(bytes, is_odd));
  return odd > 1 && odd > bytes.size() / 50;
}

Source read_source(const std::string& file) {
  const std::string name = file == "-" ? "standard input" : file;
  const std::string bytes = read_bounded_file(file, "the list");
  if (ascii_trimmed(bytes).empty()) throw CommandError{1, name + " is empty; nothing was imported"};
  if (looks_like_markup(bytes)) return opml_source(bytes, name);
  if (!has_utf16_mark(bytes) && is_binary(bytes)) {
    throw CommandError{1, name +
                              " is a binary file, no list of feeds; give an OPML file, or a file "
                              "with an address on each line"};
  }
  FeedList list = parse_feed_list(bytes, name);
  return {std::move(list.feeds), std::move(list.warnings), list.left_out};
}

// What became of the feeds of a file.
struct Imported {
  std::vector<AddedFeed> feeds;
  std::vector<std::string> remarks;
  std::size_t left_out = 0;

  [[nodiscard]] std::ptrdiff_t count(ListChange change) const {
    return std::ranges::count(feeds, change, &AddedFeed::change);
  }
};

Imported import_into(FeedListText& text, const Source& source) {
  Imported imported{{}, source.remarks, source.left_out};
  for (const ListedFeed& feed : source.feeds) {
    auto added = text.add(feed, OldTitle::keep);
    if (added) {
      imported.feeds.push_back(std::move(*added));
    } else {
      imported.remarks.push_back(added.error().message);
      ++imported.left_out;
    }
  }
  return imported;
}

std::string_view change_word(ListChange change) {
  switch (change) {
    case ListChange::added:
      return "added";
    case ListChange::merged:
      return "merged";
    case ListChange::listed:
      break;
  }
  return "listed";
}

// One row for each feed and each remark; feeds that were listed as they are only where a program
// reads it.
Table table_of(const Imported& imported, OutputForm form) {
  Table table;
  table.columns = {"outcome", "url", "title", "tags", "reason"};
  for (const AddedFeed& feed : imported.feeds) {
    if (form == OutputForm::table && feed.change == ListChange::listed) continue;
    std::string tags;
    for (const std::string& tag : feed.tags) tags += (tags.empty() ? "" : ", ") + tag;
    table.rows.push_back({std::string{change_word(feed.change)}, feed.url,
                          feed.title.empty() ? Cell{} : Cell{feed.title},
                          tags.empty() ? Cell{} : Cell{tags}, Cell{}});
  }
  for (const std::string& remark : imported.remarks)
    table.rows.push_back({std::string{"remark"}, Cell{}, Cell{}, Cell{}, remark});
  return table;
}

// Lines for a person: a remark has to be read in full.
void print_lines(std::ostream& out, const Imported& imported) {
  for (const auto& row : table_of(imported, OutputForm::table).rows) {
    std::string line;
    for (const Cell& cell : row) {
      const std::string text = plain_words(cell_text(cell));
      if (!text.empty()) line += (line.empty() ? "" : "  ") + text;
    }
    out << line << '\n';
  }
}

int run_import(const Session& session, const ImportWords& words) {
  const std::filesystem::path file = words.list->list(session);
  const Source source = read_source(words.file);
  Imported imported;
  edit_feed_list(file, words.list->dry_run,
                 [&](FeedListText& text) { imported = import_into(text, source); });
  const OutputForm form = words.form->form();
  if (form != OutputForm::table) {
    print_table(std::cout, table_of(imported, form), form);
  } else {
    print_lines(std::cout, imported);
    std::cout << (words.list->dry_run ? "would change " : "") << file.string() << ": "
              << imported.count(ListChange::added) << " added, "
              << imported.count(ListChange::merged) << " merged, "
              << imported.count(ListChange::listed) << " listed already; " << imported.left_out
              << " skipped\n";
  }
  return imported.feeds.empty() && imported.left_out > 0 ? 1 : 0;
}

}  // namespace

void add_feeds_import(CLI::App& feeds, Session& session) {
  CLI::App* command =
      feeds.add_subcommand("import", "Adds the feeds of an OPML file or of newsboat's urls file");
  const auto words = std::make_shared<ImportWords>();
  command->add_option("FILE", words->file, "The file; - is standard input")->required();
  add_list_option(*command, words->list);
  add_dry_run_option(*command, words->list);
  add_form_options(*command, words->form);
  command->callback([&session, words] { session.exit_code = run_import(session, *words); });
}

}  // namespace stakeout
