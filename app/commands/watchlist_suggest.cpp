#include "app/watchlist_suggest.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "alerts/plain_words.h"
#include "alerts/value_words.h"
#include "app/commands/crawl_words.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/listing.h"
#include "app/commands/watchlist.h"
#include "app/crawl/plan.h"
#include "app/logging.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t usual_names = 20;
constexpr std::size_t longest_quote = 240;

struct SuggestWords {
  std::shared_ptr<CrawlWords> lists = std::make_shared<CrawlWords>();
  std::shared_ptr<ListingOptions> form = std::make_shared<ListingOptions>();
  std::string kind;
  std::size_t stories = 1;
  bool lines = false;
};

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "|") + part;
  return out;
}

Table full_table(const std::vector<SuggestedName>& names) {
  Table table;
  table.columns = {"kind",     "name",     "category", "aliases",  "country", "parent",
                   "context",  "wikidata", "mentions", "articles", "stories", "outlets",
                   "first_on", "last_on",  "quote",    "url",      "line"};
  const auto count = [](std::size_t number) { return Cell{static_cast<std::int64_t>(number)}; };
  for (const SuggestedName& each : names) {
    table.rows.push_back({std::string{word_of(each.kind)}, each.name, Cell{},
                          each.aliases.empty() ? Cell{} : Cell{joined(each.aliases)}, Cell{},
                          Cell{}, Cell{}, Cell{}, count(each.mentions), count(each.articles),
                          count(each.stories), count(each.outlets), each.first_on, each.last_on,
                          each.quote, each.url, each.line});
  }
  return table;
}

// A block for each: the name with its counts, a sentence, where it is from, the line to paste.
void print_names(std::ostream& out, const std::vector<SuggestedName>& names) {
  constexpr std::size_t indent = 4;
  const std::size_t width = terminal_width();
  for (const SuggestedName& each : names) {
    print_wrapped(out,
                  std::string{word_of(each.kind)} + "  " + plain_words(each.name) + "  (" +
                      counted(each.stories, "story", "stories") + ", " +
                      counted(each.outlets, "outlet", "outlets") + ", newest " + each.last_on + ")",
                  0, width);
    print_wrapped(out, "\"" + plain_words(shortened(each.quote, longest_quote)) + "\"", indent,
                  width);
    print_wrapped(out, plain_words(each.url), indent, width);
    out << std::string(indent, ' ') << plain_words(each.line) << "\n\n";
  }
}

void run_suggest(const Session& session, SuggestWords& words) {
  words.kind = fold_case(words.kind);
  if (!words.kind.empty() && !find_word<EntityKind>(words.kind)) {
    throw CommandError{2, "--kind: '" + words.kind + "' is neither vendor nor agency"};
  }
  const Watchlist watchlist = read_watchlists(settings_for(session, *words.lists).watchlist);
  const Filter filter = words.form->checked_filter();
  Reader reader{session.existing_database()};
  std::vector<SuggestedName> names = suggest_names(reader, watchlist);
  std::erase_if(names, [&](const SuggestedName& each) {
    return each.stories < words.stories || each.last_on < filter.since.substr(0, 10) ||
           (!words.kind.empty() && word_of(each.kind) != words.kind);
  });
  const std::size_t found = names.size();
  const bool is_table = words.form->form() == OutputForm::table && !words.lines;
  const std::size_t most = words.form->limit ? static_cast<std::size_t>(*words.form->limit)
                           : is_table        ? usual_names
                                             : found;
  if (names.size() > most) names.resize(most);
  if (words.lines) {
    for (const SuggestedName& each : names) std::cout << plain_words(each.line) << '\n';
  } else if (is_table) {
    print_names(std::cout, names);
  } else {
    print_table(std::cout, full_table(names), words.form->form());
  }
  if (session.quiet) return;
  if (found == 0) print_note("no unlisted name stands in a contract sentence");
  if (found > names.size())
    print_note(std::to_string(found - names.size()) + " more; --limit N shows them");
}

}  // namespace

void add_watchlist_suggest(CLI::App& watchlist, Session& session) {
  CLI::App* command = watchlist.add_subcommand(
      "suggest", "Names that contract sentences have and no list: each with a line to paste");
  const auto words = std::make_shared<SuggestWords>();
  command->add_option("--kind", words->kind, "Only these: vendor or agency");
  command->add_option("--stories", words->stories, "Only names that so many stories have")
      ->check(CLI::Range(1, 1'000'000));
  command->add_option("--since", words->form->filter.since, "Only names in the news since then");
  command->add_flag("--lines", words->lines, "Nothing but the lines, to append to a watchlist");
  command
      ->add_option("--limit", words->form->limit,
                   "At most so many; else a table has 20, JSON and CSV have all")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  add_form_options(*command, words->form);
  add_watchlist_option(*command, words->lists);
  command->footer(
      "A name that you reject a mention of is suggested no more:\n"
      "  stakeout reject mention ID --why 'a law firm'\n\n"
      "  stakeout watchlist suggest --kind vendor --stories 2\n"
      "  stakeout watchlist suggest --lines >> my-names.csv\n"
      "Give each line a category then, see what it finds with `stakeout watchlist try`, and run\n"
      "`stakeout reprocess`.");
  command->callback([&session, words] { run_suggest(session, *words); });
}

}  // namespace stakeout
