#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/text/prose.h"
#include "extractors/values/span.h"

namespace stakeout {

// One word or mark of a text in the form in which names are compared.
struct NameWord {
  std::uint32_t begin = 0;  // bytes of the text, with the full stop of an abbreviation
  std::uint32_t end = 0;
  std::uint32_t sentence = 0;
  // Case folded, accents taken off, "U.S." as "us", "&" as "and"; a mark is itself.
  std::string key;
  bool is_word = false;       // a word or a number, not a mark
  bool starts_upper = false;  // its first letter is upper case
  bool all_upper = false;     // it has letters, two at least, and all are upper case
  bool starts_sentence = false;
  bool joined = false;        // no white space parts it from what stands before
  bool after_hyphen = false;  // joined to the word before by a hyphen
  bool dotted = false;        // a full stop belongs to it, or follows it
};

// The words of a text. Full stops after words and hyphens inside compounds are no elements of their
// own, so that "U.S." is one word and "Pen-Link" two; every other mark is one. Linear.
[[nodiscard]] std::vector<NameWord> name_words(const Prose& prose);

// Sentences of a text by their case: names cannot be told by their capitals in one that is written
// in capitals altogether, or in which all but the small words begin with one.
enum class SentenceCase : std::uint8_t { plain, title, capitals };
[[nodiscard]] std::vector<SentenceCase> sentence_cases(const Prose& prose,
                                                       const std::vector<NameWord>& words);

}  // namespace stakeout
