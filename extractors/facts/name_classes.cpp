#include "extractors/facts/name_classes.h"

#include <algorithm>
#include <string>

#include "extractors/text/table.h"

namespace stakeout {

std::string_view name_classes_tsv();  // data/name_classes.tsv

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(NameClass::number_of_classes)>
    class_names = {"legal_suffix", "dotted_suffix", "division",     "unit",         "function_word",
                   "calendar",     "place",         "place_start",  "title",        "title_of_body",
                   "nationality",  "country",       "state",        "given_name",   "other_thing",
                   "not_vendor",   "generic",       "vendor_noun",  "trade",        "investor",
                   "deal_word",    "small_opener",  "capital_noun", "company_word", "buying_word",
                   "selling_word", "paying_word"};

}  // namespace

NameClasses::NameClasses(std::string_view table) {
  for (const auto& row : read_table(table)) {
    const auto name = std::find(class_names.begin(), class_names.end(), row.front());
    if (name == class_names.end() || row.size() < 2) continue;
    const auto id = static_cast<std::uint32_t>(name - class_names.begin());
    for (const std::string_view phrase : split_bars(row[1])) {
      const std::vector<NameWord> words = phrases_.add(phrase, id);
      if (words.size() == 1) classes_of_key_[words.front().key] |= 1U << id;
    }
  }
}

bool NameClasses::has(NameClass name_class, const NameWord& word) const {
  const std::uint32_t* classes = classes_of_key_.find(word.key, word.hash);
  return classes != nullptr && (*classes >> static_cast<std::uint32_t>(name_class) & 1U) != 0;
}

std::optional<std::size_t> NameClasses::phrase_end(NameClass name_class,
                                                   const std::vector<NameWord>& words,
                                                   std::size_t first) const {
  for (const PhraseMatch& match : phrases_.matches_at(words, first)) {
    const auto& ids = *match.ids;
    if (std::find(ids.begin(), ids.end(), static_cast<std::uint32_t>(name_class)) != ids.end()) {
      return match.end;
    }
  }
  return std::nullopt;
}

std::vector<std::string_view> split_bars(std::string_view cell) {
  std::vector<std::string_view> parts;
  while (!cell.empty()) {
    const std::size_t end = cell.find('|');
    parts.push_back(cell.substr(0, end));
    cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
  }
  return parts;
}

const NameClasses& name_classes() {
  static const NameClasses classes{name_classes_tsv()};
  return classes;
}

}  // namespace stakeout
