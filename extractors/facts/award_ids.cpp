#include "extractors/facts/award_ids.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "extractors/text/table.h"

namespace stakeout::facts_data {
std::string_view award_ids();
}

namespace stakeout {
namespace {

struct Shape {
  std::string_view rule;
  std::string_view shape;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> rows = [] {
    std::vector<Shape> read;
    for (const auto& row : read_table(facts_data::award_ids())) {
      if (row.size() == 2) read.push_back({row[0], row[1]});
    }
    return read;
  }();
  return rows;
}

// Whether the token is one of the marks, which are single bytes.
bool is_one_of_marks(const DealScene& scene, std::size_t token, std::string_view marks) {
  const std::string& word = scene.prose.tokens()[token].folded;
  return word.size() == 1 && marks.find(word.front()) != std::string_view::npos;
}

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

bool has_shape(std::string_view word, std::string_view shape) {
  if (word.size() != shape.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const bool fits = shape[i] == 'A'   ? is_capital(c)
                      : shape[i] == '9' ? is_ascii_digit(c)
                      : shape[i] == 'X' ? is_capital(c) || is_ascii_digit(c)
                                        : c == shape[i];
    if (!fits) return false;
  }
  return true;
}

// The end of the run of words, numbers and hyphens, without blanks, that begins at `token`.
std::size_t end_of_run(const DealScene& scene, std::size_t token, std::size_t limit) {
  const auto& tokens = scene.prose.tokens();
  std::size_t end = token + 1;
  while (end < limit && !tokens[end].space_before &&
         (tokens[end].kind == TokenKind::word || tokens[end].kind == TokenKind::number ||
          tokens[end].folded == "-")) {
    ++end;
  }
  return end;
}

// "AGREEMENT P-23-233": capitals, digits and at least one hyphen.
bool looks_numbered(std::string_view word) {
  bool digit = false;
  bool hyphen = false;
  for (const char c : word) {
    if (!is_capital(c) && !is_ascii_digit(c) && c != '-') return false;
    digit = digit || is_ascii_digit(c);
    hyphen = hyphen || c == '-';
  }
  return digit && hyphen && word.size() >= 6 && is_ascii_digit(word.back());
}

// "No. 4600012345": digits alone, which need the word for a number right before them.
bool is_long_number(const DealScene& scene, std::size_t token, std::string_view word) {
  constexpr std::size_t least = 6;
  if (word.size() < least || !std::ranges::all_of(word, is_ascii_digit)) return false;
  std::size_t i = token;
  while (i > 0 && is_one_of_marks(scene, i - 1, ".#:")) --i;
  return i > 0 && scene.is_word(i - (scene.is_mark(i, "#") ? 0 : 1), DealWord::number_word);
}

bool follows_deal_noun(const DealScene& scene, std::size_t token) {
  const CueHit* noun = scene.last_cue(before(scene, token, 4), CueKind::noun);
  if (noun == nullptr || noun->cue->detail.ends_with("modified")) return false;
  for (std::size_t i = noun->end; i < token; ++i) {
    if (!scene.is_word(i, DealWord::number_word) && !is_one_of_marks(scene, i, ".:(")) return false;
  }
  return true;
}

}  // namespace

std::vector<Found<std::string>> find_award_ids(const DealScene& scene, TokenRange range) {
  std::vector<Found<std::string>> ids;
  for (std::size_t token = range.first; token < range.end;) {
    if (scene.prose.tokens()[token].kind != TokenKind::word &&
        scene.prose.tokens()[token].kind != TokenKind::number) {
      ++token;
      continue;
    }
    const std::size_t end = end_of_run(scene, token, range.end);
    const std::string_view word = scene.prose.words(token, end);
    std::string rule;
    for (const Shape& shape : shapes()) {
      if (has_shape(word, shape.shape)) rule = shape.rule;
    }
    if (rule.empty() && follows_deal_noun(scene, token) &&
        (looks_numbered(word) || is_long_number(scene, token, word))) {
      rule = "number-after-noun";
    }
    if (!rule.empty()) ids.push_back({std::string{word}, {token, end}, std::move(rule)});
    token = end;
  }
  return ids;
}

}  // namespace stakeout
