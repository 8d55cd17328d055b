#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace stakeout {

// What stands above an article, to be known again in its text.
struct KnownLines {
  std::vector<std::string> titles;
  std::vector<std::string> names;      // authors
  std::vector<std::string> summaries;  // descriptions for search engines and social networks
};

// The same, to be compared by letters and digits alone.
class KnownWords {
 public:
  explicit KnownWords(const KnownLines& known);

  [[nodiscard]] bool is_title(std::string_view line) const;
  // An author's name, and not much more.
  [[nodiscard]] bool is_name(std::string_view line) const;
  // An author's name somewhere in it.
  [[nodiscard]] bool has_name(std::string_view line) const;
  // The first two words of an author's name at its start: a byline may say more than a name.
  [[nodiscard]] bool begins_with_name(std::string_view line) const;
  // Whether a summary starts with this, which is bare_words() of something.
  [[nodiscard]] bool has_summary_from(std::string_view bare_start) const;

 private:
  std::unordered_set<std::string> titles_;
  std::vector<std::string> summaries_;
  std::vector<std::string> names_;
  std::vector<std::string> first_names_;
};

}  // namespace stakeout
