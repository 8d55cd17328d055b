#include "extractors/facts/name_runs.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "extractors/facts/name_classes.h"

namespace stakeout {
namespace {

constexpr std::array<std::string_view, 3> english_of_words = {"of", "for", "the"};
constexpr std::array<std::string_view, 2> german_genitives = {"der", "des"};
constexpr std::array<std::string_view, 12> of_words = {"de", "del", "di",  "da",  "do",  "du",
                                                       "la", "los", "las", "dei", "fur", "van"};
constexpr std::array<std::string_view, 5> and_words = {"and", "y", "et", "und", "e"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view key) {
  return std::find(words.begin(), words.end(), key) != words.end();
}

bool is_ampersand(const NameText& text, std::size_t word) {
  return text.prose.text()[text.words[word].begin] == '&';
}

// May `word` stand inside a run? `the` only after "of".
bool is_connector(const NameText& text, std::size_t word, Connectors connectors) {
  const NameWord& it = text.words[word];
  if (is_ampersand(text, word)) return true;
  if (connectors == Connectors::none || it.starts_upper) return false;
  if (it.key == "the" && (word == 0 || text.words[word - 1].key != "of")) return false;
  const bool is_company =
      connectors == Connectors::company || connectors == Connectors::company_of_one;
  if (is_one_of(english_of_words, it.key)) return !is_company;
  if (is_one_of(german_genitives, it.key)) return !is_company;
  if (is_one_of(of_words, it.key)) return true;
  const bool takes_and = connectors == Connectors::of_and || connectors == Connectors::company;
  return takes_and && is_one_of(and_words, it.key);
}

// A capitalised word that begins sentences and no names.
bool is_opener(const NameText& text, std::size_t word) {
  const NameClasses& classes = name_classes();
  return classes.has(NameClass::function_word, text.words[word]) && !text.words[word].all_upper &&
         !classes.phrase_end(NameClass::place, text.words, word);
}

bool is_address_byte(char c) {
  return c != ' ' && c != '\n' && c != '\t' && c != '\r' && c != '(' && c != ')' && c != '"' &&
         c != '<' && c != '>' && c != '[' && c != ']';
}

}  // namespace

bool is_name_word(const NameText& text, std::size_t word) {
  const NameWord& it = text.words[word];
  if (!it.is_word) return false;
  return it.starts_upper || (it.after_hyphen && word > 0 && text.words[word - 1].starts_upper);
}

bool follows_directly(const NameText& text, std::size_t word) {
  if (word == 0 || !text.in_one_sentence(word - 1, word)) return false;
  const NameWord& before = text.words[word - 1];
  const NameWord& it = text.words[word];
  if (!before.is_word || !it.is_word) return false;
  return !it.joined || it.after_hyphen || is_ampersand(text, word) || is_ampersand(text, word - 1);
}

std::size_t run_begin(const NameText& text, std::size_t end, Connectors connectors,
                      std::size_t longest) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < longest) {
    const std::size_t before = begin - 1;
    if (!text.in_one_sentence(before, end - 1)) break;
    if (begin < end && !follows_directly(text, begin)) break;
    if (is_name_word(text, before)) {
      if (is_opener(text, before)) break;
      begin = before;
    } else if (begin < end && before > 0 && is_connector(text, before, connectors) &&
               follows_directly(text, before) && is_name_word(text, before - 1) &&
               !is_opener(text, before - 1)) {
      begin = before - 1;
    } else {
      break;
    }
  }
  return begin;
}

std::size_t run_end(const NameText& text, std::size_t begin, Connectors connectors,
                    std::size_t longest) {
  std::size_t end = begin;
  std::size_t next = begin;
  while (next < text.words.size() && next - begin < longest) {
    if (next > begin && !follows_directly(text, next)) break;
    if (is_name_word(text, next)) {
      end = ++next;
    } else if (end > begin && is_connector(text, next, connectors)) {
      ++next;
    } else {
      break;
    }
  }
  return end;
}

bool is_in_address(const NameText& text, std::size_t first, std::size_t end) {
  constexpr std::size_t reach = 120;  // bytes looked at on each side: hosts are shorter than that
  const std::string_view all = text.prose.text();
  const std::size_t name_begin = text.words[first].begin;
  const std::size_t name_end = text.words[end - 1].end;
  std::size_t begin = name_begin;
  while (begin > 0 && name_begin - begin < reach && is_address_byte(all[begin - 1])) --begin;
  std::size_t after = name_end;
  while (after < all.size() && after - name_end < reach && is_address_byte(all[after])) ++after;
  const std::string_view chunk = all.substr(begin, after - begin);
  if (chunk.find("://") != chunk.npos || chunk.find('@') != chunk.npos) return true;
  if (chunk.starts_with("www.")) return true;
  // "palantir.com", "blog.palantir": a full stop with a letter right behind it.
  const auto is_small = [&](std::size_t at) {
    return at < all.size() && all[at] >= 'a' && all[at] <= 'z';
  };
  if (text.words[end - 1].dotted && is_small(name_end + 1)) return true;
  return name_begin > 1 && all[name_begin - 1] == '.' && is_address_byte(all[name_begin - 2]);
}

std::optional<std::size_t> legal_suffix_end(const NameText& text, std::size_t word) {
  if (word >= text.words.size()) return std::nullopt;
  const bool after_comma = text.words[word].key == ",";
  const std::size_t first = after_comma ? word + 1 : word;
  if (first == 0 || first >= text.words.size() || !text.in_one_sentence(first - 1, first)) {
    return std::nullopt;
  }
  if (!after_comma && !follows_directly(text, first)) return std::nullopt;
  const NameWord& suffix = text.words[first];
  const bool is_small = suffix.key == "gmbh" || suffix.key == "sp" || suffix.is_abbreviation;
  if (!suffix.starts_upper && !is_small) return std::nullopt;
  // "AG" and "SE" are suffixes, "Se" is not; "Co." is one, "CO" is Colorado.
  const bool is_code = suffix.key.size() == 2;
  if (is_code && suffix.all_upper == (suffix.key == "co")) return std::nullopt;
  return name_classes().phrase_end(NameClass::legal_suffix, text.words, first);
}

}  // namespace stakeout
