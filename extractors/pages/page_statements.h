#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/page_tree.h"

namespace stakeout {

// What a page states of itself in <meta> elements, and in elements with microdata or RDFa.
//
// What belongs to something else on the page (leads_elsewhere(): comments, citations, pictures) is
// left out. The tree is borrowed and has to outlive this.
class PageStatements {
 public:
  explicit PageStatements(const PageTree& tree);

  // All contents of the <meta> elements with this "name", "property", "itemprop" or "http-equiv"
  // (lower case) that are not empty, in order; white space is clean.
  [[nodiscard]] const std::vector<std::string>& all(std::string_view name) const;
  // The first of them; empty when there is none.
  [[nodiscard]] std::string_view first_of(std::string_view name) const;

  // The other elements with this "itemprop" or "property", as it is written but for a prefix
  // ("schema:author"), in order.
  [[nodiscard]] std::vector<std::uint32_t> elements_with(std::string_view property) const;

 private:
  struct StatedProperty {
    std::string_view name;
    std::uint32_t node;
  };

  void read_meta(const PageTree& tree, std::uint32_t node);
  // Whether one of the node's properties leads elsewhere.
  bool read_properties(const PageTree& tree, std::uint32_t node);

  std::map<std::string, std::vector<std::string>, std::less<>> contents_;
  std::vector<StatedProperty> properties_;
};

}  // namespace stakeout
