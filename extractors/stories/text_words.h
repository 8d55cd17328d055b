#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// A word of a text as a reader sees it, for finding what was changed: everything between two white
// spaces.
struct TextWord {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  // The word without marks around it, with plain quotation marks, hyphens and blanks: what two
  // fetches have to agree on. Only marks: those.
  std::string bare;
  // The same with the marks around it.
  std::string marked;
};

// The words of a text in order. Typography that changes nothing for a reader is evened out: curly
// and straight quotation marks, kinds of dashes and blanks, invisible characters.
[[nodiscard]] std::vector<TextWord> cut_words(std::string_view text);

// For each word the hash of its bare form.
[[nodiscard]] std::vector<std::uint64_t> hashes_of(const std::vector<TextWord>& words);

// Whether words have an ASCII digit.
[[nodiscard]] bool has_digit(std::string_view words);

// Whether a word has no letter and no figure of any script.
[[nodiscard]] bool is_sign(std::string_view word);

}  // namespace stakeout
