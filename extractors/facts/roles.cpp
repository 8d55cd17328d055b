#include "extractors/facts/roles.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "extractors/facts/deal_words.h"
#include "extractors/facts/phrases.h"
#include "extractors/facts/role_setting.h"
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

// Cues farther from a sum than this many tokens say nothing of it.
constexpr std::size_t reach = 60;

// What speaks for `other` with less than this gives way to a deal that the sentence tells of.
constexpr double least_of_other = 40;
constexpr double least_of_budget = 80;
constexpr double least_of_acquisition = 70;

constexpr std::size_t role_count = words_for<Role>.size();

// What a sum is for, and what says so.
struct Verdict {
  Role role = Role::other;
  std::string reason;
  bool is_weak = false;  // what was told just before counts for more
};

// What the cues of one role come to, and the strongest of them.
struct Tally {
  double score = 0;
  double strongest = 0;
  TokenRange words;

  void add(double points, const Hit& hit) {
    score += points;
    if (points <= strongest) return;
    strongest = points;
    words = {hit.first, hit.end};
  }

  [[nodiscard]] std::string reason(const Prose& prose) const {
    if (words.first == words.end) return "a company is bought";
    return '"' + std::string{prose.words(words.first, words.end)} + '"';
  }
};

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

class SentenceRoles {
 public:
  SentenceRoles(const Prose& prose, std::size_t number, std::vector<TokenRange> sums,
                const RoleSetting& setting)
      : SentenceRoles{prose, prose.sentences()[number], std::move(sums), setting} {
    is_about_deal_ = is_about_deal(prose, setting, number);
  }

  // The sentence speaks of a fine, whether or not it names the sum.
  [[nodiscard]] bool tells_penalty() const {
    constexpr int strong = 75;
    return std::ranges::any_of(hits_, [](const Hit& hit) {
      return hit.cue.role == Role::penalty && hit.cue.weight >= strong;
    });
  }

  [[nodiscard]] bool tells_deal() const { return is_about_deal_; }

  // Between a sum and the one before it in the sentence.
  [[nodiscard]] bool has_semicolon_before(std::size_t sum) const {
    for (std::size_t i = sums_[sum - 1].end; i < sums_[sum].first; ++i) {
      if (tokens_[i].folded == ";") return true;
    }
    return false;
  }

  [[nodiscard]] Verdict verdict_on(std::size_t sum) const {
    const bool is_converted = sum > 0 && restates(sum);
    return verdict_by_words(is_converted ? sum - 1 : sum);
  }

 private:
  SentenceRoles(const Prose& prose, const Sentence& sentence, std::vector<TokenRange> sums,
                const RoleSetting& setting)
      : prose_{prose},
        tokens_{prose.tokens()},
        sums_{std::move(sums)},
        vendors_{items_of(setting.vendors, sentence)},
        agencies_{items_of(setting.agencies, sentence)},
        deal_cues_{items_of(setting.deal_cues, sentence)},
        buys_company_{buys_company(prose, setting, sentence)},
        names_vendor_{!vendors_.empty() || std::ranges::any_of(deal_cues_, [](const CueHit& hit) {
          return hit.is(CueKind::vendor_ref);
        })} {
    std::size_t at = sentence.first_token;
    while (at < sentence.end_token) at = add_hits(at, sentence.end_token);
    add_sum_cues();
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

  // "ordered Acme to pay": the cues with a gap.
  void add_sum_cues() {
    constexpr int weight = 110;
    for (const CueHit& told : deal_cues_) {
      if (!told.is(CueKind::sum)) continue;
      const Role role = find_word<Role>(told.cue->detail).value_or(Role::other);
      hits_.push_back({told.first, told.end, {role, weight, Place::before}});
    }
    std::ranges::stable_sort(hits_, {}, &Hit::first);
  }

  [[nodiscard]] Verdict verdict_by_words(std::size_t sum) const {
    std::array<Tally, role_count> tallies{};
    const std::size_t from = sums_[sum].first > reach ? sums_[sum].first - reach : 0;
    auto hit = std::ranges::lower_bound(hits_, from, {}, &Hit::first);
    for (; hit != hits_.end() && hit->first < sums_[sum].end + reach; ++hit) {
      tallies[static_cast<std::size_t>(hit->cue.role)].add(score(*hit, sum), *hit);
    }
    constexpr double of_company = 60;
    if (buys_company_) tallies[static_cast<std::size_t>(Role::acquisition)].score += of_company;
    const bool is_paid_by_vendor = vendor_pays(sum);
    if (is_paid_by_vendor) tallies[static_cast<std::size_t>(Role::contract)] = {};
    constexpr double least = 12;
    const auto best = std::ranges::max_element(tallies, {}, &Tally::score);
    if (best->score < least) return of_deal_or({Role::other, "no word speaks clearly"}, 0, sum);
    const auto role = static_cast<Role>(best - tallies.begin());
    return of_deal_or({role, best->reason(prose_)}, best->score, sum);
  }

  // Where the words speak weakly, a sentence about a deal makes the sum that of the deal.
  [[nodiscard]] Verdict of_deal_or(Verdict verdict, double score, std::size_t sum) const {
    // "will spend $2 million on drones supplied by Acme": a plan to spend, with its supplier.
    const bool has_sides = !vendors_.empty() && (!agencies_.empty() || goes_to_vendor(sum));
    const bool is_spent_on_vendor =
        verdict.role == Role::budget && score < least_of_budget && (is_about_deal_ || has_sides);
    if (is_spent_on_vendor && goes_to_vendor(sum)) {
      return {Role::contract, "it is spent on what a vendor sells"};
    }
    // "Acme gets $3 million from": with the buyer, no round of funding.
    const bool is_got_from_agency = verdict.role == Role::funding && score < least_of_budget &&
                                    names_vendor_ && !agencies_.empty() &&
                                    (is_about_deal_ || follows_act(sum));
    // "The Navy paid Acme's American arm $3 million": public bodies buy no companies.
    const bool is_paid_by_agency = verdict.role == Role::acquisition &&
                                   score < least_of_acquisition && !buys_company_ &&
                                   names_vendor_ && !agencies_.empty();
    const bool is_other = verdict.role == Role::other;
    verdict.is_weak = score < least_of_other && may_be_other(verdict.role);
    const bool may_be_deal = (is_other && verdict.is_weak) || is_spent_on_vendor ||
                             is_got_from_agency || is_paid_by_agency;
    // "Acme will pay $3 million, the Justice Department said".
    const bool is_paid_by_vendor = vendor_pays(sum);
    if (verdict.is_weak && has_oversight() && (is_paid_by_vendor || !is_about_deal_)) {
      return {Role::penalty, "a regulator is named"};
    }
    if (is_paid_by_vendor) return verdict;
    if (!may_be_deal) return verdict;
    if (is_about_deal_) return {Role::contract, "the sentence tells of a deal", true};
    if (follows_act(sum)) return {Role::contract, "it follows a verb of deals"};
    return verdict;
  }

  // Roles for which a text has words that it also uses of deals: "the price", "from", "plans".
  [[nodiscard]] static bool may_be_other(Role role) {
    return role == Role::other || role == Role::funding || role == Role::acquisition ||
           role == Role::budget;
  }

  [[nodiscard]] bool has_oversight() const {
    return std::ranges::any_of(deal_cues_,
                               [](const CueHit& hit) { return hit.is(CueKind::oversight); });
  }

  // "$2 million on drones from Acme", "$2 million to Acme".
  [[nodiscard]] bool goes_to_vendor(std::size_t sum) const {
    constexpr std::size_t most_between = 10;
    const std::size_t from = sums_[sum].end;
    const auto vendor = std::ranges::lower_bound(vendors_, from, {}, &TokenRange::first);
    if (vendor == vendors_.end() || vendor->first == from || vendor->first - from > most_between) {
      return false;
    }
    return is_deal_word(tokens_[vendor->first - 1], DealWord::vendor_preposition) &&
           clauses_[vendor->first - first_] == clauses_[from - first_];
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
    constexpr std::size_t longest_act = 40;
    const std::size_t from = at - std::min(at, most_between + longest_act);
    const auto first = std::ranges::lower_bound(deal_cues_, from, {}, &CueHit::first);
    const auto end = std::ranges::lower_bound(deal_cues_, at, {}, &CueHit::first);
    return names_vendor_ && std::any_of(first, end, [at](const CueHit& hit) {
             return hit.is(CueKind::act) && !hit.cue->detail.starts_with("deal") &&
                    hit.end <= at + 1 && hit.end + most_between >= at;
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
    for (std::size_t i = verb; i > first_ && verb - i <= subject_reach; --i) {
      if (name_at(vendors_, i - 1) != nullptr || ends_vendor_reference(i)) return true;
      // Another name or a comma stands between.
      if (is_in_name(i - 1) || tokens_[i - 1].kind != TokenKind::word) return false;
    }
    return false;
  }

  // "the company", before token `end`.
  [[nodiscard]] bool ends_vendor_reference(std::size_t end) const {
    return std::ranges::any_of(deal_cues_, [end](const CueHit& hit) {
      return hit.is(CueKind::vendor_ref) && hit.end == end;
    });
  }

  [[nodiscard]] bool is_in_name(std::size_t token) const {
    return name_at(vendors_, token) != nullptr || name_at(agencies_, token) != nullptr;
  }

  // The name that holds a token; names do not overlap.
  static const TokenRange* name_at(std::span<const TokenRange> names, std::size_t token) {
    const auto behind = std::ranges::upper_bound(names, token, {}, &TokenRange::first);
    if (behind == names.begin() || token >= (behind - 1)->end) return nullptr;
    return &*(behind - 1);
  }

  [[nodiscard]] double score(const Hit& hit, std::size_t sum) const {
    const auto [first, end] = sums_[sum];
    const bool is_before = hit.end <= first;
    // "agreed to pay $3 million to settle": a cue with a gap, in which the sum stands.
    if (hit.first < first && hit.end > end) return hit.cue.weight;
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

  const Prose& prose_;
  const std::vector<Token>& tokens_;
  std::vector<TokenRange> sums_;
  std::span<const TokenRange> vendors_;
  std::span<const TokenRange> agencies_;
  std::span<const CueHit> deal_cues_;
  bool buys_company_;
  bool names_vendor_;  // or points back to one
  bool is_about_deal_ = false;
  std::vector<Hit> hits_;
  std::size_t first_ = 0;
  std::vector<int> clauses_;  // how many clause marks stand before each token of the sentence
};

TokenRange range_of(const Prose& prose, const Span& span) {
  const auto [first, end] = prose.tokens_of(span);
  return {first, end};
}

RoleSetting setting_of(const Prose& prose, const std::vector<Mention>& mentions,
                       const std::vector<CueHit>& cues) {
  RoleSetting setting{.deal_cues = cues};
  for (const Mention& mention : mentions) {
    const TokenRange range = range_of(prose, mention.span);
    (mention.kind == EntityKind::vendor ? setting.vendors : setting.agencies).push_back(range);
  }
  return setting;
}

// What the text was speaking of in a sentence: the role of its last sum that words speak for
// clearly, else the fine or the deal that it tells of.
struct Topic {
  std::size_t sentence = 0;
  Role role = Role::other;
};

// A role that the sums told next may share when nothing speaks for one of their own: "fined Acme $3
// million. After a month it will be $5,000 a day."
bool goes_on(Role role) {
  return role == Role::penalty || role == Role::contract || role == Role::acquisition ||
         role == Role::funding;
}

// How many sentences back the topic of a sum without words of its own may lie.
constexpr std::size_t topic_reach = 2;

// The topic that sentence `s` goes on with.
std::optional<Topic> topic_before(const Prose& prose, const RoleSetting& setting, std::size_t s,
                                  const std::optional<Topic>& of_last_sum) {
  const auto& sentences = prose.sentences();
  for (std::size_t back = 1; back <= std::min(topic_reach, s); ++back) {
    const std::size_t told = s - back;
    if (sentences[told].paragraph != sentences[s].paragraph &&
        (back > 1 || names_party(setting, sentences[s]))) {
      return std::nullopt;
    }
    if (of_last_sum && of_last_sum->sentence == told) return of_last_sum;
    const SentenceRoles roles{prose, told, {}, setting};
    if (roles.tells_penalty()) return Topic{told, Role::penalty};
    if (roles.tells_deal()) return Topic{told, Role::contract};
  }
  return std::nullopt;
}

// Gives the sums of one sentence their roles, and keeps in `topic` what they are about.
void assign_in_sentence(const Prose& prose, const RoleSetting& setting, std::size_t sentence,
                        std::vector<TokenRange> sums, std::span<MoneyMention> money,
                        std::optional<Topic>& topic) {
  const SentenceRoles roles{prose, sentence, std::move(sums), setting};
  auto current = topic_before(prose, setting, sentence, topic);
  for (std::size_t i = 0; i < money.size(); ++i) {
    Verdict verdict = roles.verdict_on(i);
    const bool is_of_deal = verdict.role == Role::contract;
    // A fine before a semicolon is no fine behind it.
    const bool is_parted =
        i > 0 && current && current->role == Role::penalty && roles.has_semicolon_before(i);
    const bool has_topic = current && goes_on(current->role) && !is_parted &&
                           (!is_of_deal || current->sentence == sentence);
    if (verdict.is_weak && has_topic) {
      verdict = {current->role, "the text was speaking of it"};
    } else if (!verdict.is_weak || is_of_deal) {
      current = Topic{sentence, verdict.role};
    }
    money[i].role = verdict.role;
    money[i].reason = std::move(verdict.reason);
  }
  topic = current;
  if (topic) topic->sentence = sentence;
}

}  // namespace

void assign_roles(const Prose& prose, const std::vector<Mention>& mentions,
                  const std::vector<CueHit>& cues, std::vector<MoneyMention>& money) {
  if (money.empty()) return;
  const RoleSetting setting = setting_of(prose, mentions, cues);
  std::optional<Topic> topic;
  for (std::size_t next = 0; next < money.size();) {
    std::vector<TokenRange> sums;
    std::size_t sentence = 0;
    for (std::size_t i = next; i < money.size(); ++i) {
      const TokenRange range = range_of(prose, money[i].span);
      if (!sums.empty() && prose.sentence_of(range.first) != sentence) break;
      sentence = prose.sentence_of(range.first);
      sums.push_back(range);
    }
    const std::size_t count = sums.size();
    assign_in_sentence(prose, setting, sentence, std::move(sums),
                       std::span{money}.subspan(next, count), topic);
    next += count;
  }
}

}  // namespace stakeout
