#include "extractors/facts/facts.h"

#include "extractors/facts/claims.h"
#include "extractors/facts/dates.h"
#include "extractors/facts/money.h"
#include "extractors/facts/roles.h"
#include "extractors/text/prose.h"

namespace stakeout {

Facts extract_facts(std::string_view text, const FactContext& context) {
  const Prose prose{text};
  Facts facts;
  facts.mentions = context.mentions.find(prose);
  facts.money = find_money(prose);
  assign_roles(prose, facts.mentions, facts.money);
  facts.dates = find_dates(prose, context.published);
  facts.durations = find_durations(prose);
  facts.claims = find_claims(prose, facts.mentions, facts.money, facts.dates, facts.durations,
                             context.published);
  return facts;
}

}  // namespace stakeout
