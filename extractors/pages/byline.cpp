#include "extractors/pages/byline.h"

#include <algorithm>
#include <array>

#include "extractors/pages/signals.h"
#include "extractors/pages/title.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t most_words = 6;

// Words between two names.
constexpr std::array<std::string_view, 12> conjunctions{" and ", " und ",  " et ",  " y ",
                                                        " & ",   " with ", " mit ", " avec ",
                                                        " och ", " og ",   " i ",   " и "};

// Cuts at commas, slashes, bars, semicolons, line breaks and words for "and".
std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names(1);
  const std::string folded = fold_case(text);
  const bool same_length = folded.size() == text.size();
  for (std::size_t at = 0; at < text.size();) {
    const auto joins =
        std::find_if(conjunctions.begin(), conjunctions.end(), [&](std::string_view word) {
          return same_length && std::string_view{folded}.substr(at).starts_with(word);
        });
    if (joins != conjunctions.end()) {
      at += joins->size();
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

// "Ann Example on" gives "Ann Example": what stood before a date that was cut off.
std::string without_date_words(std::string name) {
  static constexpr std::array<std::string_view, 9> words{" on", " am", " at", " vom", " le",
                                                         " el", " em", " -",  " –"};
  for (bool found = true; found;) {
    found = false;
    while (!name.empty() && name.back() == ' ') name.pop_back();
    for (const std::string_view word : words) {
      if (!name.ends_with(word)) continue;
      name.resize(name.size() - word.size());
      found = true;
    }
  }
  return name;
}

// "Ann Example Editor" gives "Ann Example".
std::string without_role(std::string name) {
  while (true) {
    const std::string folded = fold_case(name);
    const std::size_t length = phrase_at_end(folded, Phrase::after_name);
    if (length == 0 || length >= name.size() || folded.size() != name.size()) return name;
    name.resize(name.size() - length);
    while (!name.empty() && name.back() == ' ') name.pop_back();
  }
}

// Whether an address is that of an author's page.
bool is_author_address(std::string_view href) {
  static constexpr std::array<std::string_view, 12> segments{
      "/author/", "/authors/", "/autor/",       "/autoren/",  "/auteur/", "/autore/",
      "/writer/", "/writers/", "/contributor/", "/reporter/", "/bio/",    "/staff/"};
  return std::any_of(segments.begin(), segments.end(), [href](std::string_view segment) {
    return find_ignoring_case(href, segment) != std::string_view::npos;
  });
}

// "By Ann Example (Reuters)" gives "Ann Example".
std::string cleaned_name(std::string_view raw) {
  std::string name = collapse_white_space(raw);
  while (true) {
    const std::size_t length = phrase_at_start(fold_case(name), Phrase::byline);
    if (length == 0 || length >= name.size()) break;
    const char next = name[length];
    if (next != ' ' && next != ':') break;
    name = collapse_white_space(std::string_view{name}.substr(length + 1));
  }
  for (std::size_t at = 1; at < name.size(); ++at) {
    if (!is_ascii_digit(name[at]) || name[at - 1] != ' ') continue;
    name.resize(at);
    if (ascii_words(name).size() < 2) return {};  // "Dec 20"
  }
  name = without_role(without_date_words(name));
  if (name.size() > 3 && name.starts_with("By") && is_upper(code_point_at(name, 2).value)) {
    name.erase(0, 2);  // "ByAnn Example": an element ends after "By"
  }
  const std::size_t bracket = name.find_first_of("([{<");
  if (bracket != std::string::npos && bracket > 0) name.resize(bracket);
  while (!name.empty() &&
         std::string_view{" :.-*\"'@|"}.find(name.back()) != std::string_view::npos) {
    if (name.back() == '.' && name.size() > 2 && name[name.size() - 3] == ' ') break;
    name.pop_back();
  }
  while (!name.empty() &&
         std::string_view{" :-*\"'|"}.find(name.front()) != std::string_view::npos) {
    name.erase(0, 1);
  }
  return name;
}

class AuthorSearch {
 public:
  explicit AuthorSearch(const PageFacts& page) : page_{page} {
    for (const std::string& name : {page.site, page.data.publisher, host_word(page.address)}) {
      const std::string bare = bare_words(name);
      if (!bare.empty()) site_names_.push_back(bare);
    }
  }

  std::vector<std::string> run() {
    for (const NamedAuthor& author : page_.data.authors) {
      if (!author.is_organization) add_text(author.name, false);
    }
    if (!names_.empty()) return names_;
    for (const std::string_view name :
         {"author", "article:author_name", "article:author", "byl", "dc.creator", "dcterms.creator",
          "dc.contributor", "parsely-author", "sailthru.author", "citation_author",
          "article.author", "authors", "creator", "cxenseparse:author", "rbauthors", "author_name",
          "og:article:author", "dcsext.author", "twitter:data1"}) {
      if (name == "twitter:data1" && !says_written_by()) continue;
      for (const std::string& content : page_.meta.all(name)) {
        add_text(plain_text_of_html(content), false);
      }
      if (!names_.empty()) return names_;
    }
    skips_site_ = false;  // a name shown as an author's is one, even if the site has it, too
    from_microdata();
    if (names_.empty()) from_marked();
    if (names_.empty()) from_lines();
    if (names_.empty()) {
      for (const NamedAuthor& author : page_.data.authors) add_text(author.name, false);
    }
    return names_;
  }

 private:
  [[nodiscard]] bool says_written_by() const {
    return has_phrase(fold_case(page_.meta.first_of({"twitter:label1"})), Phrase::byline);
  }

  [[nodiscard]] bool is_site(std::string_view name) const {
    const std::string bare = bare_words(name);
    return std::find(site_names_.begin(), site_names_.end(), bare) != site_names_.end();
  }

  [[nodiscard]] static bool is_name(const std::string& name) {
    if (name.size() < 2 || name.size() > longest_name || is_ascii_digit(name.front())) return false;
    if (name.find("://") != std::string::npos || name.find('@') != std::string::npos ||
        name.find("www.") != std::string::npos) {
      return false;
    }
    return ascii_words(name).size() <= most_words;
  }

  // Text of the page must look like names; what the page states is believed more.
  void add_text(const std::string& text, bool is_shown) {
    if (text.size() > 300 || text.find("://") != std::string::npos) return;
    for (const std::string& piece : split_names(text)) {
      const std::string name = cleaned_name(piece);
      if (!is_name(name) || (is_shown && !begins_upper(name))) continue;
      if (skips_site_ && is_site(name)) continue;
      if (parse_date_time(collapse_white_space(piece)).has_value()) continue;
      const std::string folded = fold_case(name);
      if (has_phrase(folded, Phrase::dated)) continue;
      if (phrase_at_start(folded, Phrase::byline) == folded.size()) continue;
      const std::string bare = bare_words(name);
      const bool is_known =
          std::any_of(names_.begin(), names_.end(),
                      [&](const std::string& known) { return bare_words(known) == bare; });
      if (!bare.empty() && !is_known && names_.size() < 12) names_.push_back(name);
    }
  }

  [[nodiscard]] static bool begins_upper(const std::string& name) {
    return !is_lower(code_point_at(name, 0).value);
  }

  [[nodiscard]] std::string short_text(std::uint32_t node) const {
    const PageNode& at = page_.tree[node];
    return at.text_end - at.text_begin > 400 ? std::string{} : page_.tree.visible_text(node);
  }

  void from_microdata() {
    for (std::uint32_t i = 0; i < page_.tree.size(); ++i) {
      if (in_comments(i)) {
        i = page_.tree[i].end - 1;
        continue;
      }
      const std::string_view property = page_.tree.attribute(i, Attribute::itemprop);
      if (property != "author" && property != "creator") continue;
      std::string name{page_.tree.attribute(i, Attribute::content)};
      for (std::uint32_t j = i + 1; j < page_.tree[i].end && name.empty(); ++j) {
        if (page_.tree.attribute(j, Attribute::itemprop) == "name") {
          name = page_.tree.attribute(j, Attribute::content);
          if (name.empty()) name = short_text(j);
        }
      }
      add_text(name.empty() ? short_text(i) : name, false);
      i = page_.tree[i].end - 1;
    }
  }

  [[nodiscard]] bool in_comments(std::uint32_t i) const {
    return page_.tree[i].tag != Tag::text && page_.tree[i].tag != Tag::body &&
           page_.outline.marks[i].has(Mark::comments);
  }

  // Links to authors, then elements marked as byline; several that stand together all count.
  void from_marked() {
    const auto [from, to] = surroundings(page_);
    for (const bool wants_link : {true, false}) {
      std::uint32_t end = to;
      for (std::uint32_t i = from; i < end; ++i) {
        const PageNode& node = page_.tree[i];
        if (node.tag == Tag::text) continue;
        if (in_comments(i)) {
          i = node.end - 1;
          continue;
        }
        const bool fits = wants_link ? is_author_link(i) : page_.outline.marks[i].has(Mark::byline);
        if (!fits) continue;
        const std::size_t before = names_.size();
        const std::string text = short_text(i);
        if (text.size() < 120) add_text(text, false);
        if (before == 0 && !names_.empty()) end = std::min(end, node.end + 25);
      }
      if (!names_.empty()) return;
    }
  }

  [[nodiscard]] bool is_author_link(std::uint32_t i) const {
    return page_.tree[i].tag == Tag::a &&
           (page_.tree.attribute(i, Attribute::rel).find("author") != std::string_view::npos ||
            is_author_address(page_.tree.attribute(i, Attribute::href)));
  }

  // "By Ann Example", in one line or with the name in a line of its own.
  void from_lines() {
    const auto [from, to] = surroundings(page_);
    int lines = 0;
    bool is_next = false;
    for (std::uint32_t i = from; i < to && lines < 80 && names_.empty(); ++i) {
      if (page_.tree[i].tag != Tag::text) continue;
      const std::string line = collapse_white_space(page_.tree.text(i));
      if (line.empty()) continue;
      ++lines;
      if (line.size() <= 80 && is_next) add_text(line, true);
      is_next = false;
      if (line.size() > 80 || !names_.empty()) continue;
      const std::string folded = fold_case(line);
      const std::size_t length = phrase_at_start(folded, Phrase::byline);
      is_next = length > 0 && length + 1 >= line.size();
      if (length == 0 || is_next || (line[length] != ' ' && line[length] != ':')) continue;
      const std::string rest = collapse_white_space(std::string_view{line}.substr(length + 1));
      if (!rest.empty() && is_upper(code_point_at(rest, 0).value)) add_text(rest, true);
    }
  }

  const PageFacts& page_;
  std::vector<std::string> site_names_;
  std::vector<std::string> names_;
  bool skips_site_ = true;
};

}  // namespace

std::vector<std::string> find_authors(const PageFacts& page) {
  return AuthorSearch{page}.run();
}

}  // namespace stakeout
