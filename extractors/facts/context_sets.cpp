#include "extractors/facts/context_sets.h"

#include <map>
#include <vector>

#include "extractors/facts/name_classes.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view context_sets_tsv();  // data/context_sets.tsv

std::span<const std::string_view> words_of_context_set(std::string_view set) {
  static const auto sets = [] {
    std::map<std::string_view, std::vector<std::string_view>> table;
    for (const auto& row : read_table(context_sets_tsv())) {
      if (row.size() != 2) continue;
      auto& words = table[row[0]];
      for (const std::string_view word : split_bars(row[1])) words.push_back(word);
    }
    return table;
  }();
  const auto known = sets.find(set);
  return known == sets.end() ? std::span<const std::string_view>{} : known->second;
}

}  // namespace stakeout
