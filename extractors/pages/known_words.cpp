#include "extractors/pages/known_words.h"

#include <algorithm>

#include "extractors/pages/line_signs.h"
#include "extractors/pages/title.h"

namespace stakeout {

KnownWords::KnownWords(const KnownLines& known) {
  for (const std::string& title : known.titles) titles_.insert(bare_words(title));
  for (const std::string& line : known.summaries) summaries_.push_back(bare_words(line));
  for (const std::string& name : known.names) {
    names_.push_back(bare_words(name));
    first_names_.push_back(bare_words(first_words(name)));
  }
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

bool KnownWords::begins_with_name(std::string_view line) const {
  const std::string start = bare_words(line.substr(0, 200));
  return std::any_of(first_names_.begin(), first_names_.end(), [&](const std::string& name) {
    return name.size() >= 6 && start.starts_with(name);
  });
}

bool KnownWords::has_summary_from(std::string_view bare_start) const {
  return std::any_of(summaries_.begin(), summaries_.end(),
                     [&](const std::string& line) { return line.starts_with(bare_start); });
}

}  // namespace stakeout
