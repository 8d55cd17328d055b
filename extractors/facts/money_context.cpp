#include "extractors/facts/money_context.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "extractors/facts/numerals.h"
#include "extractors/facts/phrases.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace facts_data {
std::string_view money_context();
std::string_view qualifiers();
}  // namespace facts_data

namespace {

constexpr auto kinds = std::to_array<std::string_view>(
    {"weight", "cargo", "change", "between", "and", "to", "filler", "of", "vague", "in_for"});

const PhraseTable& words_of(MoneyWord kind) {
  static const auto tables = [] {
    std::array<PhraseTable, kinds.size()> all;
    for (const auto& row : read_table(facts_data::money_context())) {
      const auto found = std::ranges::find(kinds, row.at(1));
      if (found == kinds.end()) continue;
      all[static_cast<std::size_t>(found - kinds.begin())].add(fold_accents(row[0]), 0);
    }
    return all;
  }();
  return tables[static_cast<std::size_t>(kind)];
}

struct Qualifiers {
  PhraseTable before;
  PhraseTable behind;
};

// The phrases' values are the enumerators of Qualifier.
const Qualifiers& qualifiers() {
  static const Qualifiers tables = [] {
    Qualifiers both;
    for (const auto& row : read_table(facts_data::qualifiers())) {
      const auto qualifier = find_word<Qualifier>(row.at(1)).value_or(Qualifier::exact);
      PhraseTable& table = row.at(2) == "before" ? both.before : both.behind;
      table.add(fold_accents(row[0]), static_cast<std::size_t>(qualifier));
    }
    return both;
  }();
  return tables;
}

// Whether a word ends like a row of kind `for`: "Rahmenvertrag".
bool is_for_noun(const Token& token) {
  static const auto endings = [] {
    std::vector<std::string> all;
    for (const auto& row : read_table(facts_data::money_context())) {
      if (row.at(1) == "for") all.push_back(fold_accents(row[0]));
    }
    return all;
  }();
  const std::string word = plain_form(token);
  return std::ranges::any_of(endings, [&](const std::string& e) { return word.ends_with(e); });
}

// Whether the "über" at token `at` follows a noun for a deal or a sum, and so says no "more than".
bool means_for(const MoneyTokens& text, std::size_t at) {
  constexpr std::size_t most_between = 8;
  if (plain_form(text.tokens[at]) != "uber") return false;
  for (std::size_t i = at; i > 0 && at - i < most_between; --i) {
    const Token& token = text.tokens[i - 1];
    if (token.kind != TokenKind::word || !text.is_one_sentence(i - 1, at)) return false;
    if (is_for_noun(token)) return true;
    if (!token.starts_upper && money_word_before(text, i, MoneyWord::in_for) == 0) return false;
  }
  return false;
}

// The qualifier whose phrase ends before `end`, by way of fillers: "a cap of", "as much as
// another", "a maximum penalty of".
std::optional<Qualifier> qualifier_before(const MoneyTokens& text, std::size_t end) {
  constexpr int most_fillers = 3;
  bool may_skip_noun = false;
  for (int i = 0; i <= most_fillers && end > 0; ++i) {
    const auto phrase = qualifiers().before.ending_at(text.tokens, end);
    if (phrase && text.is_one_sentence(end - phrase->tokens, end + 1)) {
      if (phrase->tokens == 1 && means_for(text, end - 1)) return std::nullopt;
      return static_cast<Qualifier>(phrase->value);
    }
    const std::size_t filler = money_word_before(text, end, MoneyWord::filler);
    if (filler > 0) {
      end -= filler;
      may_skip_noun = true;
    } else if (may_skip_noun && text.tokens[end - 1].kind == TokenKind::word) {
      end -= 1;
      may_skip_noun = false;
    } else {
      break;
    }
  }
  return std::nullopt;
}

}  // namespace

std::size_t money_word_at(const MoneyTokens& text, std::size_t at, MoneyWord kind) {
  const auto match = words_of(kind).starting_at(text.tokens, at);
  return match && text.is_one_sentence(at, at + match->tokens) ? match->tokens : 0;
}

std::size_t money_word_before(const MoneyTokens& text, std::size_t end, MoneyWord kind) {
  const auto match = words_of(kind).ending_at(text.tokens, end);
  return match && text.is_one_sentence(end - match->tokens, end) ? match->tokens : 0;
}

Qualifier qualifier_around(const MoneyTokens& text, std::size_t begin, std::size_t end) {
  if (const auto before = qualifier_before(text, begin)) {
    if (text.sentences[begin] == text.sentences[begin - 1]) return *before;
  }
  const auto behind = qualifiers().behind.starting_at(text.tokens, end);
  if (behind && text.is_one_sentence(begin, end + behind->tokens)) {
    return static_cast<Qualifier>(behind->value);
  }
  return Qualifier::exact;
}

}  // namespace stakeout
