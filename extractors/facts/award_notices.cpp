#include "extractors/facts/award_notices.h"

#include <optional>
#include <string>
#include <utility>

#include "extractors/facts/award_ids.h"

namespace stakeout {
namespace {

constexpr std::size_t part_reach = 6;
// Sentences of a paragraph that a notice is read from: several times as many as one has.
constexpr std::size_t longest_notice = 100;

// The sentences [first, end) of one paragraph, the first `longest_notice` of it, and the tokens
// that they cover.
struct Paragraph {
  std::size_t first = 0;
  std::size_t end = 0;
  TokenRange tokens;
};

std::vector<Paragraph> paragraphs_of(const Prose& prose, std::size_t sentence_count) {
  std::vector<Paragraph> paragraphs;
  const auto& sentences = prose.sentences();
  for (std::size_t s = 0; s < sentence_count; ++s) {
    const Sentence& sentence = sentences[s];
    if (s == 0 || sentences[s - 1].paragraph != sentence.paragraph) {
      paragraphs.push_back({s, s, {sentence.first_token, sentence.first_token}});
    }
    if (s - paragraphs.back().first >= longest_notice) continue;
    paragraphs.back().end = s + 1;
    paragraphs.back().tokens.end = sentence.end_token;
  }
  return paragraphs;
}

// The verb by which the supplier comes to the award: "is awarded", "are to compete".
const CueHit* award_verb(const DealScene& scene, TokenRange range) {
  for (const CueHit& hit : scene.cues_in(range)) {
    if ((hit.is(CueKind::act) && hit.cue->detail == "seller awarded" &&
         hit.cue->words.back().folded == "awarded") ||
        (hit.is(CueKind::notice) && hit.cue->detail == "verb")) {
      return &hit;
    }
  }
  return nullptr;
}

const CueHit* activity_cue(const DealScene& scene, TokenRange range) {
  for (const CueHit& hit : scene.cues_in(range)) {
    if (hit.is(CueKind::notice) && hit.cue->detail == "activity") return &hit;
  }
  return nullptr;
}

// A supplier without a mention: the words up to the first comma, with a legal form behind it.
std::optional<Found<DealParty>> name_at(const DealScene& scene, TokenRange segment) {
  const auto& tokens = scene.prose.tokens();
  std::size_t first = segment.first;
  while (first < segment.end &&
         (scene.is_mark(first, "and") || tokens[first].kind != TokenKind::word)) {
    ++first;
  }
  std::size_t end = first;
  while (end < segment.end && !scene.is_mark(end, ",") && !scene.is_mark(end, "(") &&
         !scene.is_mark(end, "*"))
    ++end;
  if (end == first || end == segment.end || !tokens[first].starts_upper || end - first > 12) {
    return std::nullopt;
  }
  // "The five-year, firm-fixed-price deal was awarded by" names nobody.
  if (scene.is_word(first, DealWord::definite) || scene.is_word(first, DealWord::indefinite)) {
    return std::nullopt;
  }
  if (end + 1 < segment.end && scene.is_word(end + 1, DealWord::legal_form)) {
    end += 2;
    if (end < segment.end && scene.is_mark(end, ".") && !tokens[end].space_before) ++end;
  }
  DealParty supplier{std::string{scene.prose.words(first, end)}, false, {}};
  supplier.name_id = scene.name_id(supplier.name);
  return Found<DealParty>{std::move(supplier), {first, end}, "notice-subject"};
}

std::optional<Found<DealParty>> supplier_in(const DealScene& scene, TokenRange segment,
                                            bool name_may_be_unknown) {
  for (const Party& party : items_in(scene.parties, segment)) {
    if (party.fact->kind != EntityKind::vendor) continue;
    return Found<DealParty>{
        {party.fact->name, party.fact->listed, party.name}, party.at, "notice-subject"};
  }
  return name_may_be_unknown ? name_at(scene, segment) : std::nullopt;
}

// The subject of the award verb, cut at the semicolons of a shared award.
std::vector<TokenRange> segments_before(const DealScene& scene, TokenRange subject) {
  std::vector<TokenRange> segments{subject};
  for (std::size_t i = subject.first; i < subject.end; ++i) {
    if (scene.is_mark(i, ":")) segments.back().first = i + 1;
    if (!scene.is_mark(i, ";")) continue;
    segments.back().end = i;
    segments.push_back({i + 1, subject.end});
  }
  return segments;
}

// The value of the award: the first sum that is not said to be a part of it.
std::optional<Found<const MoneyMention*>> value_in(const DealScene& scene, TokenRange range) {
  for (const auto& sum : items_in(scene.sums, range)) {
    if (sum.fact->role == Role::penalty || sum.fact->role == Role::revenue) continue;
    const CueHit* part = scene.last_cue(before(scene, sum.at.first, part_reach), CueKind::part);
    if (part != nullptr && part->cue->detail != "ceiling") continue;
    return Found<const MoneyMention*>{sum.fact, sum.at, "notice-value"};
  }
  return std::nullopt;
}

// The contracting activity; without one the last body named in the sentence of the award.
std::optional<Found<DealParty>> buyer_in(const DealScene& scene, const Paragraph& paragraph,
                                         TokenRange award_sentence) {
  const CueHit* cue = activity_cue(scene, paragraph.tokens);
  const Party* best = nullptr;
  std::size_t best_gap = 0;
  const TokenRange range =
      cue == nullptr ? award_sentence : scene.tokens_of(scene.prose.sentence_of(cue->first));
  for (const Party& party : items_in(scene.parties, range)) {
    if (party.fact->kind != EntityKind::agency) continue;
    const TokenRange gap =
        cue == nullptr ? TokenRange{} : gap_between(party.at, {cue->first, cue->end});
    if (best == nullptr || cue == nullptr || gap.end - gap.first < best_gap) {
      best = &party;
      best_gap = gap.end - gap.first;
    }
  }
  if (best == nullptr) return std::nullopt;
  return Found<DealParty>{{best->fact->name, best->fact->listed, best->name},
                          best->at,
                          cue == nullptr ? "notice-customer" : cue->cue->rule};
}

Found<Status> status_of(const DealScene& scene, const CueHit& verb, TokenRange award_sentence) {
  for (const CueHit& hit : scene.cues_in({verb.end, award_sentence.end})) {
    if (hit.is(CueKind::noun) && hit.cue->detail.ends_with("modified")) {
      return {Status::modified, {hit.first, hit.end}, hit.cue->rule};
    }
    if (hit.is(CueKind::noun) && hit.cue->detail.starts_with("strong")) break;
  }
  return {Status::awarded, {verb.first, verb.end}, verb.cue->rule};
}

void read_notice(const DealScene& scene, const Paragraph& paragraph, std::vector<Deal>& deals) {
  const CueHit* verb = award_verb(scene, paragraph.tokens);
  if (verb == nullptr) return;
  const auto ids = find_award_ids(scene, paragraph.tokens);
  const bool names_activity = activity_cue(scene, paragraph.tokens) != nullptr;
  if (ids.empty() && !names_activity) return;
  const std::size_t sentence = scene.prose.sentence_of(verb->first);
  const TokenRange award_sentence = scene.tokens_of(sentence);
  const auto value = value_in(scene, {award_sentence.first, paragraph.tokens.end});
  const auto buyer = buyer_in(scene, paragraph, award_sentence);
  const auto segments = segments_before(scene, {award_sentence.first, verb->first});
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const TokenRange segment = segments[i];
    Deal deal;
    deal.vendor = supplier_in(scene, segment, names_activity);
    if (!deal.vendor || (!value && !buyer)) continue;
    deal.is_notice = true;
    deal.sentence = sentence;
    deal.anchor = value ? value->at : TokenRange{verb->first, verb->end};
    deal.sum = value;
    deal.agency = buyer;
    deal.status = status_of(scene, *verb, award_sentence);
    const auto own_ids = find_award_ids(scene, segment);
    if (!own_ids.empty()) {
      deal.award_id = own_ids.front();
    } else if (!ids.empty()) {
      // As many numbers as suppliers stand in the order of these.
      deal.award_id = ids.size() == segments.size() ? ids[i] : ids.front();
    }
    for (std::size_t s = paragraph.first; s < paragraph.end; ++s) deal.sentences.push_back(s);
    deals.push_back(std::move(deal));
    if (deals.size() == DealScene::most_deals) return;
  }
}

}  // namespace

std::vector<Deal> find_award_notices(const DealScene& scene) {
  std::vector<Deal> deals;
  for (const Paragraph& paragraph : paragraphs_of(scene.prose, scene.sentence_count)) {
    if (deals.size() < DealScene::most_deals) read_notice(scene, paragraph, deals);
  }
  return deals;
}

}  // namespace stakeout
