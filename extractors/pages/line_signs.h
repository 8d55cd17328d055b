#pragma once

#include <string>
#include <string_view>

namespace stakeout {

// Whether a text ends with a mark that ends a sentence, of any script.
[[nodiscard]] bool ends_sentence(std::string_view text);

// "2 shares 1.5k views" gives "shares views": what a line counts, without the counts and what parts
// them. The line is folded.
[[nodiscard]] std::string without_numbers(std::string_view folded);

// Whether a number of four digits between 1500 and 2099 stands in a text.
[[nodiscard]] bool has_year(std::string_view text);

// Whether a line is what a page's software should have put something for: "[CTA_BOX]",
// "[gallery ids="1,2"]", "[/caption]"; not "[laughter]".
[[nodiscard]] bool is_short_code(std::string_view text);

// A folded line with ' for each typographic apostrophe, as the table of phrases has it.
[[nodiscard]] std::string with_plain_quotes(std::string folded);

// The first two words of a line, or all of it.
[[nodiscard]] std::string_view first_words(std::string_view line);

// Whether a folded line names a sum of money that nobody asks of a reader: a thousand or more, or
// in millions and the like. "$4 million", "EUR 12,000", "30 mln euro"; not "$4.99 a month".
[[nodiscard]] bool has_large_sum(std::string_view folded);

// Whether a text is a sentence that tells of something: it ends like one, has four or more longer
// words in lower case (a list of names has none), and does not speak to readers or of the article
// itself, but in what it quotes. `folded` is the same after fold_case(). False in scripts without
// case: there that cannot be told.
[[nodiscard]] bool tells_something(std::string_view text, std::string_view folded);

// Whether a word of letters and four or more digits stands in a text, such as the number of a
// contract.
[[nodiscard]] bool has_code(std::string_view text);

// Whether something like "name@example.org" stands in a text.
[[nodiscard]] bool has_mail_address(std::string_view text);

}  // namespace stakeout
