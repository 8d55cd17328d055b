#include "extractors/facts/date_cues.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "extractors/facts/phrases.h"
#include "extractors/text/table.h"

namespace stakeout {

namespace facts_data {
std::string_view date_cues();
}  // namespace facts_data

namespace {

constexpr auto kind_names = std::to_array<std::string_view>(
    {"ordinal", "suffix",      "joint",        "same_year", "unit_filler", "between",
     "and",     "before_year", "before_month", "month_in",  "month_lead",  "not_month",
     "unit",    "unit_of_one", "day",          "shift",     "when",        "season",
     "period",  "weekday",     "future",       "past",      "modal",       "open",
     "lasting", "aged",        "lasts",        "near"});

struct Cues {
  std::array<PhraseTable, kind_names.size()> phrases;  // their values are rows
  std::vector<std::string_view> values;
};

const Cues& cues() {
  static const Cues table = [] {
    Cues t;
    for (const auto& row : read_table(facts_data::date_cues())) {
      const auto kind = std::ranges::find(kind_names, row.at(0));
      if (kind == kind_names.end()) continue;
      PhraseTable& phrases = t.phrases[static_cast<std::size_t>(kind - kind_names.begin())];
      std::string_view words = row.at(2);
      while (!words.empty()) {
        const std::size_t bar = words.find('|');
        phrases.add(words.substr(0, bar), t.values.size());
        words.remove_prefix(bar == std::string_view::npos ? words.size() : bar + 1);
      }
      t.values.push_back(row.at(1));
    }
    return t;
  }();
  return table;
}

const PhraseTable& phrases_of(DateCueKind kind) {
  return cues().phrases[static_cast<std::size_t>(kind)];
}

std::optional<DateCue> cue_of(const std::optional<PhraseTable::Match>& match) {
  if (!match) return std::nullopt;
  DateCue cue{match->tokens, cues().values[match->value], 0};
  std::from_chars(cue.value.data(), cue.value.data() + cue.value.size(), cue.number);
  return cue;
}

}  // namespace

std::optional<DateCue> date_cue_at(std::span<const Token> tokens, std::size_t at,
                                   DateCueKind kind) {
  return cue_of(phrases_of(kind).starting_at(tokens, at));
}

std::optional<DateCue> date_cue_before(std::span<const Token> tokens, std::size_t end,
                                       DateCueKind kind) {
  return cue_of(phrases_of(kind).ending_at(tokens, end));
}

}  // namespace stakeout
