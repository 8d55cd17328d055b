#include "extractors/facts/claims.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <utility>

#include "extractors/facts/award_ids.h"
#include "extractors/facts/award_notices.h"
#include "extractors/facts/deal_changes.h"
#include "extractors/facts/deal_days.h"
#include "extractors/facts/deal_records.h"
#include "extractors/facts/deal_scene.h"
#include "extractors/facts/deal_status.h"
#include "extractors/facts/deal_successors.h"
#include "extractors/facts/deals.h"

namespace stakeout {
namespace {

// Sentences between two parts of a claim's evidence that may be bridged.
constexpr std::size_t evidence_bridge = 2;

bool speaks_of_a_deal(const DealScene& scene, TokenRange range) {
  return scene.has_cue(range, CueKind::noun) || scene.has_cue(range, CueKind::state) ||
         scene.has_cue(range, CueKind::act);
}

// The sums of deals that the sentence only mentions beside the one that it is about.
std::vector<Money> sums_beside(const DealScene& scene, std::size_t sentence) {
  std::vector<Money> beside;
  for (const auto& sum : items_in(scene.sums, scene.tokens_of(sentence))) {
    if (is_of_deal_beside(scene, sum)) beside.push_back(sum.fact->money);
  }
  return beside;
}

// The deal that a sentence speaks of: of those whose vendor (else agency) it names, the one told
// last before it, else the first one told after it. A sentence about another vendor speaks of none.
Deal* deal_of_sentence(const DealScene& scene, std::size_t sentence, std::vector<Deal>& deals) {
  std::unordered_set<std::uint32_t> vendors;
  std::unordered_set<std::uint32_t> agencies;
  for (const Party& party : items_in(scene.parties, scene.tokens_of(sentence))) {
    if (party.is_rival) continue;
    (party.fact->kind == EntityKind::vendor ? vendors : agencies).insert(party.name);
  }
  const auto names = [](const std::unordered_set<std::uint32_t>& set, const auto& party) {
    return party && party->value.name_id && set.contains(*party->value.name_id);
  };
  const std::vector<Money> beside = sums_beside(scene, sentence);
  Deal* best = nullptr;
  int best_score = -1;
  for (Deal& deal : deals) {
    if (deal.is_notice) continue;
    if (deal.sum && std::ranges::find(beside, deal.sum->value->money) != beside.end()) continue;
    if (!vendors.empty() && !names(vendors, deal.vendor)) continue;
    const bool is_told = deal.sentence <= sentence;
    const int score = (names(agencies, deal.agency) ? 2 : 0) + (is_told ? 1 : 0);
    if (score > best_score || (score == best_score && is_told)) {
      best = &deal;
      best_score = score;
    }
  }
  return best;
}

// "It runs for three years.": a sentence without a name or sum behind one that speaks of a deal.
bool goes_on(const DealScene& scene, std::size_t sentence) {
  constexpr std::size_t longest = 14;
  const auto& sentences = scene.prose.sentences();
  const TokenRange range = scene.tokens_of(sentence);
  return sentence > 0 && !scene.is_correction(sentence) &&
         sentences[sentence].paragraph == sentences[sentence - 1].paragraph &&
         range.end - range.first <= longest && items_in(scene.parties, range).empty() &&
         items_in(scene.sums, range).empty() &&
         !(items_in(scene.durations, range).empty() && items_in(scene.dates, range).empty());
}

// Vendors of a shared award, and of one sentence, share what is said further on.
void share_sentences(std::vector<Deal>& deals) {
  constexpr std::size_t most = 100;  // sentences, more than a story has for one award
  for (std::size_t i = 1; i < deals.size(); ++i) {
    Deal& a = deals[i - 1];
    Deal& b = deals[i];
    const bool is_shared = a.sum && b.sum && a.sum->value == b.sum->value &&
                           a.sentences.size() + b.sentences.size() < most;
    if (is_shared && a.sentences.size() > b.sentences.size()) b.sentences = a.sentences;
    if (is_shared && a.sentences.size() < b.sentences.size()) a.sentences = b.sentences;
  }
}

// Gives each sentence that speaks of a deal to that deal.
void link_sentences(const DealScene& scene, std::vector<Deal>& deals) {
  std::vector<Deal*> told(scene.sentence_count, nullptr);
  for (Deal& deal : deals) {
    for (const std::size_t s : deal.sentences) told[s] = &deal;
  }
  for (std::size_t s = 0; s < told.size(); ++s) {
    if (told[s] != nullptr) continue;
    if (speaks_of_a_deal(scene, scene.tokens_of(s))) {
      told[s] = deal_of_sentence(scene, s, deals);
    } else if (s > 0 && told[s - 1] != nullptr && !told[s - 1]->is_notice && goes_on(scene, s)) {
      told[s] = told[s - 1];
    }
    if (told[s] != nullptr) told[s]->sentences.push_back(s);
  }
  for (Deal& deal : deals) std::sort(deal.sentences.begin(), deal.sentences.end());
  share_sentences(deals);
}

void add_award_ids(const DealScene& scene, std::vector<Deal>& deals) {
  for (Deal& deal : deals) {
    for (const std::size_t s : deal.sentences) {
      if (deal.award_id) break;
      const auto ids = find_award_ids(scene, scene.tokens_of(s));
      if (!ids.empty()) deal.award_id = ids.front();
    }
  }
}

// Adds the deals of records and rows, but for those in a notice.
void add_records(const DealScene& scene, std::vector<Deal>& deals) {
  std::vector<bool> taken(scene.sentence_count, false);
  for (const Deal& deal : deals) {
    for (const std::size_t s : deal.sentences) taken[s] = true;
  }
  for (Deal& record : find_records(scene)) {
    if (!taken[record.sentence] && deals.size() < DealScene::most_deals) {
      deals.push_back(std::move(record));
    }
  }
}

class ClaimWriter {
 public:
  ClaimWriter(const Prose& prose, const Deal& deal) : prose_{prose}, deal_{deal} {}

  Claim write() {
    if (deal_.vendor) {
      claim_.vendor = deal_.vendor->value.name;
      claim_.vendor_listed = deal_.vendor->value.listed;
      say("vendor", deal_.vendor->value.name, *deal_.vendor);
    }
    if (deal_.agency) {
      claim_.agency = deal_.agency->value.name;
      claim_.agency_listed = deal_.agency->value.listed;
      say("agency", deal_.agency->value.name, *deal_.agency);
    }
    if (deal_.sum) {
      claim_.value = deal_.sum->value->money;
      claim_.qualifier = deal_.sum->value->qualifier;
      say("amount", decimal_string(claim_.value->low()), *deal_.sum);
    }
    write_text("term", deal_.term, claim_.term);
    if (deal_.longest_term) say("options", deal_.longest_term->value, *deal_.longest_term);
    write_date("signed", deal_.signed_on, claim_.signed_on);
    write_date("starts", deal_.starts_on, claim_.starts_on);
    write_date("ends", deal_.ends_on, claim_.ends_on);
    if (deal_.status) {
      claim_.status = deal_.status->value;
      say("status", std::string{word_of(deal_.status->value)}, *deal_.status);
    }
    for (const DealState& state : deal_.states) {
      const TokenRange words = state.status.at;
      claim_.history.push_back({state.status.value, state.on, sentence_with(words), state.again,
                                std::string{prose_.words(words.first, words.end)},
                                prose_.span_of_tokens(words.first, words.end), state.status.rule});
    }
    write_text("award_id", deal_.award_id, claim_.award_id);
    write_evidence();
    return std::move(claim_);
  }

 private:
  template <class T>
  void say(std::string field, std::string value, const Found<T>& found) {
    FieldEvidence& said = claim_.fields.emplace_back();
    said.field = std::move(field);
    said.value = std::move(value);
    said.quote = prose_.words(found.at.first, found.at.end);
    said.span = prose_.span_of_tokens(found.at.first, found.at.end);
    said.rule = found.rule;
    said.sentence = sentence_with(found.at);
    if (found.by.first == found.by.end) return;
    said.tie = prose_.words(found.by.first, found.by.end);
    said.tie_span = prose_.span_of_tokens(found.by.first, found.by.end);
  }

  void write_text(const char* field, const std::optional<Found<std::string>>& found,
                  std::optional<std::string>& out) {
    if (!found) return;
    out = found->value;
    say(field, found->value, *found);
  }

  void write_date(const char* field, const std::optional<Found<PartialDate>>& found,
                  std::optional<PartialDate>& out) {
    if (!found) return;
    out = found->value;
    say(field, to_string(found->value), *found);
  }

  [[nodiscard]] std::string sentence_with(TokenRange words) const {
    const Sentence& sentence = prose_.sentences()[prose_.sentence_of(words.first)];
    return std::string{prose_.text().substr(sentence.begin, sentence.end - sentence.begin)};
  }

  // The sentence that states the deal and those beside it in which parties and sum stand.
  void write_evidence() {
    std::size_t first = deal_.sentence;
    std::size_t last = deal_.sentence;
    const auto include = [&](const auto& found) {
      if (!found) return;
      const std::size_t s = prose_.sentence_of(found->at.first);
      if (s < first && first - s <= evidence_bridge) first = s;
      if (s > last && s - last <= evidence_bridge) last = s;
    };
    include(deal_.sum);
    include(deal_.vendor);
    include(deal_.agency);
    const auto& sentences = prose_.sentences();
    for (const std::size_t s : deal_.sentences) {
      claim_.sentences.push_back(prose_.span_of_bytes(sentences[s].begin, sentences[s].end));
    }
    claim_.evidence = prose_.span_of_bytes(sentences[first].begin, sentences[last].end);
    claim_.quote = std::string{
        prose_.text().substr(sentences[first].begin, sentences[last].end - sentences[first].begin)};
  }

  const Prose& prose_;
  const Deal& deal_;
  Claim claim_;
};

}  // namespace

std::vector<Claim> find_claims(const Prose& prose, const std::vector<Mention>& mentions,
                               const std::vector<MoneyMention>& money,
                               const std::vector<DateMention>& dates,
                               const std::vector<DurationMention>& durations,
                               std::vector<CueHit> cues,
                               const std::optional<PartialDate>& published) {
  if (mentions.empty() && money.empty()) return {};
  const DealScene scene{prose, mentions, money, dates, durations, std::move(cues)};
  std::vector<Deal> deals = find_award_notices(scene);
  add_records(scene, deals);
  find_deals(scene, deals);
  std::stable_sort(deals.begin(), deals.end(), [](const Deal& a, const Deal& b) {
    return std::pair{a.sentence, a.anchor.first} < std::pair{b.sentence, b.anchor.first};
  });
  link_sentences(scene, deals);
  add_days(scene, published, deals);
  add_status(scene, published, deals);
  add_award_ids(scene, deals);
  add_successor(scene, published, deals);
  std::vector<Claim> claims;
  claims.reserve(deals.size());
  for (const Deal& deal : deals) claims.push_back(ClaimWriter{prose, deal}.write());
  return claims;
}

}  // namespace stakeout
