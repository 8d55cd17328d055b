#include "app/crawl/site_furniture.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "extractors/facts/extractor_version.h"
#include "extractors/stories/furniture.h"
#include "extractors/stories/left_out.h"
#include "extractors/stories/site_blocks.h"
#include "extractors/text/prose.h"

namespace stakeout {
namespace {

// Articles of the site that are compared with, on either side of the one in question and of its
// latest: an article that is looked at again years later has today's page around it.
constexpr std::size_t neighbours = 20;

// What so many others have at most may still stand in the first of them: the article that made it
// furniture can have kept it as its own, and so can the next.
constexpr std::size_t most_articles_before = 2 * articles_that_make_furniture;

std::vector<StoryFingerprint> read_neighbours(Store& store, std::int64_t article_id,
                                              std::uint64_t host_hash) {
  std::vector<StoryFingerprint> others;
  for (const std::string& bytes : store.neighbour_fingerprints(article_id, host_hash, neighbours)) {
    if (auto other = parse_fingerprint(bytes)) others.push_back(std::move(*other));
  }
  return others;
}

// The lines of a block, without what parted it from the rest.
std::string without_breaks(std::string_view block) {
  const std::size_t first = block.find_first_not_of('\n');
  if (first == std::string_view::npos) return {};
  return std::string{block.substr(first, block.find_last_not_of('\n') + 1 - first)};
}

}  // namespace

void leave_out_furniture(Store& store, std::int64_t article_id, const std::vector<LeftOut>& known,
                         const MentionFinder& finder, ExtractedPage& page) {
  if (known.empty() && !has_recurring_block(page.blocks, page.fingerprint)) return;
  const auto others = read_neighbours(store, article_id, page.fingerprint.host_hash);
  const auto furniture =
      find_site_blocks({page.article.text, page.blocks, page.fingerprint, others, known});
  if (furniture.empty()) return;
  ParedText pared = leave_out(page.article.text, furniture);
  page.article.text = std::move(pared.text);
  page.article.left_out = std::move(pared.left_out);
  page.facts = extract_stored(page.article.text, page.article.published, finder);
}

void pare_earlier_articles(Store& store, const Article& article, std::int64_t article_id,
                           const MentionFinder& finder, Timestamp now) {
  std::set<std::int64_t> others;
  for (const LeftOut& block : article.left_out) {
    if (block.articles > most_articles_before) continue;
    const auto found = store.neighbours_with(article_id, neighbours, without_breaks(block.text));
    others.insert(found.begin(), found.end());
  }
  for (const std::int64_t other : others) {
    const auto stored = store.latest_text(other);
    if (!stored) continue;
    const TextReading reading = read_again(store, *stored, {}, finder);
    if (reading.text != stored->text) store.pare_text(*stored, reading, now);
  }
}

TextReading read_again(Store& store, const StoredText& stored, std::vector<LeftOut> known,
                       const MentionFinder& finder) {
  known.insert(known.end(), stored.left_out.begin(), stored.left_out.end());
  const std::string whole = whole_text(stored.text, stored.left_out);
  const Prose prose{whole};
  StoryFingerprint fingerprint = make_fingerprint({{}, stored.title, {}, {}, {}}, prose);
  const auto others = read_neighbours(store, stored.article_id, 0);
  SiteFurniture site{fingerprint};
  for (const StoryFingerprint& other : others) site.count(other);
  site.count(fingerprint);
  mark_furniture(fingerprint, site);
  const auto blocks = cut_blocks(prose, fingerprint);
  ParedText pared = leave_out(whole, find_site_blocks({whole, blocks, fingerprint, others, known}));
  TextReading reading{
      std::move(pared.text), std::move(pared.left_out), {}, std::to_string(extractor_version)};
  if (reading.text != stored.text) {
    reading.facts = extract_stored(reading.text, stored.published, finder);
  }
  return reading;
}

}  // namespace stakeout
