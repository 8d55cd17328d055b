#include "extractors/pages/known_words.h"

#include <algorithm>

#include "extractors/pages/line_signs.h"
#include "extractors/pages/signals.h"
#include "extractors/pages/title.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// Whether a verb of a biography is among the first words of a line behind the name in it.
bool is_biography(std::string_view folded) {
  constexpr int most_words = 10;
  std::size_t gap = folded.find(' ');
  for (int i = 0; i < most_words && gap != std::string_view::npos; ++i) {
    if (phrase_at_start(folded.substr(gap + 1), Phrase::biography) > 0) return true;
    gap = folded.find(' ', gap + 1);
  }
  return false;
}

}  // namespace

KnownWords::KnownWords(const KnownLines& known) {
  for (const std::string& title : known.titles) titles_.insert(bare_words(title));
  for (const std::string& line : known.summaries) summaries_.push_back(bare_words(line));
  for (const std::string& name : known.houses) houses_.insert(bare_words(name));
  for (const std::string& name : known.names) {
    names_.push_back(bare_words(name));
    const bool is_person =
        houses_.count(names_.back()) == 0 && phrase_at_end(fold_case(name), Phrase::company) == 0;
    if (is_person) persons_.push_back(bare_words(first_words(name)));
  }
  houses_.insert(names_.begin(), names_.end());
  for (const std::string& title : known.titles) forget_names_in(title);
}

bool KnownWords::is_title(std::string_view line) const {
  return titles_.count(bare_words(line)) > 0;
}

bool KnownWords::is_name(std::string_view line) const {
  const std::string bare = bare_words(line);
  return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
    return !name.empty() && bare.size() < name.size() + 20 && bare.find(name) != std::string::npos;
  });
}

bool KnownWords::has_name(std::string_view line) const {
  const std::string bare = bare_words(line);
  return std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
    return name.size() >= 6 && bare.find(name) != std::string::npos;
  });
}

bool KnownWords::is_about_author(std::string_view folded) const {
  constexpr std::size_t shortest = 6;
  const std::string start = bare_words(first_bytes(folded, 200));
  return std::any_of(persons_.begin(), persons_.end(),
                     [&](const std::string& name) {
                       return name.size() >= shortest && start.starts_with(name);
                     }) &&
         is_biography(folded);
}

void KnownWords::forget_names_in(std::string_view text) {
  if (persons_.empty()) return;
  const std::string bare = bare_words(text);
  std::erase_if(persons_,
                [&](const std::string& name) { return bare.find(name) != std::string::npos; });
}

bool KnownWords::is_company(std::string_view name, std::string_view below) const {
  constexpr std::size_t beginning = 200;
  if (name.ends_with(':')) name.remove_suffix(1);
  if (name.ends_with('?') || name.starts_with("The ")) return false;
  if (houses_.count(bare_words(name)) > 0) return true;
  const bool has_capital = fold_case(name).substr(0, 1) != name.substr(0, 1);
  const std::string plain = with_plain_quotes(std::string{name});
  if (!has_capital || plain.find("'s ") != std::string::npos) return false;
  std::string_view words = first_words(name);
  while (words.ends_with(',') || words.ends_with(' ')) words.remove_suffix(1);
  return first_bytes(below, beginning).find(words) != std::string_view::npos;
}

bool KnownWords::has_summary_from(std::string_view bare_start) const {
  return std::any_of(summaries_.begin(), summaries_.end(),
                     [&](const std::string& line) { return line.starts_with(bare_start); });
}

}  // namespace stakeout
