#include "extractors/facts/deal_scene.h"

#include <set>
#include <string_view>
#include <utility>

namespace stakeout {
namespace {

// How far a word such as "unlike" reaches to the name that it is about.
constexpr std::size_t rival_reach = 3;
constexpr std::size_t beaten_reach = 2;

// How many of the sentences end within the tokens that are looked at; the first always does.
std::size_t count_sentences(const Prose& prose) {
  const auto behind =
      std::ranges::upper_bound(prose.sentences(), DealScene::most_tokens, {}, &Sentence::end_token);
  return static_cast<std::size_t>(behind - prose.sentences().begin());
}

// Places the facts that stand in the first `sentences` sentences.
template <class T, class Out>
void place(const std::vector<T>& facts, const Prose& prose, std::size_t sentences,
           std::vector<Out>& out) {
  for (const T& fact : facts) {
    const auto [first, end] = prose.tokens_of(fact.span);
    if (first == end) continue;
    if (prose.sentence_of(first) >= sentences) break;
    Out placed;
    placed.fact = &fact;
    placed.at = {first, end};
    placed.sentence = prose.sentence_of(first);
    out.push_back(placed);
  }
}

}  // namespace

bool is_listed_with(const DealScene& scene, const Party& earlier, const Party& later) {
  if (later.at.first <= earlier.at.end || later.at.first - earlier.at.end > 3) return false;
  for (std::size_t i = earlier.at.end; i < later.at.first; ++i) {
    // "to Acme and to Bolt"
    const bool is_repeated = i > earlier.at.end && scene.is_word(i - 1, DealWord::conjunction) &&
                             scene.is_word(i, DealWord::vendor_preposition);
    if (!scene.is_word(i, DealWord::name_joint) && !is_repeated) return false;
  }
  return true;
}

namespace {

// "unlike A, B and C" is a list at B; "unlike A, B sells ..." is none.
bool goes_on(const DealScene& scene, std::size_t index) {
  const Party& party = scene.parties[index];
  if (!scene.is_mark(party.at.first - 1, ",")) return true;
  return index + 1 < scene.parties.size() && is_listed_with(scene, party, scene.parties[index + 1]);
}

// "Acme's rival Bolt" speaks of Bolt, and names Acme beside it.
bool is_rival_of_earlier(const DealScene& scene, std::size_t index, const CueHit& rival) {
  return index > 0 && scene.parties[index - 1].at.end + 1 == rival.first &&
         scene.is_mark(scene.parties[index - 1].at.end, "'s");
}

void mark_party(DealScene& scene, std::size_t index) {
  Party& party = scene.parties[index];
  const CueHit* rival = scene.last_cue(before(scene, party.at.first, rival_reach), CueKind::rival);
  // The cue has to reach the name unbroken: a comma ends what it is about.
  bool unbroken = rival != nullptr &&
                  (rival->cue->detail != "vendor" || party.fact->kind == EntityKind::vendor);
  for (std::size_t i = rival == nullptr ? 0 : rival->end; unbroken && i < party.at.first; ++i) {
    unbroken = scene.prose.tokens()[i].kind == TokenKind::word;
  }
  party.is_rival = unbroken;
  if (unbroken && is_rival_of_earlier(scene, index, *rival)) {
    party.is_rival = false;
    scene.parties[index - 1].is_rival = true;
  }
  party.is_beaten = scene.has_cue(after(scene, party.at.end, beaten_reach), CueKind::beaten);
  if (index > 0 && !party.is_rival) {
    const Party& earlier = scene.parties[index - 1];
    party.is_rival = earlier.is_rival && earlier.fact->kind == party.fact->kind &&
                     is_listed_with(scene, earlier, party) && goes_on(scene, index);
  }
  const TokenRange around{before(scene, party.at.first, 1).first, party.at.end};
  party.is_oversight = scene.has_cue(around, CueKind::oversight);
}

// Marks runs of three and more names of one kind.
void mark_enumerations(DealScene& scene) {
  std::size_t first = 0;
  for (std::size_t i = 1; i <= scene.parties.size(); ++i) {
    const bool goes_on = i < scene.parties.size() &&
                         scene.parties[i].fact->kind == scene.parties[i - 1].fact->kind &&
                         is_listed_with(scene, scene.parties[i - 1], scene.parties[i]);
    if (goes_on) continue;
    std::set<std::string_view> names;
    for (std::size_t k = first; k < i; ++k) names.insert(scene.parties[k].fact->name);
    for (std::size_t k = first; names.size() >= 3 && k < i; ++k) {
      scene.parties[k].is_enumerated = true;
    }
    first = i;
  }
}

// "An earlier version of this article", "misstated", "$3 million, not $2 million": a paragraph that
// opens with "Correction:" and has none of these may be an official notice.
bool speaks_of_error(const DealScene& scene, std::size_t sentence) {
  const auto& sentences = scene.prose.sentences();
  const std::uint32_t paragraph = sentences[sentence].paragraph;
  for (; sentence < scene.sentence_count && sentences[sentence].paragraph == paragraph;
       ++sentence) {
    const TokenRange range = scene.tokens_of(sentence);
    for (std::size_t i = range.first; i < range.end; ++i) {
      if (scene.is_word(i, DealWord::error)) return true;
      const bool contrasts = i > range.first && scene.is_word(i - 1, DealWord::clause_mark) &&
                             scene.is_word(i, DealWord::negation);
      if (contrasts) return true;
    }
  }
  return false;
}

// "Correction: ...", "(Editor's note: ...", "An earlier version of this article ...".
bool opens_correction(const DealScene& scene, std::size_t sentence) {
  const auto& sentences = scene.prose.sentences();
  const TokenRange range = scene.tokens_of(sentence);
  const bool opens_paragraph =
      sentence == 0 || sentences[sentence].paragraph != sentences[sentence - 1].paragraph;
  return std::ranges::any_of(scene.cues_in(range), [&](const CueHit& hit) {
    if (!hit.is(CueKind::correction)) return false;
    if (hit.cue->detail == "anywhere") return true;
    const bool is_head = hit.first <= range.first + 1 &&
                         (hit.end >= range.end || scene.is_word(hit.end, DealWord::clause_mark));
    return opens_paragraph && is_head &&
           (hit.cue->detail == "note" || speaks_of_error(scene, sentence));
  });
}

}  // namespace

DealScene::DealScene(const Prose& text, const std::vector<Mention>& mentions,
                     const std::vector<MoneyMention>& money,
                     const std::vector<DateMention>& dates_in_text,
                     const std::vector<DurationMention>& durations_in_text,
                     std::vector<CueHit> cues_in_text)
    : prose{text}, sentence_count{count_sentences(text)}, cues{std::move(cues_in_text)} {
  place(mentions, prose, sentence_count, parties);
  place(money, prose, sentence_count, sums);
  place(dates_in_text, prose, sentence_count, dates);
  place(durations_in_text, prose, sentence_count, durations);
  for (Party& party : parties) {
    const auto next = static_cast<std::uint32_t>(names_.size());
    party.name = names_.try_emplace(party.fact->name, next).first->second;
  }
  for (std::size_t s = 0; s < sentence_count; ++s) {
    for (std::size_t i = tokens_of(s).first; i < tokens_of(s).end; ++i) {
      if (prose.tokens()[i].folded == ";") semicolons_.push_back(i);
    }
  }
  mark_corrections();
  for (std::size_t i = 0; i < parties.size(); ++i) mark_party(*this, i);
  mark_enumerations(*this);
}

void DealScene::mark_corrections() {
  corrections_.assign(sentence_count, false);
  const auto& sentences = prose.sentences();
  for (std::size_t s = 0; s < sentence_count; ++s) {
    const bool goes_on =
        s > 0 && corrections_[s - 1] && sentences[s].paragraph == sentences[s - 1].paragraph;
    corrections_[s] = goes_on || opens_correction(*this, s);
  }
  std::erase_if(cues, [&](const CueHit& hit) {
    const std::size_t s = prose.sentence_of(hit.first);
    return s < sentence_count && corrections_[s];
  });
}

std::optional<std::uint32_t> DealScene::name_id(const std::string& name) const {
  const auto known = names_.find(name);
  return known == names_.end() ? std::nullopt : std::optional{known->second};
}

std::size_t DealScene::count_semicolons(TokenRange range) const {
  const auto first = std::ranges::lower_bound(semicolons_, range.first);
  return static_cast<std::size_t>(std::lower_bound(first, semicolons_.end(), range.end) - first);
}

std::span<const CueHit> DealScene::cues_in(TokenRange range) const {
  const auto before_token = [](const CueHit& hit, std::size_t token) { return hit.first < token; };
  const auto first = std::lower_bound(cues.begin(), cues.end(), range.first, before_token);
  const auto end = std::lower_bound(first, cues.end(), range.end, before_token);
  return {first, end};
}

const CueHit* DealScene::last_cue(TokenRange range, CueKind kind) const {
  const auto hits = cues_in(range);
  const auto hit =
      std::find_if(hits.rbegin(), hits.rend(), [&](const CueHit& h) { return h.is(kind); });
  return hit == hits.rend() ? nullptr : &*hit;
}

const CueHit* DealScene::first_cue(TokenRange range, CueKind kind) const {
  const auto hits = cues_in(range);
  const auto hit =
      std::find_if(hits.begin(), hits.end(), [&](const CueHit& h) { return h.is(kind); });
  return hit == hits.end() ? nullptr : &*hit;
}

TokenRange before(const DealScene& scene, std::size_t token, std::size_t count) {
  const TokenRange sentence = scene.tokens_of(scene.prose.sentence_of(token));
  return {std::max(sentence.first, token - std::min(token, count)), token};
}

TokenRange after(const DealScene& scene, std::size_t token, std::size_t count) {
  if (token == 0) return {0, 0};
  const TokenRange sentence = scene.tokens_of(scene.prose.sentence_of(token - 1));
  return {token, std::max(token, std::min(sentence.end, token + count))};
}

}  // namespace stakeout
