#include "extractors/stories/passage.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "extractors/stories/content_words.h"
#include "extractors/text/ascii.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace stories_data {
std::string_view meaning_words();
std::string_view number_words();
}  // namespace stories_data

namespace {

using Words = std::span<const TextWord>;
using Meanings = std::unordered_map<std::string_view, std::string>;

constexpr std::size_t longest_compared_word = 40;
constexpr std::size_t longest_corrected_passage = 40;  // words

// Stands before the value of a word that counts only when it is exchanged.
constexpr char weak = '~';

Meanings read_meanings() {
  Meanings meanings;
  for (const auto& row : read_table(stories_data::meaning_words())) {
    if (row.size() < 3) continue;
    std::string value{row[1]};
    if (row[0] == "exchanged") value.insert(value.begin(), weak);
    for (std::size_t i = 2; i < row.size(); ++i) meanings.emplace(row[i], value);
  }
  return meanings;
}

Meanings read_numbers() {
  Meanings numbers;
  for (const auto& row : read_table(stories_data::number_words())) numbers.emplace(row[0], row[1]);
  return numbers;
}

bool has_digit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

// "won't" is "will", "not"; other words as they are.
void append_part(std::vector<std::string>& parts, std::string_view word) {
  if (word.empty()) return;
  const std::string folded = fold_case(word);
  if (!folded.ends_with("n't") && folded != "cannot") {
    parts.emplace_back(word);
    return;
  }
  const std::string_view verb = word.substr(0, word.size() - 3);
  const bool is_short_form = folded == "won't" || folded == "can't";
  parts.emplace_back(is_short_form ? (folded == "won't" ? "will" : "can") : verb);
  parts.emplace_back("not");
}

// A word is parted at hyphens, slashes and apostrophes, so that "two-year" holds a number and
// "we'll" a will; the possessive is left out.
std::vector<std::string> parts_of(Words words) {
  std::vector<std::string> parts;
  for (const TextWord& word : words) {
    std::string_view rest = word.bare;
    while (!rest.empty()) {
      const bool is_negation = fold_case(rest).ends_with("n't");
      const std::size_t end =
          is_negation ? rest.size() : std::min(rest.find_first_of("-/'"), rest.size());
      append_part(parts, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (rest == "s") rest = {};
    }
  }
  return parts;
}

const Meanings& number_table() {
  static const Meanings numbers = read_numbers();
  return numbers;
}

// What a change of words must leave alone: the value of a figure, or what a word says that turns a
// statement round. Empty for other words.
std::string fixed_value(const std::string& part) {
  static const Meanings meanings = read_meanings();
  const std::string folded = fold_case(part);
  if (has_digit(folded)) {
    std::string figure;
    std::copy_if(folded.begin(), folded.end(), std::back_inserter(figure),
                 [](char c) { return c != ',' && c != '\''; });
    return figure;
  }
  const auto number = number_table().find(folded);
  if (number != number_table().end()) return number->second;
  const auto meaning = meanings.find(folded);
  return meaning != meanings.end() ? meaning->second : "";
}

// All of them, sorted.
std::vector<std::string> fixed_values(const std::vector<std::string>& parts) {
  std::vector<std::string> values;
  for (const std::string& part : parts) {
    std::string value = fixed_value(part);
    if (!value.empty()) values.push_back(std::move(value));
  }
  std::sort(values.begin(), values.end());
  return values;
}

// Whether the values of two passages part their meanings: a strong one that only one side has, or
// weak ones exchanged.
bool differ_in_values(const std::vector<std::string>& before,
                      const std::vector<std::string>& after) {
  const std::vector<std::string> old_values = fixed_values(before);
  const std::vector<std::string> new_values = fixed_values(after);
  std::vector<std::string> gone;
  std::vector<std::string> come;
  std::set_difference(old_values.begin(), old_values.end(), new_values.begin(), new_values.end(),
                      std::back_inserter(gone));
  std::set_difference(new_values.begin(), new_values.end(), old_values.begin(), old_values.end(),
                      std::back_inserter(come));
  const auto is_strong = [](const std::string& value) { return value.front() != weak; };
  return (!gone.empty() && !come.empty()) || std::any_of(gone.begin(), gone.end(), is_strong) ||
         std::any_of(come.begin(), come.end(), is_strong);
}

// The other words that say something, in order, as they are written.
std::vector<std::string> content_of(const std::vector<std::string>& parts) {
  std::vector<std::string> content;
  for (const std::string& part : parts) {
    const bool is_sign = std::none_of(part.begin(), part.end(), [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || is_ascii_alphanumeric(c);
    });
    const std::string value = fixed_value(part);
    const bool is_fixed = !value.empty() && value.front() != weak;
    if (is_sign || is_fixed || is_function_word(fold_case(part))) continue;
    content.push_back(part);
  }
  return content;
}

// Takes away what both lists hold, by stem.
void remove_common(std::vector<std::string>& a, std::vector<std::string>& b) {
  for (auto in_a = a.begin(); in_a != a.end();) {
    const std::string folded_a = fold_case(*in_a);
    const std::string_view stem = stem_of(folded_a);
    const auto in_b = std::find_if(b.begin(), b.end(), [&](const std::string& word) {
      return stem_of(fold_case(word)) == stem;
    });
    if (in_b == b.end()) {
      ++in_a;
    } else {
      b.erase(in_b);
      in_a = a.erase(in_a);
    }
  }
}

// Letters to put in, take out, exchange or swap with the next one (optimal string alignment), by
// bytes. `a` and `b` are at most longest_compared_word long.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::array<std::size_t, longest_compared_word + 1>, longest_compared_word + 1> d{};
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t exchanged = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, exchanged});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

bool starts_upper(std::string_view word) {
  return !word.empty() && is_upper(code_point_at(word, 0).value);
}

// Whether one word is the other with its spelling or ending put right. A name that changes by one
// letter is usually a correction; by more, it is another name.
bool is_correction(const std::string& before, const std::string& after) {
  const std::string a = fold_case(before);
  const std::string b = fold_case(after);
  if (std::max(a.size(), b.size()) > longest_compared_word) return false;
  const std::size_t distance = edit_distance(a, b);
  if (distance == 0) return true;
  const std::size_t shorter = std::min(a.size(), b.size());
  const bool is_name = starts_upper(before) && starts_upper(after);
  if (is_name || shorter < 5) return distance == 1 && shorter >= 3;
  return distance <= 2;
}

// Takes out the words that stand in the same place on both sides and differ by a slip of the pen:
// one of them is no English word, or neither says anything that counts.
void remove_slips(std::vector<std::string>& before, std::vector<std::string>& after) {
  if (before.size() != after.size()) return;
  for (std::size_t i = before.size(); i-- > 0;) {
    const bool has_odd_word =
        !is_common_word(fold_case(before[i])) || !is_common_word(fold_case(after[i]));
    const bool is_plain = fixed_value(before[i]) == fixed_value(after[i]);
    const bool has_figure = has_digit(before[i]) || has_digit(after[i]);
    if (has_figure || !(has_odd_word || is_plain) || !is_correction(before[i], after[i])) continue;
    before.erase(before.begin() + static_cast<std::ptrdiff_t>(i));
    after.erase(after.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += word;
  return fold_case(all);
}

std::string letters_of(Words words) {
  std::string letters;
  for (const TextWord& word : words) {
    std::copy_if(word.marked.begin(), word.marked.end(), std::back_inserter(letters), [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || is_ascii_alphanumeric(c);
    });
  }
  return letters;
}

std::string marked_of(Words words) {
  std::string all;
  for (const TextWord& word : words) all += word.marked;
  return all;
}

}  // namespace

bool states_number(const TextWord& word) {
  const std::vector<std::string> parts = parts_of(Words{&word, 1});
  return std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
    return has_digit(part) || number_table().contains(fold_case(part));
  });
}

ChangeClass classify_passage(Words before, Words after) {
  if (marked_of(before) == marked_of(after)) {
    const bool parts_words =
        before.size() != after.size() && parts_of(before).size() != parts_of(after).size();
    return parts_words ? ChangeClass::minor : ChangeClass::no_change;
  }
  if (fold_case(letters_of(before)) == fold_case(letters_of(after))) return ChangeClass::minor;
  std::vector<std::string> parts_before = parts_of(before);
  std::vector<std::string> parts_after = parts_of(after);
  const bool is_short =
      std::max(parts_before.size(), parts_after.size()) <= longest_corrected_passage;
  if (is_short) remove_slips(parts_before, parts_after);
  if (differ_in_values(parts_before, parts_after)) return ChangeClass::substantive;
  std::vector<std::string> old_words = content_of(parts_before);
  std::vector<std::string> new_words = content_of(parts_after);
  if (!is_short) return ChangeClass::substantive;
  remove_common(old_words, new_words);
  if (joined(old_words) == joined(new_words)) return ChangeClass::minor;
  const bool is_corrected =
      old_words.size() == new_words.size() &&
      std::equal(old_words.begin(), old_words.end(), new_words.begin(), is_correction);
  return is_corrected ? ChangeClass::minor : ChangeClass::substantive;
}

}  // namespace stakeout
