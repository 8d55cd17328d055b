#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extractors/pages/page_tree.h"

namespace stakeout {

// How long a text is to a reader.
struct TextMeasure {
  std::uint32_t chars = 0;    // letters and digits; one of a script without word gaps counts twice
  bool has_sentence = false;  // it has the mark that ends a sentence, or a comma
};

// Sums of the texts of a page by node, each in constant time. "Prose" is long text outside links.
class TextSums {
 public:
  explicit TextSums(const PageTree& tree);

  // Of a text node itself; nothing for elements.
  [[nodiscard]] const TextMeasure& measure(std::uint32_t node) const { return measures_[node]; }
  [[nodiscard]] std::uint32_t chars_in(std::uint32_t node) const {
    return sum(chars_before_, node);
  }
  [[nodiscard]] std::uint32_t link_chars_in(std::uint32_t node) const {
    return sum(link_chars_before_, node);
  }
  [[nodiscard]] std::uint32_t prose_in(std::uint32_t node) const {
    return sum(prose_before_, node);
  }
  // Of all prose of the page.
  [[nodiscard]] std::uint32_t prose() const { return prose_before_.back(); }
  [[nodiscard]] double prose_share(std::uint32_t node) const {
    return prose() == 0 ? 0 : static_cast<double>(prose_in(node)) / prose();
  }

 private:
  [[nodiscard]] std::uint32_t sum(const std::vector<std::uint32_t>& before,
                                  std::uint32_t node) const {
    return before[tree_[node].end] - before[node];
  }

  const PageTree& tree_;
  std::vector<TextMeasure> measures_;
  std::vector<std::uint32_t> chars_before_;  // running sums over nodes
  std::vector<std::uint32_t> link_chars_before_;
  std::vector<std::uint32_t> prose_before_;
};

}  // namespace stakeout
