#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "extractors/facts/phrase_trie.h"

namespace stakeout {

// What words tell about the names around them; data/name_classes.tsv says what each class is.
enum class NameClass : std::uint8_t {
  legal_suffix,
  dotted_suffix,
  division,
  unit,
  function_word,
  calendar,
  place,
  place_start,
  title,
  title_of_body,
  nationality,
  country,
  state,
  given_name,
  other_thing,
  not_vendor,
  generic,
  vendor_noun,
  trade,
  investor,
  deal_word,
  small_opener,
  capital_noun,
  company_word,
  buying_word,
  selling_word,
  paying_word,
  number_of_classes
};

// The classes of data/name_classes.tsv. Immutable.
class NameClasses {
 public:
  explicit NameClasses(std::string_view table);

  // Is this word by itself of the class?
  [[nodiscard]] bool has(NameClass name_class, const NameWord& word) const;

  // Where the longest phrase of the class that begins at word `first` ends; none when none does.
  [[nodiscard]] std::optional<std::size_t> phrase_end(NameClass name_class,
                                                      const std::vector<NameWord>& words,
                                                      std::size_t first) const;

 private:
  static constexpr std::size_t class_count = static_cast<std::size_t>(NameClass::number_of_classes);

  PhraseTrie phrases_;                     // ids are classes
  WordMap<std::uint32_t> classes_of_key_;  // a bit for each class
};

// The parts of a table's cell, which bars part.
[[nodiscard]] std::vector<std::string_view> split_bars(std::string_view cell);

// The shipped classes.
[[nodiscard]] const NameClasses& name_classes();

}  // namespace stakeout
