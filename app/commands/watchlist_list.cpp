#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/commands/crawl_words.h"
#include "app/commands/listing.h"
#include "app/commands/watchlist.h"
#include "app/crawl/plan.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

struct ListWords {
  std::shared_ptr<CrawlWords> lists = std::make_shared<CrawlWords>();
  std::shared_ptr<ListingOptions> form = std::make_shared<ListingOptions>();
  std::string kind;
  std::string country;
  std::vector<std::string> words;
};

// What the database knows of a listed entity.
struct Counts {
  Cell id;
  Cell mentions;
  Cell articles;
  Cell last_seen_at;
};
using CountsByName = std::map<std::string, Counts>;

std::string name_key(std::string_view kind, const std::string& name) {
  return std::string{kind} + '\n' + fold_case(name);
}

CountsByName read_counts(const std::filesystem::path& database) {
  CountsByName counts;
  if (!std::filesystem::exists(database)) return counts;
  Reader reader{database};
  for (const auto& row :
       reader
           .rows("SELECT kind, name, id, mentions, articles, last_seen_at FROM v_entities WHERE "
                 "listed")
           .rows) {
    counts[name_key(cell_text(row[0]), cell_text(row[1]))] = {row[2], row[3], row[4], row[5]};
  }
  return counts;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

Cell cell_of(const std::string& text) {
  return text.empty() ? Cell{} : Cell{text};
}

// Whether each of the words is in the name, an alias or a context word, in any case.
bool has_words(const Entity& entity, const std::vector<std::string>& words) {
  const std::string all = fold_accents(entity.name + "\n" + joined(entity.aliases, "\n") + "\n" +
                                       entity.parent + "\n" + entity.wikidata);
  return std::ranges::all_of(words, [&](const std::string& word) {
    return all.find(fold_accents(word)) != std::string::npos;
  });
}

bool is_wanted(const Entity& entity, const ListWords& words) {
  const Filter& filter = words.form->filter;
  return (words.kind.empty() || word_of(entity.kind) == words.kind) &&
         (filter.category.empty() || entity.category == filter.category) &&
         (words.country.empty() || entity.country == words.country) &&
         has_words(entity, words.words);
}

// Everything about each, for programs; the first columns are those of a watchlist.
Table full_table(const std::vector<const Entity*>& entities, const CountsByName& counts) {
  Table table;
  table.columns = {"kind",    "name",     "category", "aliases",  "country",  "parent",
                   "context", "wikidata", "id",       "mentions", "articles", "last_seen_at"};
  for (const Entity* entity : entities) {
    const auto known = counts.find(name_key(word_of(entity->kind), entity->name));
    const Counts count = known == counts.end() ? Counts{} : known->second;
    table.rows.push_back({std::string{word_of(entity->kind)}, entity->name,
                          cell_of(entity->category), cell_of(joined(entity->aliases, "|")),
                          cell_of(entity->country), cell_of(entity->parent),
                          cell_of(joined(entity->context, "|")), cell_of(entity->wikidata),
                          count.id, count.mentions, count.articles, count.last_seen_at});
  }
  return table;
}

// What fits a line of a hundred columns.
Table short_table(const std::vector<const Entity*>& entities, const CountsByName& counts) {
  constexpr std::size_t name_width = 36;
  constexpr std::size_t aliases_width = 26;
  Table table;
  table.columns = {"kind", "name", "category", "in", "mentions", "aliases"};
  for (const Entity* entity : entities) {
    const auto known = counts.find(name_key(word_of(entity->kind), entity->name));
    table.rows.push_back({std::string{word_of(entity->kind)}, shortened(entity->name, name_width),
                          cell_of(shortened(entity->category, 12)), cell_of(entity->country),
                          known == counts.end() ? Cell{} : known->second.mentions,
                          cell_of(shortened(joined(entity->aliases, ", "), aliases_width))});
  }
  return table;
}

void check_words(const ListWords& words, const Watchlist& watchlist) {
  if (!words.kind.empty() && !find_word<EntityKind>(words.kind)) {
    throw CommandError{2, "--kind: '" + words.kind + "' is neither vendor nor agency"};
  }
  check_category(words.form->filter.category, watchlist, nullptr);
}

void run_list(const Session& session, ListWords words) {
  words.country = fold_case(words.country);
  words.kind = fold_case(words.kind);
  words.form->filter.category = fold_case(words.form->filter.category);
  const Settings settings = settings_for(session, *words.lists);
  const Watchlist watchlist = read_watchlists(settings.watchlist);
  check_words(words, watchlist);
  std::vector<const Entity*> entities;
  for (const Entity& entity : watchlist.entities()) {
    if (is_wanted(entity, words)) entities.push_back(&entity);
  }
  std::ranges::sort(entities, [](const Entity* a, const Entity* b) {
    return std::pair{b->kind, fold_accents(a->name)} < std::pair{a->kind, fold_accents(b->name)};
  });
  if (words.form->limit && entities.size() > static_cast<std::size_t>(*words.form->limit)) {
    entities.resize(static_cast<std::size_t>(*words.form->limit));
  }
  const CountsByName counts = read_counts(settings.database);
  print_listing(words.form->form() == OutputForm::table ? short_table(entities, counts)
                                                        : full_table(entities, counts),
                *words.form, session);
}

}  // namespace

void add_watchlist_list(CLI::App& watchlist, Session& session) {
  CLI::App* command = watchlist.add_subcommand(
      "list", "Who is looked for, and how often each was named; all columns with --json and --csv");
  const auto words = std::make_shared<ListWords>();
  command->add_option("WORDS", words->words, "Only those with these words in a name or an alias");
  command->add_option("--kind", words->kind, "Only these: vendor or agency");
  command->add_option("--category", words->form->filter.category, "Only those of this category");
  command->add_option("--country", words->country, "Only those of this country: us, il, de")
      ->type_name("CODE");
  add_limit_option(*command, words->form);
  add_form_options(*command, words->form);
  add_watchlist_option(*command, words->lists);
  command->footer(
      "  stakeout watchlist list --kind vendor --category spyware\n"
      "  stakeout watchlist list --country de polizei\n"
      "  stakeout watchlist list --csv > names.csv");
  command->callback([&session, words] { run_list(session, *words); });
}

}  // namespace stakeout
