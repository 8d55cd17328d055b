#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/text/prose.h"

namespace stakeout {

// One word or mark of a text in the form in which names are compared.
struct NameWord {
  std::uint32_t begin = 0;  // bytes of the text, without a full stop that follows
  std::uint32_t end = 0;
  std::uint32_t sentence = 0;
  // Case folded, accents taken off, "U.S." as "us", "&" as "and"; a mark is itself.
  std::string key;
  WordHash hash = 0;             // of the key
  bool is_word = false;          // a word or a number, not a mark
  bool starts_upper = false;     // its first letter is upper case
  bool all_upper = false;        // it has letters, two at least, and all are upper case
  bool starts_sentence = false;  // the first word of its sentence
  bool joined = false;           // no white space parts it from what stands before
  bool after_hyphen = false;     // joined to the word before by a hyphen
  bool dotted = false;           // a full stop follows: of an abbreviation, or of the sentence
  bool is_abbreviation = false;  // letters with full stops inside: "U.S.", "S.p.A."
};

// Sentences by their case: names cannot be told by their capitals in one that is written in
// capitals altogether, or in which all but the small words begin with one.
enum class SentenceCase : std::uint8_t { plain, title, capitals };

// A text as the finders of names see it. Words of scripts that do not part names by white space are
// parted (see name_scripts.h). Full stops after words and hyphens inside compounds are no
// elements of their own, so that "U.S." is one word and "Pen-Link" two; every other mark is one.
struct NameText {
  const Prose& prose;  // borrowed
  std::vector<NameWord> words;
  std::vector<SentenceCase> cases;  // of each sentence

  explicit NameText(const Prose& prose);  // linear in the text

  [[nodiscard]] bool in_one_sentence(std::size_t a, std::size_t b) const {
    return a < words.size() && b < words.size() && words[a].sentence == words[b].sentence;
  }
  [[nodiscard]] SentenceCase case_at(std::size_t word) const { return cases[words[word].sentence]; }
};

}  // namespace stakeout
