#include "extractors/facts/rule_notes.h"

#include <array>
#include <map>
#include <utility>

#include "extractors/facts/deal_cues.h"
#include "extractors/text/table.h"

namespace stakeout {

namespace facts_data {
std::string_view deal_rules();
std::string_view award_ids();
std::string_view passed_over();
}  // namespace facts_data

namespace {

using Notes = std::map<std::string, std::string, std::less<>>;

constexpr std::array kind_notes = {
    std::pair{CueKind::noun, std::string_view{"a word for a deal"}},
    std::pair{CueKind::act, std::string_view{"a verb of deals"}},
    std::pair{CueKind::state, std::string_view{"words that report how a deal stands"}},
    std::pair{CueKind::day, std::string_view{"words that say what a date is the date of"}},
    std::pair{CueKind::notice, std::string_view{"the frame of an award notice"}},
};

// "a verb of deals (seller awarded)".
std::string note_of(const Cue& cue) {
  std::string note = "data/" + cue.table + ".tsv: ";
  for (const auto& [kind, words] : kind_notes) {
    if (kind == cue.kind) note += words;
  }
  return note + " (" + cue.detail + ")";
}

// Rows of a rule and what it says.
void add_table(Notes& notes, std::string_view name, std::string_view table) {
  for (const auto& row : read_table(table)) {
    if (row.size() != 2) continue;
    notes.try_emplace(std::string{row[0]},
                      "data/" + std::string{name} + ".tsv: " + std::string{row[1]});
  }
}

const Notes& notes() {
  static const Notes table = [] {
    Notes all;
    for (const Cue& cue : deal_cues().cues()) all.try_emplace(cue.rule, note_of(cue));
    for (const auto& row : read_table(facts_data::award_ids())) {
      all.try_emplace(std::string{row[0]}, "data/award_ids.tsv: a number of this shape");
    }
    add_table(all, "deal_rules", facts_data::deal_rules());
    return all;
  }();
  return table;
}

}  // namespace

std::string note_of_passing(std::string_view rule) {
  static const Notes table = [] {
    Notes all;
    add_table(all, "passed_over", facts_data::passed_over());
    return all;
  }();
  const auto note = table.find(rule);
  return note == table.end() ? std::string{} : note->second;
}

std::string note_of_rule(std::string_view rule) {
  const std::size_t comma = rule.find(", ");
  const auto note = notes().find(rule.substr(0, comma));
  std::string text = note == notes().end() ? std::string{} : note->second;
  if (comma == std::string_view::npos || text.empty()) return text;
  return text + "; " + note_of_rule(rule.substr(comma + 2));
}

}  // namespace stakeout
