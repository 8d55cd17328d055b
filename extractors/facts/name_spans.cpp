#include "extractors/facts/name_spans.h"

#include <algorithm>

#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_runs.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_division = 6;  // words
constexpr std::size_t longest_unit = 3;

// The end of a division's name that begins at word `begin`: a run of capitalised words that ends
// with such a word as "Systems". `begin` when there is none.
std::size_t division_end(const NameText& text, std::size_t begin) {
  if (begin >= text.words.size() || !follows_directly(text, begin)) return begin;
  if (text.words[begin].after_hyphen || text.case_at(begin) != SentenceCase::plain) return begin;
  std::size_t end = run_end(text, begin, Connectors::of_and, longest_division);
  while (end > begin && !name_classes().has(NameClass::division, text.words[end - 1])) --end;
  return end;
}

// "NASSCO-Bremerton, Bremerton, Washington": in announcements of awards a company's name runs up to
// the comma before its place.
std::size_t end_before_place(const NameText& text, std::size_t begin) {
  if (begin >= text.words.size() || !follows_directly(text, begin)) return begin;
  const std::size_t end = run_end(text, begin, Connectors::of_and, longest_division);
  return is_place_after(text, end) ? end : begin;
}

bool is_number_or_letter(const NameText& text, std::size_t word) {
  if (word >= text.words.size() || !follows_directly(text, word)) return false;
  const std::string& key = text.words[word].key;
  const bool is_digit =
      !key.empty() && key.size() <= 3 &&
      std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_digit || (key.size() == 1 && text.words[word].starts_upper);
}

std::size_t unit_end(const NameText& text, std::size_t begin) {
  std::size_t at = begin;
  for (std::size_t words = 0; words <= longest_unit; ++words, ++at) {
    if (at >= text.words.size() || !follows_directly(text, at)) return begin;
    if (!text.words[at].starts_upper) return begin;
    if (name_classes().has(NameClass::function_word, text.words[at])) return begin;
    if (const auto end = name_classes().phrase_end(NameClass::unit, text.words, at)) {
      return is_number_or_letter(text, *end) ? *end + 1 : *end;
    }
  }
  return begin;
}

void extend_vendor(const NameText& text, FoundName& name) {
  if (text.case_at(name.first) == SentenceCase::plain) {
    name.end = std::max(division_end(text, name.end), end_before_place(text, name.end));
  }
  if (const auto end = legal_suffix_end(text, name.end)) name.end = *end;
}

bool is_land(const NameWord& word) {
  return (word.key == "us" || word.key == "uk") && (word.all_upper || word.is_abbreviation);
}

bool is_ministry(const NameText& text, const FoundName& name) {
  for (std::size_t i = name.first; i < name.end; ++i) {
    if (text.words[i].key == "ministry") return true;
  }
  return false;
}

void extend_agency(const NameText& text, FoundName& name) {
  if (name.first > 0 && follows_directly(text, name.first) && is_land(text.words[name.first - 1])) {
    --name.first;
  }
  if (name.length() > 2 && is_ministry(text, name) &&
      name_classes().has(NameClass::nationality, text.words[name.first])) {
    ++name.first;
  }
  if (text.case_at(name.first) == SentenceCase::plain) name.end = unit_end(text, name.end);
}

}  // namespace

bool is_place_after(const NameText& text, std::size_t end) {
  const auto is_comma = [&](std::size_t at) {
    return at < text.words.size() && text.words[at].key == ",";
  };
  if (!is_comma(end)) return false;
  const std::size_t town_end = run_end(text, end + 1, Connectors::of, 4);
  if (town_end == end + 1 || !is_comma(town_end)) return false;
  if (!text.in_one_sentence(end, std::min(town_end + 1, text.words.size() - 1))) return false;
  return name_classes().phrase_end(NameClass::state, text.words, town_end + 1).has_value();
}

std::string_view name_bytes(const NameText& text, std::size_t first, std::size_t end) {
  const NameWord& last = text.words[end - 1];
  const bool keeps_stop =
      last.is_abbreviation || name_classes().has(NameClass::dotted_suffix, last);
  const std::size_t begin = text.words[first].begin;
  return text.prose.text().substr(begin, last.end - begin + (last.dotted && keeps_stop ? 1 : 0));
}

void extend_name(const NameText& text, FoundName& name) {
  if (name.kind == EntityKind::vendor) {
    extend_vendor(text, name);
  } else {
    extend_agency(text, name);
  }
}

}  // namespace stakeout
