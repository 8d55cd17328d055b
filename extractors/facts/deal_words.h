#pragma once

#include "extractors/text/prose.h"

namespace stakeout {

// The lists of data/deal_words.tsv, which says what each is for.
enum class DealWord {
  vendor_preposition,
  agency_preposition,
  topic_preposition,
  name_joint,
  conjunction,
  others,
  indefinite,
  definite,
  own,
  no_article,
  pronoun,
  range_joint,
  between,
  day_lead,
  term_preposition,
  term_filler,
  not_after_term,
  not_before_term,
  noun_break,
  term_noun,
  number_word,
  legal_form,
  clause_mark,
  takeover_verb,
  takeover_end,
  relative,
  company_noun,
  different,
  name_preposition,
  company_sale,
  of,
  negation,
  losers_sum,
  passive,
  perfect,
  worth,
  pay_verb,
  step,
  clause_break,
  challenge,
  halt,
  says,
  decision,
  motion,
  undo,
  nonfinite,
  adopts,
  bystander,
  single_voter,
  body,
  some,
  other_deal,
  pluperfect,
  opinion,
  causative
};

[[nodiscard]] bool is_deal_word(const Token& token, DealWord list);

}  // namespace stakeout
