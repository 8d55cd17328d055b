#include <iostream>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>

#include "app/commands/commands.h"
#include "app/commands/crawl_words.h"
#include "app/crawl/extraction.h"
#include "app/crawl/plan.h"
#include "app/crawl/site_furniture.h"
#include "app/crawl/system_clock.h"
#include "app/session.h"
#include "app/version.h"
#include "storage/store.h"

namespace stakeout {
namespace {

constexpr std::size_t batch = 100;

struct Reread {
  Facts facts;
  bool pared = false;  // of furniture that the text had before
};

// Reads one stored text again, and once more whenever a crawl has replaced it meanwhile.
Reread reread(Store& store, StoredText text, const MentionFinder& finder, Timestamp now) {
  while (true) {
    TextReading reading = read_again(store, text, {}, finder);
    const bool pared = reading.text != text.text;
    if (!pared) reading.facts = extract_stored(text.text, text.published, finder);
    if (store.save_reading(text, reading, now)) return {std::move(reading.facts), pared};
    auto current = store.text(text.revision_id);
    if (!current) return {};
    text = std::move(*current);
  }
}

// Extraction again over every stored text, and over what was left out of it. Stopped half-way it
// can be started again: each text is one transaction, and what was left out of one stays out. A
// crawl may run beside it.
void reprocess(const Session& session, const CrawlWords& words) {
  const Watchlist watchlist = read_watchlists(settings_for(session, words).watchlist);
  const MentionFinder finder{watchlist};
  const SystemClock clock;
  Store store{session.existing_database()};
  store.sync_entities(watchlist.entities(), clock.now());

  std::size_t texts = 0;
  std::size_t pared = 0;
  std::size_t mentions = 0;
  std::size_t claims = 0;
  std::int64_t last = 0;
  while (true) {
    const auto stored = store.texts(batch, last);
    if (stored.empty()) break;
    for (const StoredText& text : stored) {
      const Reread now = reread(store, text, finder, clock.now());
      ++texts;
      pared += now.pared ? 1 : 0;
      mentions += now.facts.mentions.size();
      claims += now.facts.claims.size();
      last = text.article_id;
    }
  }
  std::cout << texts << " texts read again: " << mentions << " mentions, " << claims
            << " contract claims\n";
  if (pared > 0) std::cout << pared << " of them without furniture that they had before\n";
}

}  // namespace

void add_reprocess_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "reprocess",
      "Extraction again over the stored texts, after an edit of the watchlist or an upgrade");
  const auto words = std::make_shared<CrawlWords>();
  add_watchlist_option(*command, words);
  command->callback([&session, words] { reprocess(session, *words); });
}

}  // namespace stakeout
