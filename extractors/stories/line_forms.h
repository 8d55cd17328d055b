#pragma once

#include <string_view>
#include <vector>

#include "extractors/stories/text_words.h"

// Lines of an article page that are told by their form, whatever the article is about: none of them
// is a sentence. The words that they need are in data/line_forms.tsv.

namespace stakeout {

// Who took a picture: "Photo: Jane Miller / Getty Images", "Jane Miller/AP". A credit word and
// names, or names and an agency of pictures behind a stroke; no figure and no end of a sentence.
[[nodiscard]] bool is_picture_credit(const std::vector<TextWord>& words);

// A button that plays the article: "Listen 4:32 min", "Watch: 2:15", "Listen · 4 min". A word for
// playing, a duration, and nothing but signs and units of time.
[[nodiscard]] bool is_player(const std::vector<TextWord>& words);

// Prices of shares: "PLTR 24.10 ▲ 1.26%", "(NYSE: PLTR) 24.10 +0.30 (+1.26%)". Symbols, figures and
// signs only, with a price beside a change in per cent, or an exchange.
[[nodiscard]] bool is_stock_ticker(const std::vector<TextWord>& words);

}  // namespace stakeout
