#include "extractors/stories/spelling.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "extractors/stories/content_words.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace stories_data {
std::string_view known_words();
}

namespace {

constexpr std::size_t longest_compared_word = 40;
constexpr std::size_t shortest_inflected = 4;  // letters before an ending

std::unordered_set<std::string_view> read_known_words() {
  std::unordered_set<std::string_view> words;
  for (const auto& row : read_table(stories_data::known_words())) {
    words.insert(row.begin(), row.end());
  }
  return words;
}

std::u32string code_points_of(std::string_view word) {
  std::u32string points;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    points += point.value;
    at = point.next;
  }
  return points;
}

// Letters to put in, take out, exchange or swap with the next one (optimal string alignment). `a`
// and `b` are at most longest_compared_word long.
std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
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

bool is_capitals(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    if (!is_upper(point.value)) return false;
    at = point.next;
  }
  return word.size() > 1;
}

bool starts_upper(std::string_view word) {
  return !word.empty() && is_upper(code_point_at(word, 0).value);
}

// How two words differ once what they begin and end with is taken off.
struct LetterChange {
  std::u32string_view gone;
  std::u32string_view come;
  std::size_t begin = 0;  // the length of the common beginning
  std::size_t end = 0;    // and of the common end

  LetterChange(std::u32string_view a, std::u32string_view b) {
    while (begin < a.size() && begin < b.size() && a[begin] == b[begin]) ++begin;
    const std::size_t most = std::min(a.size(), b.size()) - begin;
    while (end < most && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
    gone = a.substr(begin, a.size() - begin - end);
    come = b.substr(begin, b.size() - begin - end);
  }

  // "ø" for "o".
  [[nodiscard]] bool is_accent() const {
    return gone.size() == 1 && come.size() == 1 && (gone[0] < 0x80) != (come[0] < 0x80);
  }
  [[nodiscard]] bool is_swap() const {
    return gone.size() == 2 && come.size() == 2 && gone[0] == come[1] && gone[1] == come[0];
  }
  // One letter that only one of them has, within the word.
  [[nodiscard]] bool is_left_out() const { return gone.size() + come.size() == 1 && begin > 0; }
};

bool are_vowels(std::u32string_view letters) {
  return letters.find_first_not_of(U"aeiouy") == std::u32string_view::npos;
}

// A name with its spelling put right: a letter left out, doubled or swapped, or one vowel for
// another in a long name. "Iran" and "Iraq" are two countries.
bool is_name_respelled(const LetterChange& change, std::size_t shorter) {
  constexpr std::size_t long_name = 6;
  if (change.is_accent()) return true;
  if (change.is_swap() || change.is_left_out()) return shorter >= 4;
  return shorter >= long_name && change.gone.size() == 1 && change.come.size() == 1 &&
         are_vowels(change.gone) && are_vowels(change.come);
}

// Two words that both exist are each other's slip only where letters changed places, one vowel or
// doubled letter was left out ("lead" for "led"), or the ending differs.
bool is_slip_of_known(const LetterChange& change, std::string_view a, std::string_view b) {
  if (is_function_word(a) || is_function_word(b) || stem_of(a) == stem_of(b)) return true;
  const bool is_adverb = a.ends_with("ily") != b.ends_with("ily") && change.end == 1;
  const bool has_ending = (change.end == 0 || is_adverb) && change.begin >= shortest_inflected;
  const bool has_vowel = change.is_left_out() && are_vowels(change.gone) && are_vowels(change.come);
  return change.is_swap() || has_ending || has_vowel;
}

}  // namespace

bool is_known_word(std::string_view word) {
  static const std::unordered_set<std::string_view> words = read_known_words();
  return words.contains(word) || is_common_word(word);
}

bool is_respelled(std::string_view before, std::string_view after) {
  const std::string folded_a = fold_case(before);
  const std::string folded_b = fold_case(after);
  const std::u32string a = code_points_of(fold_accents(before));
  const std::u32string b = code_points_of(fold_accents(after));
  if (std::max(a.size(), b.size()) > longest_compared_word) return false;
  const std::size_t distance = edit_distance(a, b);
  if (distance == 0) return true;
  const std::size_t shorter = std::min(a.size(), b.size());
  if (distance > 2 || (shorter < 5 && distance > 1) || shorter < 3) return false;
  const LetterChange change{a, b};
  if (is_capitals(before) && is_capitals(after)) return change.is_swap();
  const bool knows_a = is_known_word(folded_a);
  const bool knows_b = is_known_word(folded_b);
  if (starts_upper(before) && starts_upper(after)) {
    if (knows_a && knows_b) return stem_of(folded_a) == stem_of(folded_b);
    const bool knows_one = knows_a || knows_b;
    return distance == 1 && ((knows_one && shorter > 5) || is_name_respelled(change, shorter));
  }
  return !knows_a || !knows_b || is_slip_of_known(change, folded_a, folded_b);
}

}  // namespace stakeout
