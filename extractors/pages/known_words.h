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
  std::vector<std::string> houses;     // the site, its publisher, authors that are no persons
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
  // Whether a line is about an author, whom no title names: a person's name and the verb of a
  // biography. `folded` is the line after fold_case().
  [[nodiscard]] bool is_about_author(std::string_view folded) const;
  // From here on a person whom this text names is no author: it is about them.
  void forget_names_in(std::string_view text);
  // Whether what stands behind "About" is a name and nothing else: that of the site, its publisher
  // or an author, or one that stands so, with its capitals, where the text below begins.
  [[nodiscard]] bool is_company(std::string_view name, std::string_view below) const;
  // Whether a summary starts with this, which is bare_words() of something.
  [[nodiscard]] bool has_summary_from(std::string_view bare_start) const;

 private:
  std::unordered_set<std::string> titles_;
  std::vector<std::string> summaries_;
  std::vector<std::string> names_;
  std::vector<std::string> persons_;  // the first two words of each: a byline may say more
  std::unordered_set<std::string> houses_;
};

}  // namespace stakeout
