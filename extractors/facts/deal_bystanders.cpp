#include "extractors/facts/deal_bystanders.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "extractors/facts/deal_wording.h"
#include "extractors/facts/numerals.h"

namespace stakeout {
namespace {

constexpr std::size_t subject_reach = 20;
constexpr std::size_t motion_reach = 12;  // "called for the five-year contract with X to be"
constexpr std::size_t object_reach = 8;   // "rejected a last-minute motion by X to"
constexpr std::size_t undo_reach = 6;     // "Antrag ab, den Vertrag zu"
constexpr std::size_t adopts_reach = 4;
constexpr std::size_t another_reach = 3;
constexpr std::size_t past_reach = 3;  // of words before a verb: "had narrowly rejected"

bool has_word(const DealScene& scene, TokenRange range, DealWord list) {
  for (std::size_t i = range.first; i < range.end; ++i) {
    if (scene.is_word(i, list)) return true;
  }
  return false;
}

bool is_vote(const CueHit& hit) {
  const std::string_view verb = hit.cue->words.front().folded;
  return verb.starts_with("vote") || verb == "votó" || verb == "stimmte";
}

// "ha votado en contra": the verb behind the auxiliary.
bool is_compound_vote(const CueHit& hit) {
  return hit.cue->words.size() > 1 && (hit.cue->words[1].folded.starts_with("vot"));
}

// "3", "three".
std::optional<std::int64_t> number_at(const DealScene& scene, std::size_t token) {
  const Token& word = scene.prose.tokens()[token];
  if (word.kind == TokenKind::number) {
    const auto number = parse_number(word.folded, DecimalMark::unknown, false);
    return number ? number->scaled(0) : std::nullopt;
  }
  const auto number = number_words_at(scene.prose.tokens(), token);
  return number && !number->is_article ? number->value.scaled(0) : std::nullopt;
}

// "two senators", "several members", "three of the nine"; not "all five members", "seven of nine".
bool is_of_some(const DealScene& scene, std::size_t plural) {
  constexpr std::size_t reach = 4;
  std::optional<std::int64_t> all;
  bool has_some = false;
  const TokenRange lead = before(scene, plural, reach);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    const std::size_t at = i - 1;
    if (scene.is_mark(at, "all")) return false;
    if (scene.is_word(at, DealWord::clause_mark)) break;
    const auto number = number_at(scene, at);
    if (number && all) return *number * 2 <= *all;
    if (number) all = number;
    has_some = has_some || number || scene.is_word(at, DealWord::some);
  }
  return has_some;
}

bool is_plural(const Token& token) {
  return token.folded.ends_with("s") || token.folded.ends_with("men") ||
         token.folded.ends_with("abgeordneten") || token.folded == "deputati";
}

// What keeps a motion and what it asks for in one clause ends at a comma, but for "dass" and "zu".
bool ends_clause(const DealScene& scene, std::size_t token) {
  if (!scene.is_word(token, DealWord::clause_mark)) return false;
  if (!scene.is_mark(token, ",")) return true;
  const TokenRange next = after(scene, token + 1, undo_reach);
  for (std::size_t i = next.first; i < next.end; ++i) {
    if (scene.is_mark(i, "dass") || scene.is_mark(i, "zu")) return false;
  }
  return true;
}

// "to be cancelled", "zu kündigen", "gekündigt wird": an infinitive, or part of one.
bool is_nonfinite(const DealScene& scene, std::size_t first, std::size_t end) {
  if (scene.is_mark(first, "to") || scene.is_word(first, DealWord::nonfinite)) return true;
  const TokenRange lead = before(scene, first, 2);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    if (scene.is_word(i - 1, DealWord::nonfinite)) return true;
    const bool is_article =
        scene.is_word(i - 1, DealWord::definite) || scene.is_word(i - 1, DealWord::indefinite);
    if (!is_article) break;
  }
  const TokenRange next = after(scene, end, 1);
  return next.first < next.end && scene.is_word(next.first, DealWord::nonfinite) &&
         scene.prose.tokens()[next.first].folded.starts_with("w");
}

// "to have the contract voided"; not "to have voided the contract".
bool is_caused(const DealScene& scene, const CueHit& hit) {
  const TokenRange lead = before(scene, hit.first, undo_reach);
  for (std::size_t i = lead.first + 1; i + 1 < lead.end; ++i) {
    if (scene.is_word(i, DealWord::causative) && scene.is_mark(i - 1, "to")) return true;
  }
  return false;
}

// The motion that governs the token, in its clause.
std::optional<std::size_t> motion_before(const DealScene& scene, std::size_t token) {
  const TokenRange lead = before(scene, token, motion_reach);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    if (scene.is_word(i - 1, DealWord::motion)) return i - 1;
    if (ends_clause(scene, i - 1)) return std::nullopt;
  }
  return std::nullopt;
}

// "approved a motion to end it", "A motion to end it was adopted".
bool is_adopted(const DealScene& scene, std::size_t motion, const CueHit& hit) {
  if (has_word(scene, before(scene, motion, adopts_reach), DealWord::adopts)) return true;
  const TokenRange rest = after(scene, hit.end, subject_reach);
  for (std::size_t i = rest.first; i < rest.end; ++i) {
    if (scene.is_word(i, DealWord::clause_break)) return false;
    if (scene.is_word(i, DealWord::adopts)) return !has_hedge(scene, {rest.first, i});
  }
  return false;
}

// "a motion to delay" from the token on, no further than `end`.
bool is_motion_against(const DealScene& scene, std::size_t token, std::size_t end) {
  if (!scene.is_word(token, DealWord::motion)) return false;
  const std::string_view word = scene.prose.tokens()[token].folded;
  if (word.starts_with("amendment")) return true;
  for (std::size_t i = token + 1; i < end; ++i) {
    if (scene.is_word(i, DealWord::undo) && is_nonfinite(scene, i, i + 1)) return true;
    if (ends_clause(scene, i)) return false;
  }
  return false;
}

}  // namespace

bool is_of_bystander(const DealScene& scene, const CueHit& hit) {
  const bool is_by_vote = is_vote(hit) || is_compound_vote(hit);
  const TokenRange lead = before(scene, hit.first, subject_reach);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    const std::size_t at = i - 1;
    if (scene.is_word(at, DealWord::passive)) return false;  // "was rejected"
    if (scene.is_word(at, DealWord::bystander)) return true;
    if (is_by_vote && scene.is_word(at, DealWord::single_voter)) return true;
    if (scene.is_word(at, DealWord::body)) {
      return is_plural(scene.prose.tokens()[at]) && is_of_some(scene, at);
    }
    if (scene.is_mark(at, ";")) return false;
  }
  return false;
}

bool is_opinion(const DealScene& scene, const CueHit& hit) {
  if (!scene.is_word(hit.first, DealWord::opinion)) return false;
  const TokenRange lead = before(scene, hit.first, past_reach);
  for (std::size_t i = lead.end; i > lead.first; --i) {
    if (scene.is_word(i - 1, DealWord::single_voter)) return true;
    if (scene.is_word(i - 1, DealWord::body)) return false;
  }
  return false;
}

bool is_asked_for(const DealScene& scene, const CueHit& hit) {
  if (!is_nonfinite(scene, hit.first, hit.end) && !is_caused(scene, hit)) return false;
  const auto motion = motion_before(scene, hit.first);
  return motion && !is_adopted(scene, *motion, hit);
}

bool is_about_motion(const DealScene& scene, const CueHit& hit) {
  const TokenRange object{hit.first + 1, after(scene, hit.end, object_reach).end};
  for (std::size_t i = object.first; i < object.end; ++i) {
    if (scene.is_word(i, DealWord::clause_break)) break;
    if (is_motion_against(scene, i, after(scene, i + 1, undo_reach).end)) return true;
  }
  const TokenRange subject = before(scene, hit.first, subject_reach);
  const bool is_passive = scene.is_word(hit.first, DealWord::passive) ||
                          scene.is_mark(hit.first, "been") ||
                          has_word(scene, before(scene, hit.first, 2), DealWord::passive);
  for (std::size_t i = subject.end; is_passive && i > subject.first; --i) {
    if (scene.is_mark(i - 1, ",") || scene.is_word(i - 1, DealWord::clause_break)) return false;
    if (is_motion_against(scene, i - 1, hit.first)) return true;
  }
  return false;
}

bool is_about_another(const DealScene& scene, const CueHit& hit) {
  // "turned down the contract"
  const bool names_object =
      std::ranges::any_of(hit.cue->words, [](const CueWord& word) { return word.folded == "the"; });
  if (names_object) return false;
  // Within a phrase with a gap, too: "rejected ... proposal".
  const TokenRange object{hit.first + 1, after(scene, hit.end, another_reach).end};
  for (std::size_t i = object.first; i < object.end; ++i) {
    const TokenRange here{i, i + 1};
    if (scene.is_word(i, DealWord::other_deal) || scene.has_cue(here, CueKind::another)) {
      return true;
    }
    if (scene.is_word(i, DealWord::pronoun) || scene.has_cue(here, CueKind::noun)) return false;
  }
  return false;
}

bool is_told_as_past(const DealScene& scene, const CueHit& hit) {
  const TokenRange lead = before(scene, hit.first, past_reach);
  if (!has_word(scene, {lead.first, hit.end}, DealWord::pluperfect)) return false;
  return !has_word(scene, before(scene, hit.first, subject_reach), DealWord::says);
}

}  // namespace stakeout
