#pragma once

#include <cstddef>
#include <optional>

#include "extractors/facts/name_words.h"

// Runs of capitalised words: what a name looks like before one knows whose it is. All indices are
// of NameText::words.

namespace stakeout {

// Which small words may stand inside a run, between two of its capitalised ones.
enum class Connectors {
  none,
  of,       // "of", "of the", "de", "für" and their like
  of_and,   // and also "and", "&" and their like
  company,  // the same without the English and German ones but "and": "Jane Doe of Acme Inc."
            // and "Leiter der Acme AG" name two
  company_of_one,  // as company, but no word for "and"
};

// Capitalised, or joined by a hyphen to a word that is.
[[nodiscard]] bool is_name_word(const NameText& text, std::size_t word);

// Words `word - 1` and `word` are of one sentence, parted by white space alone.
[[nodiscard]] bool follows_directly(const NameText& text, std::size_t word);

// The first word of the run that ends before `end`, at most `longest` words long; `end` when there
// is none. Words with which sentences begin ("The", "Meanwhile") are left out.
[[nodiscard]] std::size_t run_begin(const NameText& text, std::size_t end, Connectors connectors,
                                    std::size_t longest);

// The word after the run that begins at `begin`; `begin` when there is none.
[[nodiscard]] std::size_t run_end(const NameText& text, std::size_t begin, Connectors connectors,
                                  std::size_t longest);

// Do words [first, end) stand in a URL, an e-mail address, an account's name or, other than as its
// whole, a domain name?
[[nodiscard]] bool is_in_address(const NameText& text, std::size_t first, std::size_t end);

// Where a company's legal suffix ends that begins at `word`, or after a comma there ("Inc.",
// ", LLC"); none when there is none.
[[nodiscard]] std::optional<std::size_t> legal_suffix_end(const NameText& text, std::size_t word);

}  // namespace stakeout
