#include "extractors/stories/passage.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "extractors/stories/content_words.h"
#include "extractors/stories/spelling.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_words.h"
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

constexpr std::size_t shortest_foreign_month = 4;      // bytes
constexpr std::size_t shortest_negated_word = 5;       // bytes
constexpr std::size_t longest_corrected_passage = 40;  // words

// Stands before the value of a word that counts only when it is exchanged.
constexpr char weak = '~';

struct MeaningTable {
  Meanings values;
  std::unordered_set<std::string_view> prefixes;  // that turn a word round
  std::unordered_set<std::string_view> links;     // between things whose order says nothing
};

MeaningTable read_meanings() {
  MeaningTable meanings;
  for (const auto& row : read_table(stories_data::meaning_words())) {
    if (row.size() == 2 && row[0] == "prefix") meanings.prefixes.insert(row[1]);
    if (row.size() == 2 && row[0] == "link") meanings.links.insert(row[1]);
    if (row.size() < 3) continue;
    std::string value{row[1]};
    if (row[0] == "exchanged") value.insert(value.begin(), weak);
    for (std::size_t i = 2; i < row.size(); ++i) meanings.values.emplace(row[i], value);
  }
  return meanings;
}

Meanings read_numbers() {
  Meanings numbers;
  for (const auto& row : read_table(stories_data::number_words())) numbers.emplace(row[0], row[1]);
  return numbers;
}

// The power of ten that a word multiplies the figure before it by; 0 for other words.
std::size_t power_of(std::string_view folded) {
  if (folded == "k" || folded == "thousand") return 3;
  if (folded == "m" || folded == "mn" || folded == "million") return 6;
  if (folded == "b" || folded == "bn" || folded == "billion") return 9;
  if (folded == "tn" || folded == "trillion") return 12;
  return 0;
}

// What may be written right behind a figure.
bool is_unit(std::string_view word) {
  const std::string folded = fold_case(word);
  return folded == "%" || power_of(folded) > 0;
}

// The currency sign before a figure ("US$5" too): its length, 0 when there is none.
std::size_t currency_sign(std::string_view word) {
  for (const std::string_view sign : {"US$", "$", "€", "£", "¥"}) {
    if (word.size() > sign.size() && word.starts_with(sign)) return sign.size();
  }
  return 0;
}

// "won't" is "will", "not"; "$5" is "$", "5"; "40%" is "40", "%"; "2bn" is "2", "bn"; other words
// as they are.
void append_part(std::vector<std::string>& parts, std::string_view word) {
  if (word.empty()) return;
  const std::size_t sign = currency_sign(word);
  if (sign > 0) parts.emplace_back(word.starts_with("US") ? "$" : word.substr(0, sign));
  word.remove_prefix(sign);
  const std::size_t figure = word.find_first_not_of("0123456789.,");
  if (figure != 0 && figure != std::string_view::npos && is_unit(word.substr(figure))) {
    parts.emplace_back(word.substr(0, figure));
    word.remove_prefix(figure);
  }
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

// "2026-03-05" is "March", "5", "2026". Returns whether it was one.
bool append_iso_date(std::vector<std::string>& parts, std::string_view word) {
  constexpr std::string_view digits = "0123456789";
  static constexpr std::array<std::string_view, 12> months = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  if (word.size() != 10 || word[4] != '-' || word[7] != '-') return false;
  for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (digits.find(word[at]) == std::string_view::npos) return false;
  }
  const int month = (word[5] - '0') * 10 + (word[6] - '0');
  if (month < 1 || month > 12) return false;
  parts.emplace_back(months[static_cast<std::size_t>(month) - 1]);
  parts.emplace_back(word.substr(word[8] == '0' ? 9 : 8));
  parts.emplace_back(word.substr(0, 4));
  return true;
}

// A word is parted at hyphens, slashes and apostrophes, so that "two-year" holds a number and
// "we'll" a will; the possessive is left out.
std::vector<std::string> parts_of(Words words) {
  std::vector<std::string> parts;
  for (const TextWord& word : words) {
    std::string_view rest = word.bare;
    if (append_iso_date(parts, rest)) continue;
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

const MeaningTable& meaning_table() {
  static const MeaningTable meanings = read_meanings();
  return meanings;
}

const Meanings& number_table() {
  static const Meanings numbers = read_numbers();
  return numbers;
}

// "12.48" times 10^6 as "12480000", so that it equals "12,480,000"; nothing where it does not come
// out whole.
std::string multiplied(std::string figure, std::size_t power) {
  const std::size_t point = figure.find('.');
  if (figure.find_first_not_of("0123456789.") != std::string::npos) return {};
  std::size_t decimals = 0;
  if (point != std::string::npos) {
    figure.erase(point, 1);
    decimals = figure.size() - point;
  }
  if (decimals > power || figure.find('.') != std::string::npos) return {};
  figure.append(power - decimals, '0');
  figure.erase(0, std::min(figure.find_first_not_of('0'), figure.size() - 1));
  return figure;
}

// "3rd" as "3", the hour "9:00" as "9".
std::string without_ending(std::string figure) {
  if (figure.size() < 3) return figure;
  const std::string_view number = std::string_view{figure}.substr(0, figure.size() - 2);
  const std::string_view ending = std::string_view{figure}.substr(number.size());
  const bool is_ordinal = ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
  if (is_ordinal && number.find_first_not_of("0123456789") == std::string_view::npos) {
    return std::string{number};
  }
  if (figure.size() <= 5 && figure.ends_with(":00")) figure.resize(figure.size() - 3);
  return figure;
}

// What a change of words must leave alone: the value of a figure, or what a word says that turns a
// statement round. Empty for other words.
std::string fixed_value(const std::string& part) {
  const Meanings& meanings = meaning_table().values;
  const std::string folded = fold_case(part);
  if (has_digit(folded)) {
    std::string figure;
    std::copy_if(folded.begin(), folded.end(), std::back_inserter(figure),
                 [](char c) { return c != ',' && c != '\''; });
    return without_ending(std::move(figure));
  }
  const auto number = number_table().find(folded);
  if (number != number_table().end()) return number->second;
  const auto meaning = meanings.find(folded);
  if (meaning != meanings.end()) return meaning->second;
  // Short words and English ones may be months of some language by chance ("led", "set").
  if (folded.size() < shortest_foreign_month || is_common_word(folded)) return "";
  const auto date_word = find_date_word(fold_accents(folded));
  const bool is_month = date_word && date_word->month > 0 && !date_word->is_weekday;
  return is_month ? "month " + std::to_string(date_word->month) : "";
}

// "twenty", "one" as 21; empty when the second is no unit of the first.
std::string with_unit(const std::string& tens, const std::string& unit) {
  const auto ten = number_table().find(fold_case(tens));
  if (ten == number_table().end() || ten->second.size() != 2 || ten->second < "20") return {};
  const std::string folded = fold_case(unit);
  if (folded == "one" || folded == "first") return ten->second.substr(0, 1) + "1";
  const auto one = number_table().find(folded);
  const bool is_unit = one != number_table().end() && one->second.size() == 1;
  return is_unit ? ten->second.substr(0, 1) + one->second : std::string{};
}

// All of them, sorted. A figure and the word that multiplies it are one value. "One" is a number
// only where the other side has it as a figure.
std::vector<std::string> fixed_values(const std::vector<std::string>& parts, bool counts_one) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (std::string whole = i + 1 < parts.size() ? with_unit(parts[i], parts[i + 1]) : "";
        !whole.empty()) {
      values.push_back(std::move(whole));
      ++i;
      continue;
    }
    std::string value = fixed_value(parts[i]);
    if (value.empty() && counts_one && fold_case(parts[i]) == "one") value = "1";
    if (value.empty()) continue;
    const std::size_t power = i + 1 < parts.size() ? power_of(fold_case(parts[i + 1])) : 0;
    std::string whole = power > 0 && has_digit(parts[i]) ? multiplied(value, power) : "";
    if (!whole.empty()) {
      value = std::move(whole);
      ++i;
    }
    values.push_back(std::move(value));
  }
  std::sort(values.begin(), values.end());
  return values;
}

// Whether the values of two passages part their meanings: a strong one that only one side has, or
// weak ones exchanged.
bool differ_in_values(const std::vector<std::string>& before,
                      const std::vector<std::string>& after) {
  const auto has_one = [](const std::vector<std::string>& parts) {
    return std::find(parts.begin(), parts.end(), "1") != parts.end();
  };
  const std::vector<std::string> old_values = fixed_values(before, has_one(after));
  const std::vector<std::string> new_values = fixed_values(after, has_one(before));
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
    const bool is_power = power_of(fold_case(part)) > 0;
    if (is_sign || is_fixed || is_power || is_function_word(fold_case(part))) continue;
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

bool starts_upper(std::string_view word) {
  return !word.empty() && is_upper(code_point_at(word, 0).value);
}

// Whether one word is the other with a prefix that turns it round: "möglich" and "unmöglich". Both
// are case folded.
bool is_negation_of(std::string_view a, std::string_view b) {
  const std::string_view longer = a.size() > b.size() ? a : b;
  const std::string_view shorter = a.size() > b.size() ? b : a;
  if (shorter.size() < shortest_negated_word || !longer.ends_with(shorter)) return false;
  const auto& prefixes = meaning_table().prefixes;
  return prefixes.contains(longer.substr(0, longer.size() - shorter.size()));
}

bool is_correction(const std::string& before, const std::string& after) {
  return !is_negation_of(fold_case(before), fold_case(after)) && is_respelled(before, after);
}

// Takes out the words that stand in the same place on both sides and differ by a slip of the pen.
void remove_slips(std::vector<std::string>& before, std::vector<std::string>& after) {
  if (before.size() != after.size()) return;
  for (std::size_t i = before.size(); i-- > 0;) {
    const std::string old_value = fixed_value(before[i]);
    const std::string new_value = fixed_value(after[i]);
    const bool are_two_values = old_value != new_value && !old_value.empty() && !new_value.empty();
    const bool may_be_slip = old_value == new_value || !is_known_word(fold_case(before[i])) ||
                             !is_known_word(fold_case(after[i]));
    const bool has_figure = has_digit(before[i]) || has_digit(after[i]);
    if (are_two_values || !may_be_slip || has_figure) continue;
    if (!is_correction(before[i], after[i])) continue;
    before.erase(before.begin() + static_cast<std::ptrdiff_t>(i));
    after.erase(after.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += word;
  return fold_case(all);
}

// Letters and figures; a point within a figure too, as "1.2" is not "12".
std::string letters_of(Words words) {
  std::string letters;
  for (const TextWord& word : words) {
    const std::string& marked = word.marked;
    for (std::size_t i = 0; i < marked.size(); ++i) {
      const bool is_letter =
          static_cast<unsigned char>(marked[i]) >= 0x80 || is_ascii_alphanumeric(marked[i]);
      const bool is_point = marked[i] == '.' && i > 0 && i + 1 < marked.size() &&
                            has_digit(marked.substr(i - 1, 1)) &&
                            has_digit(marked.substr(i + 1, 1));
      if (is_letter || is_point) letters += marked[i];
    }
  }
  return letters;
}

// Whether two names or figures changed places around words that do not merely list them: "Red beat
// Blue" and "Blue beat Red", but not "Ann and Bob" and "Bob and Ann".
bool exchanges_ends(Words before, Words after) {
  if (before.size() != after.size() || before.size() < 3) return false;
  const auto is_same = [](const TextWord& a, const TextWord& b) { return a.bare == b.bare; };
  const auto counts = [](const TextWord& word) {
    return has_digit(word.bare) || starts_upper(word.bare);
  };
  const auto is_link = [](const TextWord& word) {
    return meaning_table().links.contains(fold_case(word.bare));
  };
  const Words middle = before.subspan(1, before.size() - 2);
  return is_same(before.front(), after.back()) && is_same(before.back(), after.front()) &&
         !is_same(before.front(), before.back()) && counts(before.front()) &&
         counts(before.back()) && std::none_of(middle.begin(), middle.end(), is_link) &&
         std::equal(middle.begin(), middle.end(), after.begin() + 1, is_same);
}

std::string marked_of(Words words) {
  std::string all;
  for (const TextWord& word : words) all += word.marked;
  return all;
}

// Whether there is nothing but the bars that part the cells of a table.
bool is_bars(Words words) {
  return std::all_of(words.begin(), words.end(),
                     [](const TextWord& word) { return word.marked == "|"; });
}

}  // namespace

bool states_number(const TextWord& word) {
  const std::vector<std::string> parts = parts_of(Words{&word, 1});
  return std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
    return has_digit(part) || number_table().contains(fold_case(part));
  });
}

ChangeClass classify_passage(Words before, Words after) {
  if (is_bars(before) && is_bars(after)) return ChangeClass::no_change;
  if (marked_of(before) == marked_of(after)) {
    const bool parts_words =
        before.size() != after.size() && parts_of(before).size() != parts_of(after).size();
    return parts_words ? ChangeClass::minor : ChangeClass::no_change;
  }
  if (exchanges_ends(before, after)) return ChangeClass::substantive;
  if (fold_accents(letters_of(before)) == fold_accents(letters_of(after)))
    return ChangeClass::minor;
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
