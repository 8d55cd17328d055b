#include "extractors/facts/role_setting.h"

#include <string_view>

#include "extractors/facts/deal_words.h"

namespace stakeout {
namespace {

// "the renewal with Acme": a word for a deal, a preposition, and a vendor at once.
bool is_tied_to_vendor(const Prose& prose, const RoleSetting& setting, const CueHit& noun,
                       const Sentence& sentence) {
  constexpr std::size_t most_between = 4;
  if (noun.end >= sentence.end_token) return false;
  if (!is_deal_word(prose.tokens()[noun.end], DealWord::vendor_preposition)) return false;
  const auto vendors = items_of(setting.vendors, sentence);
  const auto next = std::ranges::upper_bound(vendors, noun.end, {}, &TokenRange::first);
  return next != vendors.end() && next->first - noun.end <= most_between;
}

bool has_cue_of(const RoleSetting& setting, const Sentence& sentence, CueKind kind) {
  return std::ranges::any_of(items_of(setting.deal_cues, sentence),
                             [kind](const CueHit& hit) { return hit.is(kind); });
}

// "the company", in the sentence after one that names a vendor or an agency.
bool refers_back(const Prose& prose, const RoleSetting& setting, const Sentence& sentence) {
  const auto number = static_cast<std::size_t>(&sentence - prose.sentences().data());
  return number > 0 && names_party(setting, prose.sentences()[number - 1]) &&
         (has_cue_of(setting, sentence, CueKind::vendor_ref) ||
          has_cue_of(setting, sentence, CueKind::agency_ref) ||
          has_cue_of(setting, sentence, CueKind::both_ref));
}

// "2024-05-02 | Acme | Coast Office | $26,000": a row of a table that names both sides.
bool is_table_row(const Prose& prose, const RoleSetting& setting, const Sentence& sentence) {
  if (items_of(setting.vendors, sentence).empty()) return false;
  if (items_of(setting.agencies, sentence).empty()) return false;
  std::size_t bars = 0;
  for (std::size_t i = sentence.first_token; i < sentence.end_token; ++i) {
    if (prose.tokens()[i].folded == "|") ++bars;
  }
  return bars >= 2;
}

// "The Coast Guard bought twelve of its boats": the vendor is that of the sentence before.
bool buys_from_vendor_told(const Prose& prose, const RoleSetting& setting, std::size_t s) {
  const auto& sentences = prose.sentences();
  if (s == 0 || sentences[s].paragraph != sentences[s - 1].paragraph) return false;
  if (items_of(setting.agencies, sentences[s]).empty()) return false;
  if (items_of(setting.vendors, sentences[s - 1]).empty()) return false;
  for (const CueHit& hit : items_of(setting.deal_cues, sentences[s])) {
    constexpr std::size_t reach = 4;
    if (!hit.is(CueKind::act) || !hit.cue->detail.starts_with("buyer")) continue;
    for (std::size_t i = hit.end;
         i < std::min<std::size_t>(hit.end + reach, sentences[s].end_token); ++i) {
      if (is_deal_word(prose.tokens()[i], DealWord::own)) return true;
    }
  }
  return false;
}

// How a sentence tells of a deal: by naming one beside a party, or by a verb or a weaker noun with
// both sides beside it; or as a row of a table.
bool tells_deal(const Prose& prose, const RoleSetting& setting, const Sentence& sentence) {
  if (is_table_row(prose, setting, sentence)) return true;
  bool has_strong_noun = false;
  bool has_cue = false;
  for (const CueHit& hit : items_of(setting.deal_cues, sentence)) {
    const bool is_noun = hit.is(CueKind::noun);
    has_strong_noun = has_strong_noun || (is_noun && hit.cue->detail.starts_with("strong"));
    has_cue = has_cue || is_noun || hit.is(CueKind::act);
    if (is_noun && is_tied_to_vendor(prose, setting, hit, sentence)) return true;
  }
  if (has_strong_noun)
    return names_party(setting, sentence) || refers_back(prose, setting, sentence);
  if (!has_cue || items_of(setting.agencies, sentence).empty()) return false;
  return !items_of(setting.vendors, sentence).empty() ||
         has_cue_of(setting, sentence, CueKind::vendor_ref);
}

// "The order is worth": a deal that the sentence before told of.
bool points_back(const Prose& prose, const RoleSetting& setting, const Sentence& sentence) {
  const auto opens = [&](const CueHit& hit) {
    constexpr std::size_t most_back = 5;  // "the state agency's first subscription"
    if (!hit.is(CueKind::noun)) return false;
    const std::size_t from =
        std::max<std::size_t>(sentence.first_token + most_back, hit.first) - most_back;
    for (std::size_t i = from; i < hit.first; ++i) {
      if (is_deal_word(prose.tokens()[i], DealWord::definite)) return true;
    }
    return false;
  };
  return std::ranges::any_of(items_of(setting.deal_cues, sentence), opens);
}

// "It was worth $5 million", "Kosten: 25 Millionen Euro".
bool tells_worth(const Prose& prose, const Sentence& sentence) {
  constexpr std::size_t most_words = 8;
  const std::size_t end =
      std::min<std::size_t>(sentence.end_token, sentence.first_token + most_words);
  for (std::size_t i = sentence.first_token; i < end; ++i) {
    if (is_deal_word(prose.tokens()[i], DealWord::worth)) return true;
  }
  return false;
}

// A sentence that names nobody and goes on about the deal of the one or two before it.
bool goes_on_about_deal(const Prose& prose, const RoleSetting& setting, std::size_t s) {
  constexpr std::size_t most_back = 2;
  const auto& sentences = prose.sentences();
  if (names_party(setting, sentences[s]) || !tells_worth(prose, sentences[s])) return false;
  for (std::size_t back = 1; back <= std::min(most_back, s); ++back) {
    const Sentence& earlier = sentences[s - back];
    if (earlier.paragraph != sentences[s].paragraph) return false;
    if (tells_deal(prose, setting, earlier)) return true;
    if (names_party(setting, earlier)) return false;
  }
  return false;
}

// A line of a list that holds a sum and no other word.
bool is_item(const Prose& prose, const RoleSetting& setting, const Sentence& sentence) {
  std::size_t words = 0;
  for (std::size_t i = sentence.first_token; i < sentence.end_token; ++i) {
    if (prose.tokens()[i].kind == TokenKind::word) ++words;
  }
  constexpr std::size_t most_words = 4;  // "Not to exceed $389,112."
  const auto tells = [](const CueHit& hit) {
    return hit.is(CueKind::noun) || hit.is(CueKind::act) || hit.is(CueKind::state);
  };
  return words <= most_words && std::ranges::none_of(items_of(setting.deal_cues, sentence), tells);
}

// "It paid Acme $5 million", "Acme will deliver them for $5 million": the agency is that of the
// sentence before.
bool acts_for_agency(const Prose& prose, const RoleSetting& setting, std::size_t s) {
  const Sentence& sentence = prose.sentences()[s];
  if (s == 0 || items_of(setting.vendors, sentence).empty()) return false;
  if (items_of(setting.agencies, prose.sentences()[s - 1]).empty()) return false;
  bool acts = false;
  bool sells = false;
  bool refers = is_deal_word(prose.tokens()[sentence.first_token], DealWord::pronoun);
  for (const CueHit& hit : items_of(setting.deal_cues, sentence)) {
    acts = acts || (hit.is(CueKind::act) && hit.cue->detail.starts_with("buyer"));
    refers = refers || hit.is(CueKind::agency_ref);
    sells = sells || (hit.is(CueKind::act) && hit.cue->detail.starts_with("seller"));
  }
  return (acts && refers) || (sells && has_cue_of(setting, prose.sentences()[s - 1], CueKind::act));
}

bool is_at(const Prose& prose, const Sentence& sentence, std::size_t token, DealWord list) {
  return token >= sentence.first_token && token < sentence.end_token &&
         is_deal_word(prose.tokens()[token], list);
}

// What stands behind a name that is bought itself; "bought Acme drones" is no purchase of Acme.
bool ends_name(const Prose& prose, const Sentence& sentence, std::size_t token) {
  return token == sentence.end_token ||
         (prose.tokens()[token].kind != TokenKind::word && prose.tokens()[token].folded != "'s") ||
         is_at(prose, sentence, token, DealWord::takeover_end);
}

// "Acme has been bought", "Acme, which a fund bought for".
bool is_taken_over(const Prose& prose, const Sentence& sentence, const TokenRange& vendor) {
  std::size_t at = vendor.end;
  if (is_at(prose, sentence, at, DealWord::perfect)) ++at;
  if (is_at(prose, sentence, at, DealWord::passive)) {
    return is_at(prose, sentence, at + 1, DealWord::takeover_verb);
  }
  constexpr std::size_t longest_subject = 5;
  if (at + 1 >= sentence.end_token || prose.tokens()[at].folded != ",") return false;
  if (!is_at(prose, sentence, at + 1, DealWord::relative)) return false;
  for (std::size_t i = at + 3; i < at + 3 + longest_subject; ++i) {
    if (is_at(prose, sentence, i, DealWord::takeover_verb))
      return ends_name(prose, sentence, i + 1);
  }
  return false;
}

// "The software firm, bought by a fund for": a company that need have no name.
bool is_company_taken_over(const Prose& prose, const RoleSetting& setting,
                           const Sentence& sentence) {
  constexpr std::size_t subject_reach = 12;
  for (std::size_t i = sentence.first_token + 1; i + 2 < sentence.end_token; ++i) {
    if (!is_at(prose, sentence, i, DealWord::takeover_verb)) continue;
    if (prose.tokens()[i + 1].folded != "by" || !prose.tokens()[i + 2].starts_upper) continue;
    const std::size_t from = std::max(sentence.first_token + subject_reach, i) - subject_reach;
    for (std::size_t k = from; k < i; ++k) {
      if (is_at(prose, sentence, k, DealWord::company_noun)) return true;
    }
    const auto vendors = items_of(setting.vendors, sentence);
    if (!vendors.empty() && vendors.front().first < i) return true;
  }
  return false;
}

// "approved the sale of Acme to a fund": the name itself is sold, whoever allows it.
bool is_sold_itself(const Prose& prose, const Sentence& sentence, const TokenRange& vendor) {
  constexpr std::size_t lead = 2;  // "sale of"
  return vendor.first >= sentence.first_token + lead &&
         is_at(prose, sentence, vendor.first - lead, DealWord::company_sale) &&
         is_at(prose, sentence, vendor.first - 1, DealWord::of) &&
         is_at(prose, sentence, vendor.end, DealWord::takeover_end);
}

// "bought Acme", "paid $3 million for Acme".
bool is_object_of_takeover(const Prose& prose, const Sentence& sentence, const TokenRange& vendor) {
  constexpr std::size_t longest_sum = 8;
  if (vendor.first == sentence.first_token || !ends_name(prose, sentence, vendor.end)) return false;
  const std::size_t lead = vendor.first - 1;
  if (vendor.end < sentence.end_token && is_at(prose, sentence, lead, DealWord::takeover_verb)) {
    return true;
  }
  if (prose.tokens()[lead].folded != "for") return false;
  for (std::size_t i = lead; i > sentence.first_token && lead - i < longest_sum; --i) {
    if (is_at(prose, sentence, i - 1, DealWord::pay_verb)) return true;
  }
  return false;
}

}  // namespace

bool names_party(const RoleSetting& setting, const Sentence& sentence) {
  return !items_of(setting.vendors, sentence).empty() ||
         !items_of(setting.agencies, sentence).empty();
}

bool is_about_deal(const Prose& prose, const RoleSetting& setting, std::size_t s) {
  const auto& sentences = prose.sentences();
  if (tells_deal(prose, setting, sentences[s])) return true;
  if (is_item(prose, setting, sentences[s])) {
    constexpr std::size_t longest_list = 20;
    std::size_t head = s;
    while (head > 0 && s - head < longest_list && is_item(prose, setting, sentences[head])) --head;
    return tells_deal(prose, setting, sentences[head]) ||
           (!items_of(setting.vendors, sentences[head]).empty() &&
            has_cue_of(setting, sentences[head], CueKind::noun));
  }
  if (acts_for_agency(prose, setting, s) || buys_from_vendor_told(prose, setting, s)) return true;
  if (goes_on_about_deal(prose, setting, s)) return true;
  return s > 0 && !names_party(setting, sentences[s]) &&
         sentences[s].paragraph == sentences[s - 1].paragraph &&
         names_party(setting, sentences[s - 1]) && points_back(prose, setting, sentences[s]);
}

bool buys_company(const Prose& prose, const RoleSetting& setting, const Sentence& sentence) {
  const auto is_sold = [&](const TokenRange& vendor) {
    return is_sold_itself(prose, sentence, vendor);
  };
  if (std::ranges::any_of(items_of(setting.vendors, sentence), is_sold)) return true;
  if (!items_of(setting.agencies, sentence).empty()) return false;
  if (is_company_taken_over(prose, setting, sentence)) return true;
  return std::ranges::any_of(items_of(setting.vendors, sentence), [&](const TokenRange& vendor) {
    return is_taken_over(prose, sentence, vendor) || is_object_of_takeover(prose, sentence, vendor);
  });
}

}  // namespace stakeout
