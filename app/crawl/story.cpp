#include "app/crawl/story.h"

#include <algorithm>
#include <map>

#include "extractors/stories/furniture.h"
#include "extractors/stories/match.h"

namespace stakeout {
namespace {

// Articles of a site that its furniture is learnt from.
constexpr std::size_t furniture_articles = 20;

// Stored articles that an article is compared with, at most.
constexpr std::size_t candidate_limit = 24;

// Weak matches count when so many copies of one story agree.
constexpr std::size_t agreeing_copies = 2;

// What furniture is learnt from; nothing for a fingerprint that cannot be read.
std::string wording_of(std::string_view fingerprint) {
  const auto parsed = parse_fingerprint(fingerprint);
  return parsed ? SiteFurniture::wording_of(*parsed) : std::string{};
}

}  // namespace

void mark_site_furniture(Store& store, std::int64_t article_id, StoryFingerprint& fingerprint) {
  if (fingerprint.host_hash == 0) return;
  SiteFurniture furniture{fingerprint};
  for (const std::string& wording :
       store.host_digests(fingerprint.host_hash, article_id, furniture_articles, wording_of)) {
    furniture.count(wording);
  }
  furniture.count(fingerprint);
  mark_furniture(fingerprint, furniture);
}

StoryDecision decide_story(Store& store, std::int64_t article_id,
                           const StoryFingerprint& fingerprint) {
  StoryDecision decision;
  decision.marks = {to_bytes(fingerprint), candidate_keys(fingerprint), fingerprint.text_hash,
                    fingerprint.host_hash, fingerprint.day};

  const auto candidates =
      store.story_candidates({article_id, decision.marks, story_window_days, story_shared_keys,
                              story_key_limit, candidate_limit});
  std::map<std::int64_t, std::vector<StoryLink>> weak;  // by story
  for (const StoryCandidate& candidate : candidates) {
    const auto other = parse_fingerprint(candidate.fingerprint);
    if (!other || !may_be_copies(fingerprint, *other)) continue;
    const StoryMatch match = compare_stories(fingerprint, *other);
    const StoryLink link{candidate.article_id, match.score, match.reason};
    if (match.same == SameStory::yes) decision.copies_of.push_back(link);
    if (match.same == SameStory::maybe) weak[candidate.story_id].push_back(link);
  }
  for (const auto& [story, links] : weak) {
    if (links.size() < agreeing_copies) continue;
    decision.copies_of.insert(decision.copies_of.end(), links.begin(), links.end());
  }
  return decision;
}

}  // namespace stakeout
