#include "extractors/stories/furniture.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace stakeout {
namespace {

constexpr std::size_t run_length = 4;
constexpr std::uint32_t articles_that_make_furniture = 3;

// The hash of each run of four tokens, in order; empty for a shorter text. Figures count as equal.
std::vector<std::uint32_t> runs_of(const std::vector<StoryToken>& tokens) {
  constexpr std::uint64_t factor = 0x9E37'79B9'7F4A'7C15;  // odd; 2^64 over the golden ratio
  std::vector<std::uint32_t> runs;
  if (tokens.size() < run_length) return runs;
  runs.reserve(tokens.size());
  const auto word_of = [](const StoryToken& token) {
    return token.has(StoryToken::number) ? std::uint64_t{0} : std::uint64_t{token.word} + 1;
  };
  std::array<std::uint64_t, run_length> words{};
  for (std::size_t j = 1; j < run_length; ++j) words[j] = word_of(tokens[j - 1]);
  for (std::size_t i = run_length - 1; i < tokens.size(); ++i) {
    std::shift_left(words.begin(), words.end(), 1);
    words.back() = word_of(tokens[i]);
    std::uint64_t hash = 0;
    for (const std::uint64_t word : words) hash = (hash ^ word) * factor;
    runs.push_back(static_cast<std::uint32_t>(hash >> 32U));
  }
  return runs;
}

}  // namespace

SiteFurniture::SiteFurniture(const StoryFingerprint& article) {
  for (const std::uint32_t run : runs_of(article.tokens)) {
    add(run);
    ends_.set(run % ends_.size());
  }
  is_closed_ = true;
}

// The hash of the text, and the runs.
std::string SiteFurniture::wording_of(const StoryFingerprint& fingerprint) {
  const std::vector<std::uint32_t> runs = runs_of(fingerprint.tokens);
  std::string wording(sizeof fingerprint.text_hash + runs.size() * sizeof(std::uint32_t), '\0');
  std::memcpy(wording.data(), &fingerprint.text_hash, sizeof fingerprint.text_hash);
  if (!runs.empty()) {
    std::memcpy(wording.data() + sizeof fingerprint.text_hash, runs.data(),
                runs.size() * sizeof(std::uint32_t));
  }
  return wording;
}

void SiteFurniture::count(std::string_view wording) {
  std::uint64_t text_hash = 0;
  if (wording.size() < sizeof text_hash) return;
  std::memcpy(&text_hash, wording.data(), sizeof text_hash);
  if (text_hash != 0 && !counted_texts_.insert(text_hash).second) return;
  ++article_;
  std::uint32_t hash = 0;
  for (std::size_t at = sizeof text_hash; at + sizeof hash <= wording.size(); at += sizeof hash) {
    std::memcpy(&hash, wording.data() + at, sizeof hash);
    if (is_closed_ && !ends_.test(hash % ends_.size())) continue;
    Run& run = is_closed_ ? runs_[slot_of(hash)] : add(hash);
    const bool is_known = run.last_article != 0;
    if (!is_known || run.last_article == article_) continue;
    run.last_article = article_;
    ++run.articles;
  }
}

bool SiteFurniture::has(std::uint32_t run) const {
  return runs_[slot_of(run)].articles >= articles_that_make_furniture;
}

// Where the run is, or the empty slot that is to be its own.
std::size_t SiteFurniture::slot_of(std::uint32_t run) const {
  const std::size_t mask = runs_.size() - 1;
  std::size_t at = run & mask;
  while (runs_[at].last_article != 0 && runs_[at].hash != run) at = (at + 1) & mask;
  return at;
}

SiteFurniture::Run& SiteFurniture::add(std::uint32_t run) {
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
  const std::vector<std::uint32_t> runs = runs_of(tokens);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!furniture.has(runs[i])) continue;
    for (std::size_t j = 0; j < run_length; ++j) tokens[i + j].marks |= StoryToken::furniture;
  }
}

}  // namespace stakeout
