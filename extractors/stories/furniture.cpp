#include "extractors/stories/furniture.h"

#include <array>
#include <utility>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace stakeout {
namespace {

constexpr std::size_t run_length = 4;
constexpr std::uint32_t articles_that_make_furniture = 3;

// The hash of each run of four tokens, in order; empty for a shorter text.
std::vector<std::uint64_t> runs_of(const std::vector<StoryToken>& tokens) {
  std::vector<std::uint64_t> runs;
  runs.reserve(tokens.size());
  for (std::size_t i = 0; i + run_length <= tokens.size(); ++i) {
    std::array<std::uint32_t, run_length> words{};
    for (std::size_t j = 0; j < run_length; ++j) {
      words[j] = tokens[i + j].has(StoryToken::number) ? 0 : tokens[i + j].word;
    }
    runs.push_back(XXH64(words.data(), sizeof words, 0));
  }
  return runs;
}

}  // namespace

SiteFurniture::SiteFurniture(const StoryFingerprint& article) {
  for (const std::uint64_t run : runs_of(article.tokens)) add(run);
  is_closed_ = true;
}

void SiteFurniture::count(const StoryFingerprint& fingerprint) {
  if (fingerprint.text_hash != 0 && !counted_texts_.insert(fingerprint.text_hash).second) return;
  ++article_;
  for (const std::uint64_t hash : runs_of(fingerprint.tokens)) {
    Run& run = is_closed_ ? runs_[slot_of(hash)] : add(hash);
    const bool is_known = run.last_article != 0;
    if (!is_known || run.last_article == article_) continue;
    run.last_article = article_;
    ++run.articles;
  }
}

bool SiteFurniture::has(std::uint64_t run) const {
  return runs_[slot_of(run)].articles >= articles_that_make_furniture;
}

// Where the run is, or the empty slot that is to be its own.
std::size_t SiteFurniture::slot_of(std::uint64_t run) const {
  const std::size_t mask = runs_.size() - 1;
  std::size_t at = run & mask;
  while (runs_[at].last_article != 0 && runs_[at].hash != run) at = (at + 1) & mask;
  return at;
}

SiteFurniture::Run& SiteFurniture::add(std::uint64_t run) {
  if (runs_[slot_of(run)].last_article != 0) return runs_[slot_of(run)];
  if (2 * ++count_ > runs_.size()) {
    const std::vector<Run> old = std::exchange(runs_, std::vector<Run>(2 * runs_.size()));
    for (const Run& known : old) {
      if (known.last_article != 0) runs_[slot_of(known.hash)] = known;
    }
  }
  Run& added = runs_[slot_of(run)];
  added = {run, 0, 1};  // there was no article 1
  return added;
}

void mark_furniture(StoryFingerprint& fingerprint, const SiteFurniture& furniture) {
  std::vector<StoryToken>& tokens = fingerprint.tokens;
  for (StoryToken& token : tokens) token.marks &= static_cast<std::uint8_t>(~StoryToken::furniture);
  const std::vector<std::uint64_t> runs = runs_of(tokens);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!furniture.has(runs[i])) continue;
    for (std::size_t j = 0; j < run_length; ++j) tokens[i + j].marks |= StoryToken::furniture;
  }
}

}  // namespace stakeout
