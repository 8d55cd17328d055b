#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/article.h"

namespace stakeout {

// A line of a text that is to be left out.
struct Omission {
  std::size_t begin = 0;  // bytes of the text, without line breaks
  std::size_t end = 0;
  std::size_t articles = 0;  // as in LeftOut
};

// What is left of a text, and what was taken out of it.
struct ParedText {
  std::string text;
  std::vector<LeftOut> left_out;
};

// Takes lines out of a text; they are in its order and do not overlap. One of the gaps beside each
// goes with it, the smaller one, so that paragraphs stay parted as they were.
[[nodiscard]] ParedText leave_out(std::string_view text, const std::vector<Omission>& lines);

// The text as it was: whole_text(pared.text, pared.left_out) gives back, byte for byte, what
// leave_out() was given. What says that it stood behind the text's end is put there.
[[nodiscard]] std::string whole_text(std::string_view text, const std::vector<LeftOut>& left_out);

}  // namespace stakeout
