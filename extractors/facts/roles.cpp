#include "extractors/facts/roles.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string_view>
#include <utility>

#include "extractors/facts/deal_words.h"
#include "extractors/facts/phrases.h"
#include "extractors/text/table.h"

namespace stakeout {

namespace facts_data {
std::string_view role_cues();
}  // namespace facts_data

namespace {

// Where a cue has to stand to count.
enum class Place { any, before, behind, near };

struct Cue {
  Role role = Role::other;
  int weight = 0;
  Place place = Place::any;
};

struct Cues {
  std::vector<Cue> rows;
  PhraseTable phrases;
};

// A cue of a sentence: tokens [first, end).
struct Hit {
  std::size_t first = 0;
  std::size_t end = 0;
  Cue cue;
};

// The tokens [first, end) of a sum or a name.
struct Range {
  std::size_t first = 0;
  std::size_t end = 0;
};

// Cues farther from a sum than this many tokens say nothing of it.
constexpr std::size_t reach = 60;

// What speaks for `other` with less than this gives way to a deal that the sentence tells of.
constexpr double least_of_other = 40;
constexpr double least_of_budget = 80;

constexpr std::size_t role_count = words_for<Role>.size();
using Scores = std::array<double, role_count>;

Place place_of(std::string_view word) {
  if (word == "before") return Place::before;
  if (word == "behind") return Place::behind;
  return word == "near" ? Place::near : Place::any;
}

const Cues& cues() {
  static const Cues table = [] {
    Cues t;
    for (const auto& row : read_table(facts_data::role_cues())) {
      Cue cue;
      cue.role = find_word<Role>(row.at(0)).value_or(Role::other);
      std::from_chars(row.at(1).data(), row[1].data() + row[1].size(), cue.weight);
      cue.place = place_of(row.at(2));
      std::string_view words = row.at(3);
      while (!words.empty()) {
        const std::size_t bar = words.find('|');
        t.phrases.add(words.substr(0, bar), t.rows.size());
        words.remove_prefix(bar == std::string_view::npos ? words.size() : bar + 1);
      }
      t.rows.push_back(cue);
    }
    return t;
  }();
  return table;
}

// What a whole text says beside the cues of a sentence.
struct Setting {
  std::vector<Range> vendors = {};
  std::vector<Range> agencies = {};
  std::span<const CueHit> deal_cues;
};

template <class Items>
auto items_of(const Items& items, const Sentence& sentence) {
  using Item = typename Items::value_type;
  const auto from = std::ranges::lower_bound(items, sentence.first_token, {}, &Item::first);
  const auto to = std::ranges::lower_bound(items, sentence.end_token, {}, &Item::first);
  return std::span<const Item>{from, to};
}

bool names_party(const Setting& setting, const Sentence& sentence) {
  return !items_of(setting.vendors, sentence).empty() ||
         !items_of(setting.agencies, sentence).empty();
}

// "the renewal with Acme": a word for a deal, a preposition, and a vendor at once.
bool is_tied_to_vendor(const Prose& prose, const Setting& setting, const CueHit& noun,
                       const Sentence& sentence) {
  constexpr std::size_t most_between = 4;
  if (noun.end >= sentence.end_token) return false;
  if (!is_deal_word(prose.tokens()[noun.end], DealWord::vendor_preposition)) return false;
  return std::ranges::any_of(items_of(setting.vendors, sentence), [&](const Range& vendor) {
    return vendor.first > noun.end && vendor.first - noun.end <= most_between;
  });
}

// "2024-05-02 | Acme | Coast Office | $26,000": a row of a table that names both sides.
bool is_table_row(const Prose& prose, const Setting& setting, const Sentence& sentence) {
  if (items_of(setting.vendors, sentence).empty()) return false;
  if (items_of(setting.agencies, sentence).empty()) return false;
  std::size_t bars = 0;
  for (std::size_t i = sentence.first_token; i < sentence.end_token; ++i) {
    if (prose.tokens()[i].folded == "|") ++bars;
  }
  return bars >= 2;
}

// How a sentence tells of a deal: by naming one beside a party, or by a verb or a weaker noun with
// both sides beside it; or as a row of a table.
bool tells_deal(const Prose& prose, const Setting& setting, const Sentence& sentence) {
  if (is_table_row(prose, setting, sentence)) return true;
  bool has_strong_noun = false;
  bool has_cue = false;
  for (const CueHit& hit : items_of(setting.deal_cues, sentence)) {
    const bool is_noun = hit.is(CueKind::noun);
    has_strong_noun = has_strong_noun || (is_noun && hit.cue->detail.starts_with("strong"));
    has_cue = has_cue || is_noun || hit.is(CueKind::act);
    if (is_noun && is_tied_to_vendor(prose, setting, hit, sentence)) return true;
  }
  if (has_strong_noun) return names_party(setting, sentence);
  return has_cue && !items_of(setting.vendors, sentence).empty() &&
         !items_of(setting.agencies, sentence).empty();
}

// "The order is worth": a deal that the sentence before told of.
bool points_back(const Prose& prose, const Setting& setting, const Sentence& sentence) {
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
bool goes_on_about_deal(const Prose& prose, const Setting& setting, std::size_t s) {
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
bool is_item(const Prose& prose, const Setting& setting, const Sentence& sentence) {
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

bool has_noun(const Setting& setting, const Sentence& sentence) {
  return std::ranges::any_of(items_of(setting.deal_cues, sentence),
                             [](const CueHit& hit) { return hit.is(CueKind::noun); });
}

// "It paid Acme $5 million": the agency is that of the sentence before.
bool acts_for_agency(const Prose& prose, const Setting& setting, std::size_t s) {
  const Sentence& sentence = prose.sentences()[s];
  if (s == 0 || items_of(setting.vendors, sentence).empty()) return false;
  if (items_of(setting.agencies, prose.sentences()[s - 1]).empty()) return false;
  bool acts = false;
  bool refers = is_deal_word(prose.tokens()[sentence.first_token], DealWord::pronoun);
  for (const CueHit& hit : items_of(setting.deal_cues, sentence)) {
    acts = acts || (hit.is(CueKind::act) && hit.cue->detail.starts_with("buyer"));
    refers = refers || hit.is(CueKind::agency_ref);
  }
  return acts && refers;
}

bool is_about_deal(const Prose& prose, const Setting& setting, std::size_t s) {
  const auto& sentences = prose.sentences();
  if (tells_deal(prose, setting, sentences[s])) return true;
  if (is_item(prose, setting, sentences[s])) {
    constexpr std::size_t longest_list = 20;
    std::size_t head = s;
    while (head > 0 && s - head < longest_list && is_item(prose, setting, sentences[head])) --head;
    return tells_deal(prose, setting, sentences[head]) ||
           (!items_of(setting.vendors, sentences[head]).empty() &&
            has_noun(setting, sentences[head]));
  }
  if (acts_for_agency(prose, setting, s)) return true;
  if (goes_on_about_deal(prose, setting, s)) return true;
  return s > 0 && !names_party(setting, sentences[s]) &&
         sentences[s].paragraph == sentences[s - 1].paragraph &&
         names_party(setting, sentences[s - 1]) && points_back(prose, setting, sentences[s]);
}

// "The fund bought Acme", "Acme has been bought": the company itself is bought, and by no agency.
bool buys_company(const Prose& prose, const Setting& setting, const Sentence& sentence) {
  const auto& tokens = prose.tokens();
  const auto is = [&](std::size_t token, DealWord list) {
    return token < sentence.end_token && is_deal_word(tokens[token], list);
  };
  if (!items_of(setting.agencies, sentence).empty()) return false;
  return std::ranges::any_of(items_of(setting.vendors, sentence), [&](const Range& vendor) {
    const std::size_t verb = vendor.end + (is(vendor.end, DealWord::perfect) ? 1 : 0);
    if (is(verb, DealWord::passive) && is(verb + 1, DealWord::takeover_verb)) return true;
    if (vendor.first == sentence.first_token || vendor.end == sentence.end_token) return false;
    // "bought Acme drones" is no purchase of Acme.
    const Token& next = tokens[vendor.end];
    const bool ends = next.kind != TokenKind::word || next.folded == "for" || next.folded == "in";
    return ends && is(vendor.first - 1, DealWord::takeover_verb);
  });
}

class SentenceRoles {
 public:
  SentenceRoles(const Prose& prose, std::size_t number, std::vector<Range> sums,
                const Setting& setting)
      : SentenceRoles{prose, prose.sentences()[number], std::move(sums), setting} {
    is_about_deal_ = is_about_deal(prose, setting, number);
  }

  [[nodiscard]] Role role_of(std::size_t sum) const {
    const bool is_converted = sum > 0 && restates(sum);
    return role_by_words(is_converted ? sum - 1 : sum);
  }

 private:
  SentenceRoles(const Prose& prose, const Sentence& sentence, std::vector<Range> sums,
                const Setting& setting)
      : tokens_{prose.tokens()},
        sums_{std::move(sums)},
        vendors_{items_of(setting.vendors, sentence)},
        agencies_{items_of(setting.agencies, sentence)},
        deal_cues_{items_of(setting.deal_cues, sentence)},
        buys_company_{buys_company(prose, setting, sentence)} {
    std::size_t at = sentence.first_token;
    while (at < sentence.end_token) at = add_hits(at, sentence.end_token);
    clauses_.push_back(0);
    first_ = sentence.first_token;
    for (std::size_t i = sentence.first_token; i < sentence.end_token; ++i) {
      clauses_.push_back(clauses_.back() +
                         (is_deal_word(tokens_[i], DealWord::clause_mark) ? 1 : 0));
    }
  }

  // "€5 million (about $5.4 million)": the same sum once more.
  [[nodiscard]] bool restates(std::size_t sum) const {
    constexpr std::size_t most_between = 3;
    const std::size_t from = sums_[sum - 1].end;
    const std::size_t to = sums_[sum].first;
    return to > from && to - from <= most_between && tokens_[from].folded == "(" &&
           sums_[sum].end < tokens_.size() && tokens_[sums_[sum].end].folded == ")";
  }

  [[nodiscard]] Role role_by_words(std::size_t sum) const {
    Scores scores{};
    const std::size_t from = sums_[sum].first > reach ? sums_[sum].first - reach : 0;
    auto hit = std::ranges::lower_bound(hits_, from, {}, &Hit::first);
    for (; hit != hits_.end() && hit->first < sums_[sum].end + reach; ++hit) {
      scores[static_cast<std::size_t>(hit->cue.role)] += score(*hit, sum);
    }
    for (const CueHit& told : deal_cues_) {
      if (!told.is(CueKind::sum)) continue;
      const Role role = find_word<Role>(told.cue->detail).value_or(Role::other);
      constexpr int weight = 110;
      scores[static_cast<std::size_t>(role)] +=
          score({told.first, told.end, {role, weight, Place::before}}, sum);
    }
    constexpr double of_company = 60;
    if (buys_company_) scores[static_cast<std::size_t>(Role::acquisition)] += of_company;
    const bool is_paid_by_vendor = vendor_pays(sum);
    if (is_paid_by_vendor) scores[static_cast<std::size_t>(Role::contract)] = 0;
    constexpr double least = 12;
    const auto best = std::ranges::max_element(scores);
    const Role role = *best < least ? Role::other : static_cast<Role>(best - scores.begin());
    // "will spend $2 million on drones supplied by": a plan to spend, with its supplier.
    const bool is_spent_on_vendor =
        role == Role::budget && *best < least_of_budget && !vendors_.empty() && !agencies_.empty();
    const bool may_be_deal = (role == Role::other && *best < least_of_other) || is_spent_on_vendor;
    return may_be_deal && !is_paid_by_vendor && (is_about_deal_ || follows_act(sum))
               ? Role::contract
               : role;
  }

  // The longest phrase wins; it may tell of several roles.
  std::size_t add_hits(std::size_t at, std::size_t end) {
    std::size_t longest = 0;
    for (const auto& match : cues().phrases.all_starting_at(tokens_, at)) {
      if (at + match.tokens > end || match.tokens < longest) continue;
      longest = match.tokens;
      const Cue& cue = cues().rows[match.value];
      if (cue.role == Role::contract || !is_in_name(at)) {
        hits_.push_back({at, at + match.tokens, cue});
      }
    }
    return at + std::max<std::size_t>(longest, 1);
  }

  // "Acme won $3 million": a verb of deals right before the sum, with a vendor in the sentence.
  [[nodiscard]] bool follows_act(std::size_t sum) const {
    constexpr std::size_t most_between = 3;
    const std::size_t at = sums_[sum].first;
    return !vendors_.empty() && std::ranges::any_of(deal_cues_, [at](const CueHit& hit) {
      return hit.is(CueKind::act) && !hit.cue->detail.starts_with("deal") && hit.end <= at &&
             at - hit.end <= most_between;
    });
  }

  // "Acme has to pay $3 million": no price of what Acme sells.
  [[nodiscard]] bool vendor_pays(std::size_t sum) const {
    constexpr std::size_t verb_reach = 6;
    constexpr std::size_t subject_reach = 4;
    const std::size_t at = sums_[sum].first;
    std::size_t verb = at;
    while (verb > first_ && at - verb < verb_reach &&
           !is_deal_word(tokens_[verb - 1], DealWord::pay_verb)) {
      --verb;
    }
    if (verb == first_ || at - verb == verb_reach) return false;
    --verb;
    if (verb > first_ && is_deal_word(tokens_[verb - 1], DealWord::passive)) return false;
    return std::ranges::any_of(vendors_, [&](const Range& vendor) {
      return vendor.end <= verb && verb - vendor.end <= subject_reach && stands_free(vendor, verb);
    });
  }

  // No other name and no comma between a vendor and its verb.
  [[nodiscard]] bool stands_free(const Range& vendor, std::size_t verb) const {
    for (std::size_t i = vendor.end; i < verb; ++i) {
      if (is_in_name(i) || tokens_[i].kind != TokenKind::word) return false;
    }
    return true;
  }

  [[nodiscard]] bool is_in_name(std::size_t token) const {
    const auto holds = [token](const Range& name) {
      return name.first <= token && token < name.end;
    };
    return std::ranges::any_of(vendors_, holds) || std::ranges::any_of(agencies_, holds);
  }

  [[nodiscard]] double score(const Hit& hit, std::size_t sum) const {
    const auto [first, end] = sums_[sum];
    const bool is_before = hit.end <= first;
    if (!is_before && hit.first < end) return 0;  // the sum's own words
    if (hit.cue.place == Place::before && !is_before) return 0;
    if (hit.cue.place == Place::behind && is_before) return 0;
    const std::size_t from = is_before ? hit.end : end;
    const std::size_t to = is_before ? first : hit.first;
    const std::size_t distance = to - from;
    constexpr std::size_t near = 6;
    if (hit.cue.place == Place::near && distance > near) return 0;
    constexpr double half_distance = 6;
    double value = hit.cue.weight / (1 + static_cast<double>(distance) / half_distance);
    // "a $3 million software order": the noun that the sum belongs to.
    constexpr std::size_t noun_reach = 3;
    constexpr double of_own_noun = 1.6;
    if (!is_before && distance < noun_reach) value *= of_own_noun;
    constexpr double of_other_clause = 0.6;
    if (clauses_[to - first_] > clauses_[from - first_]) value *= of_other_clause;
    constexpr double of_other_sum = 0.3;
    for (std::size_t i = sums_between(from, to, sum); i > 0; --i) value *= of_other_sum;
    return value;
  }

  // How many other sums stand in tokens [from, to), which lie on one side of `sum`.
  [[nodiscard]] std::size_t sums_between(std::size_t from, std::size_t to, std::size_t sum) const {
    std::size_t count = 0;
    for (std::size_t i = sum; i-- > 0 && sums_[i].first >= from && sums_[i].end <= to;) ++count;
    for (std::size_t i = sum + 1; i < sums_.size() && sums_[i].end <= to; ++i) {
      if (sums_[i].first >= from) ++count;
    }
    return count;
  }

  const std::vector<Token>& tokens_;
  std::vector<Range> sums_;
  std::span<const Range> vendors_;
  std::span<const Range> agencies_;
  std::span<const CueHit> deal_cues_;
  bool buys_company_;
  bool is_about_deal_ = false;
  std::vector<Hit> hits_;
  std::size_t first_ = 0;
  std::vector<int> clauses_;  // how many clause marks stand before each token of the sentence
};

Range range_of(const Prose& prose, const Span& span) {
  const auto [first, end] = prose.tokens_of(span);
  return {first, end};
}

Setting setting_of(const Prose& prose, const std::vector<Mention>& mentions,
                   const std::vector<CueHit>& cues) {
  Setting setting{.deal_cues = cues};
  for (const Mention& mention : mentions) {
    const Range range = range_of(prose, mention.span);
    (mention.kind == EntityKind::vendor ? setting.vendors : setting.agencies).push_back(range);
  }
  return setting;
}

}  // namespace

void assign_roles(const Prose& prose, const std::vector<Mention>& mentions,
                  const std::vector<CueHit>& cues, std::vector<MoneyMention>& money) {
  if (money.empty()) return;
  const Setting setting = setting_of(prose, mentions, cues);
  for (std::size_t next = 0; next < money.size();) {
    std::vector<Range> sums;
    std::size_t sentence = 0;
    for (std::size_t i = next; i < money.size(); ++i) {
      const Range range = range_of(prose, money[i].span);
      if (!sums.empty() && prose.sentence_of(range.first) != sentence) break;
      sentence = prose.sentence_of(range.first);
      sums.push_back(range);
    }
    const std::size_t count = sums.size();
    const SentenceRoles roles{prose, sentence, std::move(sums), setting};
    for (std::size_t i = 0; i < count; ++i) money[next + i].role = roles.role_of(i);
    next += count;
  }
}

}  // namespace stakeout
