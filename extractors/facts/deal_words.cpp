#include "extractors/facts/deal_words.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <string_view>

#include "extractors/text/table.h"
#include "extractors/text/word_map.h"

namespace stakeout::facts_data {
std::string_view deal_words();
}

namespace stakeout {
namespace {

// In the order of DealWord.
constexpr auto list_names = std::to_array<std::string_view>({"vendor_preposition",
                                                             "agency_preposition",
                                                             "topic_preposition",
                                                             "name_joint",
                                                             "conjunction",
                                                             "others",
                                                             "indefinite",
                                                             "definite",
                                                             "own",
                                                             "no_article",
                                                             "pronoun",
                                                             "range_joint",
                                                             "between",
                                                             "day_lead",
                                                             "term_preposition",
                                                             "term_filler",
                                                             "not_after_term",
                                                             "not_before_term",
                                                             "noun_break",
                                                             "term_noun",
                                                             "number_word",
                                                             "legal_form",
                                                             "clause_mark",
                                                             "takeover_verb",
                                                             "takeover_end",
                                                             "relative",
                                                             "company_noun",
                                                             "different",
                                                             "name_preposition",
                                                             "company_sale",
                                                             "of",
                                                             "negation",
                                                             "losers_sum",
                                                             "passive",
                                                             "perfect",
                                                             "worth",
                                                             "pay_verb",
                                                             "step",
                                                             "clause_break",
                                                             "challenge",
                                                             "halt",
                                                             "says",
                                                             "decision",
                                                             "motion",
                                                             "undo",
                                                             "nonfinite",
                                                             "adopts",
                                                             "bystander",
                                                             "single_voter",
                                                             "body",
                                                             "some",
                                                             "other_deal",
                                                             "pluperfect",
                                                             "opinion",
                                                             "causative",
                                                             "change_from",
                                                             "change_to",
                                                             "change_side",
                                                             "change_verb",
                                                             "paper",
                                                             "shows",
                                                             "error",
                                                             "extends_by",
                                                             "ending",
                                                             "modification",
                                                             "option",
                                                             "denies",
                                                             "expects",
                                                             "deal_infinitive",
                                                             "doubt_filler",
                                                             "circumstance",
                                                             "reproach",
                                                             "start_lead"});

using ListBits = std::bitset<list_names.size()>;

const WordMap<ListBits>& lists() {
  static const WordMap<ListBits> table = [] {
    WordMap<ListBits> words;
    for (const auto& row : read_table(facts_data::deal_words())) {
      const auto name = std::ranges::find(list_names, row.at(0));
      if (row.size() != 2 || name == list_names.end()) continue;
      const auto list = static_cast<std::size_t>(name - list_names.begin());
      for (std::string_view rest = row[1]; !rest.empty();) {
        const std::size_t blank = rest.find(' ');
        words[rest.substr(0, blank)].set(list);
        rest = blank == std::string_view::npos ? std::string_view{} : rest.substr(blank + 1);
      }
    }
    return words;
  }();
  return table;
}

}  // namespace

bool is_deal_word(const Token& token, DealWord list) {
  const ListBits* bits = lists().find(token.folded, token.hash);
  return bits != nullptr && bits->test(static_cast<std::size_t>(list));
}

}  // namespace stakeout
