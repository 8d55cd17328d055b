#include "extractors/facts/roles.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

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

// A sum's tokens [first, end).
struct SumPlace {
  std::size_t first = 0;
  std::size_t end = 0;
};

// Cues farther from a sum than this many tokens say nothing of it.
constexpr std::size_t reach = 60;

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

// A mark or word that parts clauses.
bool parts_clauses(const Token& token) {
  constexpr auto words = std::to_array<std::string_view>(
      {",", ";", ":", "(", ")", "—", "–", "after", "while", "whereas", "but", "who", "which",
       "whose", "when", "before", "since"});
  return std::ranges::find(words, token.folded) != words.end();
}

class SentenceRoles {
 public:
  SentenceRoles(const Prose& prose, const Sentence& sentence, std::vector<SumPlace> sums)
      : tokens_{prose.tokens()}, sums_{std::move(sums)} {
    std::size_t at = sentence.first_token;
    while (at < sentence.end_token) at = add_hits(at, sentence.end_token);
    clauses_.push_back(0);
    first_ = sentence.first_token;
    for (std::size_t i = sentence.first_token; i < sentence.end_token; ++i) {
      clauses_.push_back(clauses_.back() + (parts_clauses(tokens_[i]) ? 1 : 0));
    }
  }

  [[nodiscard]] Role role_of(std::size_t sum) const {
    Scores scores{};
    const std::size_t from = sums_[sum].first > reach ? sums_[sum].first - reach : 0;
    auto hit = std::ranges::lower_bound(hits_, from, {}, &Hit::first);
    for (; hit != hits_.end() && hit->first < sums_[sum].end + reach; ++hit) {
      scores[static_cast<std::size_t>(hit->cue.role)] += score(*hit, sum);
    }
    constexpr double least = 12;
    const auto best = std::ranges::max_element(scores);
    if (*best < least) return Role::other;
    return static_cast<Role>(best - scores.begin());
  }

 private:
  // The longest phrase wins; it may tell of several roles.
  std::size_t add_hits(std::size_t at, std::size_t end) {
    std::size_t longest = 0;
    for (const auto& match : cues().phrases.all_starting_at(tokens_, at)) {
      if (at + match.tokens > end || match.tokens < longest) continue;
      longest = match.tokens;
      hits_.push_back({at, at + match.tokens, cues().rows[match.value]});
    }
    return at + std::max<std::size_t>(longest, 1);
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
  std::vector<SumPlace> sums_;
  std::vector<Hit> hits_;
  std::size_t first_ = 0;
  std::vector<int> clauses_;  // how many clause marks stand before each token of the sentence
};

}  // namespace

void assign_roles(const Prose& prose, std::vector<MoneyMention>& money) {
  std::size_t token = 0;
  for (std::size_t next = 0; next < money.size();) {
    std::vector<SumPlace> sums;
    std::size_t sentence = 0;
    for (std::size_t i = next; i < money.size(); ++i) {
      while (prose.span_of_tokens(token, token + 1).end <= money[i].span.start) ++token;
      if (!sums.empty() && prose.sentence_of(token) != sentence) break;
      sentence = prose.sentence_of(token);
      std::size_t end = token;
      while (end < prose.tokens().size() &&
             prose.span_of_tokens(end, end + 1).start < money[i].span.end) {
        ++end;
      }
      sums.push_back({token, end});
    }
    const std::size_t count = sums.size();
    const SentenceRoles roles{prose, prose.sentences()[sentence], std::move(sums)};
    for (std::size_t i = 0; i < count; ++i) money[next + i].role = roles.role_of(i);
    next += count;
  }
}

}  // namespace stakeout
