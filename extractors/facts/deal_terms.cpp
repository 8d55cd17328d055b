#include "extractors/facts/deal_terms.h"

#include <cstdlib>
#include <string>

namespace stakeout {
namespace {

using std::chrono::days;

constexpr std::size_t term_noun_reach = 7;  // "a five-year, $1.9 million software agreement"

}  // namespace

std::optional<TokenRange> term_words(const DealScene& scene,
                                     const Placed<DurationMention>& duration) {
  const TokenRange next = after(scene, duration.at.end, term_noun_reach);
  if (next.first < next.end && scene.is_word(next.first, DealWord::not_after_term)) {
    return std::nullopt;
  }
  if (scene.has_cue(before(scene, duration.at.first, 4), CueKind::part)) return std::nullopt;
  std::size_t i = duration.at.first;
  const std::size_t limit = before(scene, i, 6).first;
  if (i > limit && scene.is_word(i - 1, DealWord::not_before_term)) return std::nullopt;
  const TokenRange close = after(scene, duration.at.end, 2);
  for (std::size_t k = close.first; k < close.end; ++k) {
    if (scene.is_word(k, DealWord::term_noun)) return TokenRange{k, k + 1};
  }
  if (const CueHit* noun = scene.first_cue(next, CueKind::noun)) {
    bool unbroken = true;
    for (std::size_t k = next.first; k < noun->first; ++k) {
      unbroken = unbroken && !scene.is_word(k, DealWord::noun_break);
    }
    if (unbroken) return TokenRange{noun->first, noun->end};
  }
  while (i > limit && scene.is_word(i - 1, DealWord::term_filler) &&
         !scene.is_word(i - 1, DealWord::term_preposition)) {
    --i;
  }
  if (i > limit && scene.is_word(i - 1, DealWord::term_preposition)) return TokenRange{i - 1, i};
  // "l'accordo triennale", "un contrat de trois ans".
  const CueHit* noun = scene.last_cue(before(scene, i, 3), CueKind::noun);
  if (noun == nullptr || noun->end != i) return std::nullopt;
  return TokenRange{noun->first, noun->end};
}

std::optional<TokenRange> lead_of_term_start(const DealScene& scene,
                                             const Placed<DateMention>& date) {
  constexpr std::size_t most_words = 4;  // "as of", "à compter du"
  const std::size_t limit = before(scene, date.at.first, most_words).first;
  std::size_t first = date.at.first;
  while (first > limit && scene.is_word(first - 1, DealWord::start_lead)) --first;
  if (first == date.at.first) return std::nullopt;
  for (const auto& duration : items_in(scene.durations, before(scene, first, most_words))) {
    if (duration.at.end == first && term_words(scene, duration))
      return TokenRange{first, date.at.first};
  }
  return std::nullopt;
}

bool is_extension_length(const DealScene& scene, const Placed<DurationMention>& duration) {
  constexpr std::size_t verb_reach = 10;  // "extended its contract with Acme Systems by"
  constexpr std::size_t noun_reach = 3;   // "a one-year, $2 million extension"
  constexpr std::size_t by_reach = 3;     // "by up to another year"
  const auto* noun = scene.first_cue(after(scene, duration.at.end, noun_reach), CueKind::noun);
  const bool is_noun = noun != nullptr && noun->cue->detail.ends_with("extended") &&
                       noun->cue->words.back().folded.starts_with("extension");
  if (is_noun) return true;
  const TokenRange lead = before(scene, duration.at.first, by_reach);
  bool is_by = false;
  for (std::size_t i = lead.first; i < lead.end; ++i) {
    is_by = is_by || scene.is_word(i, DealWord::extends_by);
  }
  const CueHit* state =
      scene.last_cue(before(scene, duration.at.first, verb_reach), CueKind::state);
  return is_by && state != nullptr && state->cue->detail == "extended";
}

std::optional<days> days_of_term(std::string_view iso) {
  if (iso.size() < 3 || iso.front() != 'P') return std::nullopt;
  const int count = std::atoi(std::string{iso.substr(1, iso.size() - 2)}.c_str());
  switch (iso.back()) {
    case 'Y':
      return days{count * 365};
    case 'M':
      return days{count * 30};
    case 'W':
      return days{count * 7};
    case 'D':
      return days{count};
    default:
      return std::nullopt;
  }
}

}  // namespace stakeout
