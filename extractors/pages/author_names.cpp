#include "extractors/pages/author_names.h"

#include <algorithm>
#include <utility>

#include "extractors/pages/page_words.h"
#include "extractors/pages/signals.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_words.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// The length of a word between two names that a folded text begins with, and of the blanks around
// it; 0 when there is none.
std::size_t conjunction_at_start(std::string_view folded) {
  if (!folded.starts_with(' ')) return 0;
  const std::size_t end = folded.find(' ', 1);
  if (end == std::string_view::npos) return 0;
  return is_page_word(folded.substr(1, end - 1), PageWord::conjunction) ? end + 1 : 0;
}

// "Ann Example on" gives "Ann Example": what stood before a date that was cut off.
std::string without_date_words(std::string name) {
  while (true) {
    while (name.ends_with(' ')) name.pop_back();
    const std::size_t blank = name.rfind(' ');
    if (blank == std::string::npos) return name;
    const std::string_view last = std::string_view{name}.substr(blank + 1);
    if (!is_page_word(last, PageWord::before_date)) return name;
    name.resize(blank);
  }
}

// What stands before a role, "Senior Political", and what is left of a name before that: no less
// than two words, or nothing where all are of the role.
std::string without_role_words(std::string name) {
  std::string shortest = name;
  while (!name.empty()) {
    const std::string folded = fold_case(name);
    const std::size_t length = phrase_at_end(folded, Phrase::role_word);
    if (length == 0 || folded.size() != name.size()) return shortest;
    name.resize(name.size() - length);
    while (!name.empty() && name.back() == ' ') name.pop_back();
    if (name.find(' ') != std::string::npos) shortest = name;
  }
  return {};
}

// "By Ann Example" gives "Ann Example".
std::string without_by(std::string name) {
  while (true) {
    const std::size_t length = phrase_at_start(fold_case(name), Phrase::byline);
    if (length == 0 || length >= name.size()) return name;
    if (name[length] != ' ' && name[length] != ':') return name;
    name = collapse_white_space(std::string_view{name}.substr(length + 1));
  }
}

// "Ann Example Photos by Bo" gives "Ann Example".
std::string without_credit(std::string name) {
  for (std::size_t at = name.find(' '); at != std::string::npos; at = name.find(' ', at + 1)) {
    if (phrase_at_start(fold_case(std::string_view{name}.substr(at + 1)), Phrase::credit) == 0) {
      continue;
    }
    name.resize(at);
    break;
  }
  return name;
}

// "Ann Example Thursday" gives "Ann Example": what is left of a date that a comma cuts.
std::string without_weekday(std::string name) {
  constexpr std::size_t shortest = 5;  // "Tue" and "Mar" may be names
  const std::size_t blank = name.rfind(' ');
  if (blank == std::string::npos || name.size() - blank <= shortest) return name;
  const auto word = find_date_word(fold_accents(std::string_view{name}.substr(blank + 1)));
  constexpr std::size_t shortest_month = 7;  // "April" and "August" may be names, too
  const bool is_month = word && word->month != 0 && name.size() - blank > shortest_month;
  if (word && (word->is_weekday || is_month)) name.resize(blank);
  return name;
}

}  // namespace

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names(1);
  const std::string folded = fold_case(text);
  const bool same_length = folded.size() == text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t joins =
        same_length ? conjunction_at_start(std::string_view{folded}.substr(at)) : 0;
    if (joins > 0) {
      at += joins;
      names.emplace_back();
      continue;
    }
    const char c = text[at];
    const bool parts = c == ',' || c == ';' || c == '|' || c == '/' || c == '\n';
    if (parts || text.substr(at).starts_with("•") || text.substr(at).starts_with("·")) {
      at += parts ? 1 : std::string_view{"•"}.size() - (text[at] == '\xc2' ? 1 : 0);
      names.emplace_back();
      continue;
    }
    names.back() += c;
    ++at;
  }
  return names;
}

std::string without_role(std::string name) {
  for (bool had_role = false;; had_role = true) {
    const std::string folded = fold_case(name);
    const std::size_t length = phrase_at_end(folded, Phrase::after_name);
    if (length == 0 || length >= name.size() || folded.size() != name.size()) {
      return had_role ? without_role_words(std::move(name)) : name;
    }
    name.resize(name.size() - length);
    while (!name.empty() && name.back() == ' ') name.pop_back();
  }
}

bool is_role(std::string_view words) {
  const std::string folded = fold_case(words);
  return phrase_at_end(folded, Phrase::after_name) == folded.size();
}

void trim_marks(std::string& name) {
  constexpr std::string_view behind = " :.-*\"'@|,";
  constexpr std::string_view before = " :-*\"'|,";
  while (!name.empty() && behind.find(name.back()) != std::string_view::npos) {
    if (name.back() == '.' && name.size() > 2 && name[name.size() - 3] == ' ') break;  // "Ann E."
    name.pop_back();
  }
  name.erase(0, std::min(name.find_first_not_of(before), name.size()));
}

std::string bare_name(std::string_view raw) {
  std::string name = collapse_white_space(without_control_characters(raw));
  trim_marks(name);
  name = without_credit(without_by(std::move(name)));
  for (std::size_t at = 1; at < name.size(); ++at) {
    if (!is_ascii_digit(name[at]) || name[at - 1] != ' ') continue;
    name.resize(at);
    if (ascii_words(name).size() < 2) return {};  // "Dec 20"
  }
  if (name.size() > 3 && name.starts_with("By") && is_upper(code_point_at(name, 2).value)) {
    name.erase(0, 2);  // "ByAnn Example": an element ends after "By"
  }
  const std::size_t bracket = name.find_first_of("([{<");
  if (bracket != std::string::npos && bracket > 0) name.resize(bracket);
  trim_marks(name);
  name = without_date_words(without_weekday(without_date_words(std::move(name))));
  trim_marks(name);
  return name;
}

bool is_host_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot < 3 || name.find(' ') != std::string_view::npos) {
    return false;
  }
  const std::string_view end = name.substr(dot + 1);
  return end.size() >= 2 && end.size() <= 4 &&
         std::all_of(end.begin(), end.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_login(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

}  // namespace stakeout
