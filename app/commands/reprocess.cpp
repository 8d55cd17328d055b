#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "alerts/value_words.h"
#include "app/commands/commands.h"
#include "app/commands/crawl_words.h"
#include "app/crawl/extraction.h"
#include "app/crawl/plan.h"
#include "app/crawl/site_furniture.h"
#include "app/crawl/system_clock.h"
#include "app/dropped_texts.h"
#include "app/session.h"
#include "storage/store.h"

namespace stakeout {
namespace {

constexpr std::size_t batch = 100;

// What came of it.
struct Reread {
  std::size_t texts = 0;
  std::size_t pared = 0;               // of furniture that they had before
  std::optional<std::string> dropped;  // a note of texts that are not kept any more
  std::size_t mentions = 0;
  std::size_t claims = 0;
  AlertCount alerts;
};

// Reads one stored text again, and once more whenever a crawl has replaced it meanwhile.
void reread(Store& store, StoredText text, const MentionFinder& finder, bool quiet, Timestamp now,
            Reread& sum) {
  while (true) {
    TextReading reading = read_again(store, text, {}, finder);
    const bool pared = reading.text != text.text;
    if (!pared) reading.facts = extract_stored(text.text, text.published, finder);
    if (const auto alerts = store.save_reading(text, reading, quiet, now)) {
      ++sum.texts;
      sum.pared += pared ? 1 : 0;
      sum.mentions += reading.facts.mentions.size();
      sum.claims += reading.facts.claims.size();
      sum.alerts += *alerts;
      return;
    }
    auto current = store.text(text.revision_id);
    if (!current) return;
    text = std::move(*current);
  }
}

void say(const Reread& sum) {
  std::cout << counted(sum.texts, "text") << " read again: " << counted(sum.mentions, "mention")
            << ", " << counted(sum.claims, "contract claim") << '\n';
  if (sum.pared > 0) std::cout << sum.pared << " of them without furniture that they had before\n";
  if (sum.dropped) std::cout << *sum.dropped << '\n';
  const auto [told, past] = sum.alerts;
  if (told > 0)
    std::cout << counted(told, "alert") << " of what is new; see them with: stakeout alerts\n";
  if (past > 0)
    std::cout << past << (past == 1 ? " thing is" : " things are")
              << " new but of the past (the texts are older than the name on the watchlist), or "
                 "not to be told: no alert; see them with: stakeout alerts --past\n";
}

// Extraction again over every stored text, and over what was left out of it. Stopped half-way it
// can be started again: each article is one transaction, so that what two versions of the
// extractors read in two of its revisions is never taken for a correction, and what was left out of
// one stays out. A crawl may run beside it.
void reprocess(const Session& session, const CrawlWords& words, bool quiet) {
  const Watchlist watchlist = read_watchlists(settings_for(session, words).watchlist);
  const MentionFinder finder{watchlist};
  const SystemClock clock;
  const auto file = session.existing_database();
  Store store{file};
  store.sync_entities(watchlist.entities(), clock.now());

  Reread sum;
  Reader reader{file};
  sum.dropped = note_of_dropped_texts(reader, "read");
  std::int64_t last = 0;
  while (true) {
    const auto stored = store.texts(batch, last);
    if (stored.empty()) break;
    for (auto first = stored.begin(); first != stored.end();) {
      const auto end = std::find_if(first, stored.end(), [&](const StoredText& text) {
        return text.article_id != first->article_id;
      });
      store.together([&] {
        for (auto text = first; text != end; ++text)
          reread(store, *text, finder, quiet, clock.now(), sum);
      });
      last = first->article_id;
      first = end;
    }
  }
  say(sum);
}

}  // namespace

void add_reprocess_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "reprocess",
      "Extraction again over the stored texts, after an edit of the watchlist or an upgrade");
  const auto words = std::make_shared<CrawlWords>();
  const auto quiet = std::make_shared<bool>(false);
  add_watchlist_option(*command, words);
  command->add_flag("--no-alerts", *quiet, "Tell nobody of what is new, now or later");
  command->footer(
      "What a person rejected, merged or split stays so. What is new is raised as by a crawl.\n\n"
      "  stakeout reprocess\n"
      "  stakeout reprocess --watchlist my-names.csv --no-alerts");
  command->callback([&session, words, quiet] { reprocess(session, *words, *quiet); });
}

}  // namespace stakeout
