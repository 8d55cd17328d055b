#include "extractors/facts/tense.h"

#include <algorithm>

#include "extractors/facts/date_cues.h"

namespace stakeout {
namespace {

constexpr std::size_t reach = 12;

// A participle or a regular past: "signed". Short words ("need", "red") are none.
bool is_ed_form(const Token& token) {
  return token.kind == TokenKind::word && token.folded.size() > 4 && token.folded.ends_with("ed") &&
         !token.folded.ends_with("eed");
}

// "May", which in small letters looks ahead.
bool is_month_of_may(const Prose& prose, std::size_t token) {
  return prose.words(token) == "May";
}

// Whether "will", "to be" or the like stands shortly before a participle.
bool has_modal_before(const Prose& prose, std::size_t at, std::size_t begin) {
  constexpr std::size_t most_between = 4;
  for (std::size_t end = at; end > begin && at - end < most_between; --end) {
    const bool is_modal = date_cue_before(prose.tokens(), end, DateCueKind::modal).has_value();
    if (is_modal && !is_month_of_may(prose, end - 1)) return true;
  }
  return false;
}

Tense tense_before(const Prose& prose, std::size_t first, std::size_t begin) {
  bool looks_ahead = false;
  for (std::size_t end = first; end > begin && first - end < reach; --end) {
    const auto& tokens = prose.tokens();
    if (is_month_of_may(prose, end - 1)) continue;
    if (date_cue_before(tokens, end, DateCueKind::future)) return Tense::future;
    if (end == first && date_cue_before(tokens, end, DateCueKind::open)) {
      looks_ahead = true;
      continue;
    }
    if (date_cue_before(tokens, end, DateCueKind::past) || is_ed_form(tokens[end - 1])) {
      return has_modal_before(prose, end - 1, begin) ? Tense::future : Tense::past;
    }
  }
  return looks_ahead ? Tense::future : Tense::unknown;
}

Tense tense_behind(const Prose& prose, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < std::min(end, begin + reach); ++at) {
    if (is_month_of_may(prose, at)) continue;
    if (date_cue_at(prose.tokens(), at, DateCueKind::future)) return Tense::future;
    if (date_cue_at(prose.tokens(), at, DateCueKind::past) || is_ed_form(prose.tokens()[at])) {
      return Tense::past;
    }
  }
  return Tense::unknown;
}

}  // namespace

Tense tense_around(const Prose& prose, std::size_t first, std::size_t end) {
  const Sentence& sentence = prose.sentences()[prose.sentence_of(first)];
  if (date_cue_before(prose.tokens(), first, DateCueKind::near)) return Tense::unknown;
  const Tense before = tense_before(prose, first, sentence.first_token);
  return before != Tense::unknown ? before : tense_behind(prose, end, sentence.end_token);
}

}  // namespace stakeout
