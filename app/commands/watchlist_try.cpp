#include <algorithm>
#include <cstdio>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "alerts/plain_words.h"
#include "alerts/value_words.h"
#include "app/commands/crawl_words.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/listing.h"
#include "app/commands/watchlist.h"
#include "app/crawl/plan.h"
#include "app/dropped_texts.h"
#include "app/logging.h"
#include "app/output.h"
#include "app/session.h"
#include "app/watchlist_check.h"
#include "app/watchlist_trial.h"
#include "extractors/facts/alias_risk.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t usual_articles = 5000;
constexpr std::size_t usual_quotes = 10;
constexpr std::size_t longest_quote = 240;

struct TryWords {
  std::shared_ptr<CrawlWords> lists = std::make_shared<CrawlWords>();
  std::shared_ptr<ListingOptions> form = std::make_shared<ListingOptions>();
  std::string alias;
  std::string context;
  std::string kind;
  std::string of;
  bool all = false;
};

std::vector<std::string> parts_of(const std::string& bars) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= bars.size();) {
    const std::size_t end = std::min(bars.find('|', at), bars.size());
    std::string part = collapse_white_space(bars.substr(at, end - at));
    if (!part.empty()) parts.push_back(std::move(part));
    at = end + 1;
  }
  return parts;
}

const Entity& listed_entity(const Watchlist& watchlist, const TryWords& words) {
  std::vector<std::string> names;
  for (const Entity& entity : watchlist.entities()) {
    if (!words.kind.empty() && word_of(entity.kind) != words.kind) continue;
    if (fold_case(entity.name) == fold_case(words.of)) return entity;
    names.push_back(entity.name);
  }
  const std::string near = nearest_word(names, words.of);
  throw CommandError{2, "--of: nobody on the watchlist is called '" + words.of + "'" +
                            (near.empty() ? "; stakeout watchlist list WORDS finds names"
                                          : "; did you mean '" + near + "'?")};
}

// The entity that the alias would be of: a listed one, or one of its own.
TrialName name_to_try(const Watchlist& watchlist, const TryWords& words) {
  TrialName name;
  name.alias = collapse_white_space(without_control_characters(words.alias));
  if (name.alias.empty() || !is_valid_utf8(name.alias) || name.alias.size() > 300 ||
      name.alias.find('|') != std::string::npos) {
    throw CommandError{2, "ALIAS: one name of at most 300 bytes, without '|'"};
  }
  if (!words.kind.empty() && !find_word<EntityKind>(words.kind)) {
    throw CommandError{2, "--kind: '" + words.kind + "' is neither vendor nor agency"};
  }
  if (words.of.empty()) {
    name.entity.kind = find_word<EntityKind>(words.kind).value_or(EntityKind::vendor);
    const Entity* listed = watchlist.find(name.entity.kind, name.alias);
    name.entity.name = name.alias;
    if (listed != nullptr) name.entity = *listed;
  } else {
    name.entity = listed_entity(watchlist, words);
    name.entity.aliases.push_back(name.alias);
  }
  if (!words.context.empty()) name.entity.context = parts_of(words.context);
  return name;
}

// Who has the alias already.
std::vector<std::string> owners_of(const Watchlist& watchlist, const std::string& alias) {
  std::vector<std::string> owners;
  const std::string wanted = fold_accents(alias);
  for (const Entity& entity : watchlist.entities()) {
    const bool has = fold_accents(entity.name) == wanted ||
                     std::ranges::any_of(entity.aliases, [&](const std::string& each) {
                       return fold_accents(each) == wanted;
                     });
    if (has) owners.push_back(entity.name);
  }
  return owners;
}

std::vector<std::string> warnings_on(const TrialName& name, const Trial& trial,
                                     const std::vector<std::string>& owners) {
  std::vector<std::string> warnings;
  for (const std::string& owner : owners) {
    const bool is_same = owner == name.entity.name;
    warnings.push_back(
        "'" + name.alias + "' is a name of " + owner + " already" +
        (is_same ? "" : "; a text goes to the one that its context words speak for"));
  }
  const bool has_context = !name.entity.context.empty();
  const std::string remedy = has_context ? "" : "; give it context words: --context 'WORD|WORD'";
  if (const auto risk = risk_of_alias(name.alias)) {
    warnings.push_back("'" + name.alias + "' " + *risk + remedy);
  } else if (trial.lower_case > trial.hits.size() && trial.lower_case > 2) {
    warnings.push_back("in these texts '" + fold_case(name.alias) + "' stands in lower case " +
                       counted(trial.lower_case, "time", "times") + ": it reads as a common word" +
                       remedy);
  }
  return warnings;
}

// "37 mentions in 21 articles, 9 stories, 6 outlets"
std::string extent_of(const std::vector<TrialHit>& hits) {
  std::set<std::string> articles, stories, outlets;
  for (const TrialHit& hit : hits) {
    articles.insert(hit.article_id);
    stories.insert(hit.story_id);
    outlets.insert(hit.outlet);
  }
  return counted(hits.size(), "mention", "mentions") + " in " +
         counted(articles.size(), "article", "articles") + ", " +
         counted(stories.size(), "story", "stories") + ", " +
         counted(outlets.size(), "outlet", "outlets");
}

void print_summary(std::ostream& out, const TrialName& name, const Trial& trial,
                   std::size_t width) {
  const auto line = [&](const std::string& text, std::size_t indent) {
    print_wrapped(out, plain_words(text), indent, width);
  };
  line("'" + name.alias + "' would count for " + extent_of(trial.hits) +
           "; read: " + (trial.read < trial.candidates ? "the newest " : "") +
           std::to_string(trial.read) + " of " + counted(trial.candidates, "article", "articles") +
           " with these words" + (trial.read < trial.candidates ? " (--all reads all)" : ""),
       0);
  std::map<std::string, std::size_t> known;
  for (const TrialHit& hit : trial.hits) ++known[hit.mention_of];
  for (const auto& [entity, count] : known) {
    line(entity.empty() ? std::to_string(count) + " of nobody so far"
                        : counted(count, "mention", "mentions") + " of " + entity + " already",
         2);
  }
  if (trial.passed_over > 0) {
    line("in " + counted(trial.passed_over, "article", "articles") +
             " the words do not count: another case, no context word nearby, or part of another "
             "name",
         2);
  }
}

// One sentence a story, the newest first; then some that do not count.
void print_quotes(std::ostream& out, const Trial& trial, std::size_t most, std::size_t width) {
  constexpr std::size_t indent = 4;
  std::set<std::string> stories;
  for (const TrialHit& hit : trial.hits) {
    if (stories.size() == most) break;
    if (!stories.insert(hit.story_id).second) continue;
    print_wrapped(out,
                  plain_words(hit.day + "  " + hit.outlet + "  " +
                              (hit.mention_of.empty() ? "new" : "already " + hit.mention_of)),
                  0, width);
    print_wrapped(out, "\"" + plain_words(shortened(hit.sentence, longest_quote)) + "\"", indent,
                  width);
  }
  if (trial.passed_sentences.empty()) return;
  out << "does not count in:\n";
  for (const std::string& sentence : trial.passed_sentences) {
    print_wrapped(out, "\"" + plain_words(shortened(sentence, longest_quote)) + "\"", indent,
                  width);
  }
}

Table hit_table(const Trial& trial, std::size_t most) {
  Table table;
  table.columns = {"article_id", "story_id", "published_at", "outlet",  "url",
                   "text",       "start",    "end",          "already", "sentence"};
  for (const TrialHit& hit : trial.hits) {
    if (table.rows.size() == most) break;
    table.rows.push_back({hit.article_id, hit.story_id, hit.day, hit.outlet, hit.url, hit.text,
                          static_cast<std::int64_t>(hit.start), static_cast<std::int64_t>(hit.end),
                          hit.mention_of.empty() ? Cell{} : Cell{hit.mention_of}, hit.sentence});
  }
  return table;
}

void run_try(const Session& session, TryWords words) {
  words.kind = fold_case(words.kind);
  const Watchlist watchlist = read_watchlists(settings_for(session, *words.lists).watchlist);
  const TrialName name = name_to_try(watchlist, words);
  Reader reader{session.existing_database()};
  const bool tells = !session.quiet && isatty(STDERR_FILENO) == 1;
  const Trial trial = try_alias(
      reader, watchlist, name, words.all ? std::numeric_limits<std::size_t>::max() : usual_articles,
      [&](std::size_t done) {
        if (tells && done % 100 == 0) std::fprintf(stderr, "\r\033[Karticles %zu", done);
      });
  if (tells) std::fprintf(stderr, "\r\033[K");
  if (const auto note = note_of_dropped_texts(reader, "tried"); note && !session.quiet)
    print_note(*note);
  const auto warnings = warnings_on(name, trial, owners_of(watchlist, name.alias));
  for (const std::string& warning : warnings) spdlog::warn("{}", plain_words(warning));
  const std::size_t width = terminal_width();
  if (words.form->form() == OutputForm::table) {
    print_summary(std::cout, name, trial, width);
    const auto limit = static_cast<std::size_t>(words.form->limit.value_or(usual_quotes));
    print_quotes(std::cout, trial, limit, width);
    return;
  }
  const auto limit = words.form->limit ? static_cast<std::size_t>(*words.form->limit)
                                       : std::numeric_limits<std::size_t>::max();
  print_table(std::cout, hit_table(trial, limit), words.form->form());
}

}  // namespace

void add_watchlist_try(CLI::App& watchlist, Session& session) {
  CLI::App* command = watchlist.add_subcommand(
      "try",
      "What a new name or alias would have found in the stored texts, by the crawl's matcher");
  const auto words = std::make_shared<TryWords>();
  command->add_option("ALIAS", words->alias, "The name, with the capitals that it is to have")
      ->required();
  command->add_option("--context", words->context, "Context words, parted by '|'")
      ->type_name("WORDS");
  command->add_option("--kind", words->kind, "vendor (unless said otherwise) or agency");
  command->add_option("--of", words->of, "As a further alias of this listed vendor or agency")
      ->type_name("NAME");
  command->add_flag("--all", words->all,
                    "All articles that have the words; else the newest 5000 of them");
  command
      ->add_option("--limit", words->form->limit,
                   "At most so many quotes; else 10, JSON and CSV have all mentions")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  add_form_options(*command, words->form);
  add_watchlist_option(*command, words->lists);
  command->footer(
      "  stakeout watchlist try Lanternfish\n"
      "  stakeout watchlist try Circles --context 'spyware|phones|NSO'\n"
      "  stakeout watchlist try 'Homeland Investigations' --of 'Homeland Security Investigations'");
  command->callback([&session, words] { run_try(session, *words); });
}

}  // namespace stakeout
