#include "extractors/facts/deal_cues.h"

#include <array>
#include <optional>
#include <utility>

#include "extractors/text/table.h"

namespace stakeout::facts_data {
std::string_view deal_nouns();
std::string_view deal_verbs();
std::string_view deal_states();
std::string_view deal_dates();
std::string_view deal_parties();
}  // namespace stakeout::facts_data

namespace stakeout {
namespace {

constexpr std::size_t longest_gap = 4;

constexpr std::array kind_words = {
    std::pair{std::string_view{"noun"}, CueKind::noun},
    std::pair{std::string_view{"block"}, CueKind::block},
    std::pair{std::string_view{"act"}, CueKind::act},
    std::pair{std::string_view{"state"}, CueKind::state},
    std::pair{std::string_view{"day"}, CueKind::day},
    std::pair{std::string_view{"vendor_ref"}, CueKind::vendor_ref},
    std::pair{std::string_view{"agency_ref"}, CueKind::agency_ref},
    std::pair{std::string_view{"both_ref"}, CueKind::both_ref},
    std::pair{std::string_view{"rival"}, CueKind::rival},
    std::pair{std::string_view{"beaten"}, CueKind::beaten},
    std::pair{std::string_view{"hedge"}, CueKind::hedge},
    std::pair{std::string_view{"part"}, CueKind::part},
    std::pair{std::string_view{"another"}, CueKind::another},
    std::pair{std::string_view{"oversight"}, CueKind::oversight},
    std::pair{std::string_view{"sum"}, CueKind::sum},
    std::pair{std::string_view{"private_buyer"}, CueKind::private_buyer},
    std::pair{std::string_view{"notice"}, CueKind::notice},
    std::pair{std::string_view{"successor"}, CueKind::successor},
    std::pair{std::string_view{"invites"}, CueKind::invites},
    std::pair{std::string_view{"correction"}, CueKind::correction},
};

std::optional<CueKind> find_kind(std::string_view word) {
  for (const auto& [name, kind] : kind_words) {
    if (name == word) return kind;
  }
  return std::nullopt;
}

// A phrase as the tokens that Prose makes of it; the sign for a gap stays as it is.
std::vector<CueWord> words_of_phrase(std::string_view phrase) {
  std::vector<CueWord> words;
  while (!phrase.empty()) {
    const std::size_t blank = phrase.find(' ');
    const std::string_view part = phrase.substr(0, blank);
    phrase = blank == std::string_view::npos ? std::string_view{} : phrase.substr(blank + 1);
    if (part == "...") {
      words.push_back({{}, 0, true});
      continue;
    }
    const Prose prose{part};
    for (const Token& token : prose.tokens()) words.push_back({token.folded, token.hash, false});
  }
  return words;
}

bool matches(const CueWord& word, const Token& token) {
  return word.hash == token.hash && word.folded == token.folded;
}

// The token after the phrase when it begins at `token`, else 0.
std::size_t match_end(const std::vector<CueWord>& words, const std::vector<Token>& tokens,
                      std::size_t token, std::size_t limit) {
  bool gap = false;
  for (const CueWord& word : words) {
    if (word.is_gap) {
      gap = true;
      continue;
    }
    const std::size_t last = gap ? token + longest_gap : token;
    while (token < limit && token < last && !matches(word, tokens[token])) ++token;
    if (token >= limit || !matches(word, tokens[token])) return 0;
    ++token;
    gap = false;
  }
  return token;
}

bool has_gap(const Cue& cue) {
  for (const CueWord& word : cue.words) {
    if (word.is_gap) return true;
  }
  return false;
}

}  // namespace

CueTable::CueTable(std::span<const CueSource> tables) {
  for (const CueSource& table : tables) {
    for (const auto& row : read_table(table.text)) {
      if (row.size() != 4) continue;
      const auto kind = find_kind(row[1]);
      if (!kind) continue;
      for (std::string_view rest = row[3]; !rest.empty();) {
        const std::size_t bar = rest.find('|');
        auto words = words_of_phrase(rest.substr(0, bar));
        rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
        add({std::move(words), *kind, std::string{row[2]}, std::string{row[0]},
             std::string{table.name}});
      }
    }
  }
}

void CueTable::add(Cue cue) {
  if (cue.words.empty() || cue.words.front().is_gap) return;
  Candidate candidate{.cue = static_cast<std::uint32_t>(cues_.size())};
  if (cue.words.size() > 1 && !cue.words[1].is_gap) {
    candidate.has_second = true;
    candidate.second = cue.words[1].hash;
  }
  by_first_[cue.words.front().folded].push_back(candidate);
  cues_.push_back(std::move(cue));
}

CueHit CueTable::longest_at(const Prose& prose, std::size_t token) const {
  CueHit best;
  const std::vector<Token>& tokens = prose.tokens();
  const auto* candidates = by_first_.find(tokens[token].folded, tokens[token].hash);
  if (candidates == nullptr) return best;
  const std::size_t limit = prose.sentences()[prose.sentence_of(token)].end_token;
  for (const Candidate& candidate : *candidates) {
    const bool fits =
        !candidate.has_second || (token + 1 < limit && tokens[token + 1].hash == candidate.second);
    if (!fits) continue;
    const Cue& cue = cues_[candidate.cue];
    const std::size_t end = match_end(cue.words, tokens, token, limit);
    const bool is_closer = end > 0 && end == best.end && has_gap(*best.cue);
    if (end > best.end || is_closer) best = {token, end, &cue};
  }
  return best;
}

std::vector<CueHit> CueTable::find(const Prose& prose) const {
  std::vector<CueHit> hits;
  for (std::size_t token = 0; token < prose.tokens().size();) {
    const CueHit hit = longest_at(prose, token);
    if (hit.cue == nullptr) {
      ++token;
      continue;
    }
    hits.push_back(hit);
    token = has_gap(*hit.cue) ? token + 1 : hit.end;
  }
  return hits;
}

const CueTable& deal_cues() {
  static const CueTable table = [] {
    const std::array tables = {CueSource{"deal_nouns", facts_data::deal_nouns()},
                               CueSource{"deal_verbs", facts_data::deal_verbs()},
                               CueSource{"deal_states", facts_data::deal_states()},
                               CueSource{"deal_dates", facts_data::deal_dates()},
                               CueSource{"deal_parties", facts_data::deal_parties()}};
    return CueTable{tables};
  }();
  return table;
}

}  // namespace stakeout
