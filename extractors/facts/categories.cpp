#include "extractors/facts/categories.h"

#include "extractors/text/table.h"

namespace stakeout {

std::string_view categories_tsv();  // data/categories.tsv

const std::vector<Category>& known_categories() {
  static const std::vector<Category> categories = [] {
    std::vector<Category> list;
    for (const auto& row : read_table(categories_tsv())) {
      if (row.size() == 2) list.push_back({row[0], row[1]});
    }
    return list;
  }();
  return categories;
}

}  // namespace stakeout
