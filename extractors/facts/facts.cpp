#include "extractors/facts/facts.h"

#include <iterator>
#include <utility>
#include <vector>

#include "extractors/facts/claims.h"
#include "extractors/facts/dates.h"
#include "extractors/facts/deal_cues.h"
#include "extractors/facts/money.h"
#include "extractors/facts/passed_over_deals.h"
#include "extractors/facts/roles.h"
#include "extractors/text/prose.h"

namespace stakeout {

Facts extract_facts(std::string_view text, const FactContext& context) {
  return extract_facts(Prose{text}, context);
}

Facts extract_facts(const Prose& prose, const FactContext& context) {
  Facts facts;
  facts.mentions = context.mentions.find(prose);
  facts.money = find_money(prose);
  // Where nobody is named and nothing paid, no deal is told.
  std::vector<CueHit> cues;
  if (!facts.mentions.empty() || !facts.money.empty()) cues = deal_cues().find(prose);
  assign_roles(prose, facts.mentions, cues, facts.money);
  facts.dates = find_dates(prose, context.published);
  facts.durations = find_durations(prose);
  facts.claims = find_claims(prose, facts.mentions, facts.money, facts.dates, facts.durations,
                             std::move(cues), context.published);
  return facts;
}

std::vector<PassedOver> explain_passed_over(const Prose& prose, const FactContext& context,
                                            const Facts& facts) {
  std::vector<PassedOver> all = context.mentions.passed_over(prose, facts.mentions);
  std::vector<PassedOver> deals = find_passed_deals(prose, facts, deal_cues().find(prose));
  all.insert(all.end(), std::make_move_iterator(deals.begin()),
             std::make_move_iterator(deals.end()));
  return all;
}

}  // namespace stakeout
