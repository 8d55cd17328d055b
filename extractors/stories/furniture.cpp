#include "extractors/stories/furniture.h"

#include <algorithm>
#include <array>
#include <vector>

#include <xxhash.h>

namespace stakeout {
namespace {

constexpr std::size_t run_length = 4;
constexpr std::uint32_t articles_that_make_furniture = 3;

// The hash of each run of four tokens, in order; empty for a shorter text.
std::vector<std::uint64_t> runs_of(const std::vector<StoryToken>& tokens) {
  std::vector<std::uint64_t> runs;
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

void SiteFurniture::count(const StoryFingerprint& fingerprint) {
  if (fingerprint.text_hash != 0 && !counted_texts_.insert(fingerprint.text_hash).second) return;
  std::vector<std::uint64_t> runs = runs_of(fingerprint.tokens);
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  for (const std::uint64_t run : runs) ++articles_of_run_[run];
}

bool SiteFurniture::has(std::uint64_t run) const {
  const auto at = articles_of_run_.find(run);
  return at != articles_of_run_.end() && at->second >= articles_that_make_furniture;
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
