#include "extractors/pages/byline.h"

#include <algorithm>
#include <utility>

#include "extractors/pages/author_names.h"
#include "extractors/pages/metadata_sources.h"
#include "extractors/pages/page_words.h"
#include "extractors/pages/signals.h"
#include "extractors/pages/title.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"
#include "extractors/text/date_words.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t most_words = 6;

// Whether an address is that of an author's page.
bool is_author_address(std::string_view href) {
  for (std::size_t slash = href.find('/'); slash != std::string_view::npos;) {
    const std::size_t next = href.find('/', slash + 1);
    if (next == std::string_view::npos) return false;
    const std::string segment = ascii_lower(href.substr(slash + 1, next - slash - 1));
    if (is_page_word(segment, PageWord::author_path)) return true;
    slash = next;
  }
  return false;
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
    for (const SourceRow& row : sources_of(Field::author)) {
      // A name shown as an author's is one, even if the site has it, too.
      skips_site_ = row.source == Source::meta || row.name == "author";
      skips_site_ = skips_site_ && row.source != Source::property;
      from_source(row);
      if (names_.empty()) continue;
      if (std::any_of(names_.begin(), names_.end(), [](auto& name) { return !is_login(name); })) {
        return completed();
      }
      if (logins_.empty()) logins_ = std::move(names_);
      names_.clear();
    }
    return logins_;
  }

 private:
  void from_source(const SourceRow& row) {
    switch (row.source) {
      case Source::json_ld:
        for (const NamedAuthor& author : page_.data.authors) {
          if (row.name == "organization" || !author.is_organization) add_text(author.name, false);
        }
        return;
      case Source::meta:
        if (row.name == "twitter:data1" && !says_written_by()) return;
        for (const std::string& content : page_.stated.all(row.name)) {
          add_text(plain_text_of_html(content), false);
        }
        return;
      case Source::property:
        return from_properties(row.name);
      case Source::link:
        return from_marked(true);
      case Source::marked:
        return from_marked(false);
      case Source::line:
        return from_lines();
      default:  // of dates only
        return;
    }
  }

  // Pages state the first author only, or the first name, of those that they show: where one
  // element has all of the stated names and more, those count.
  std::vector<std::string> completed() {
    constexpr int most_elements = 6;
    const std::vector<std::string> stated = std::exchange(names_, {});
    int elements = 0;
    for (std::uint32_t i = page_.around.begin;
         i < page_.around.article_end && elements < most_elements; i = next_own_node(page_, i)) {
      if (page_.tree[i].tag == Tag::text) continue;
      const bool is_link = is_author_link(i);
      if ((!is_link && !page_.outline.marks[i].has(Mark::byline)) || is_in_teaser(page_, i)) {
        continue;
      }
      ++elements;
      const std::string text = short_text(is_link ? page_.tree[i].parent : i);
      names_.clear();
      if (text.size() < 200) add_text(text, true);
      if (has_more_than(stated)) return names_;
    }
    return stated;
  }

  [[nodiscard]] bool has_more_than(const std::vector<std::string>& stated) const {
    const auto is_full_name = [](const std::string& name) {
      const auto words = ascii_words(name);
      return words.size() >= 2 && words.size() <= 4 && name.find(':') == std::string::npos &&
             std::all_of(words.begin(), words.end(),
                         [](auto word) { return is_upper(code_point_at(word, 0).value); });
    };
    const auto is_shown = [&](const std::string& name) {
      const bool is_first_name = name.find(' ') == std::string::npos;
      return std::any_of(names_.begin(), names_.end(), [&](const std::string& shown) {
        return shown == name || (is_first_name && shown.starts_with(name + " "));
      });
    };
    return names_ != stated && names_.size() <= stated.size() + 3 &&
           std::all_of(names_.begin(), names_.end(), is_full_name) &&
           std::all_of(stated.begin(), stated.end(), is_shown);
  }

  [[nodiscard]] bool says_written_by() const {
    return has_phrase(fold_case(page_.stated.first_of("twitter:label1")), Phrase::byline);
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
    const std::vector<std::string> pieces = split_names(text);
    if (is_shown && std::any_of(pieces.begin(), pieces.end(), goes_on)) return;
    bool is_first = true;
    for (const std::string& piece : pieces) {
      std::string bare = without_employer(bare_name(piece));
      if (skips_site_ && is_site(bare)) continue;
      std::string name = without_role(bare);
      trim_marks(name);
      // "The Post Staff": a newsroom's name, of which the role is a part.
      if (is_site(name) || is_host_name(name) || equals_ignoring_case(name, "the")) name = bare;
      const bool had_role = name.size() < bare.size();
      if (!is_first && had_role && is_shown) continue;  // "Ann Example, Opinion Editor"
      is_first = false;
      if (is_shown && !begins_upper(name)) continue;
      if (parse_date_time(collapse_white_space(piece)).has_value()) continue;
      add_name(std::move(name));
    }
  }

  // "Ann Example for The Post" gives "Ann Example", "Correspondent at The Post" the role. "Center
  // for Safety" is a name: it needs "The", the site or a house of the table.
  [[nodiscard]] std::string without_employer(std::string name) const {
    int words = 0;
    for (std::size_t at = 0; at < name.size(); ++words) {
      const std::string_view rest = std::string_view{name}.substr(at);
      const std::size_t length = phrase_at_start(fold_case(rest), Phrase::employer);
      const std::size_t before = at == 0 ? 0 : at - 1;
      if (length > 0 && length + 1 < rest.size() && is_lower(code_point_at(rest, 0).value) &&
          (words != 1 || is_role(std::string_view{name}.substr(0, before)))) {
        std::string_view whom = rest.substr(length + 1);
        if (whom.starts_with("the ")) whom.remove_prefix(4);
        if (whom.starts_with("The ") || is_site(whom) || is_role(whom)) {
          name.resize(before);
          return name;
        }
      }
      at = std::min(name.find(' ', at), name.size() - 1) + 1;
    }
    return name;
  }

  // Whether a piece of a line is part of a sentence: its last word is in lower case, or a sentence
  // ends in it.
  static bool goes_on(const std::string& piece) {
    constexpr std::size_t longest_short_form = 4;  // "Prof."
    const std::string name = without_role(bare_name(piece));
    const auto words = ascii_words(name);
    if (words.size() < 2) return false;
    return is_lower(code_point_at(words.back(), 0).value) ||
           std::any_of(words.begin(), words.end() - 1, [](std::string_view word) {
             return word.ends_with('.') && word.size() > longest_short_form + 1;
           });
  }

  void add_name(std::string name) {
    if (!is_name(name) || is_host_name(name) || names_.size() >= 12) return;
    const std::string folded = fold_case(name);
    if (has_phrase(folded, Phrase::dated) || has_phrase(folded, Phrase::nobody)) return;
    if (phrase_at_start(folded, Phrase::byline) == folded.size()) return;
    if (!names_.empty() && phrase_at_end(folded, Phrase::after_name) == folded.size()) return;
    const std::string bare = bare_words(name);
    const bool is_known = std::any_of(names_.begin(), names_.end(), [&](const std::string& known) {
      return bare_words(known) == bare;
    });
    if (!bare.empty() && !is_known) names_.push_back(std::move(name));
  }

  [[nodiscard]] static bool begins_upper(const std::string& name) {
    return !is_lower(code_point_at(name, 0).value);
  }

  // The text of an element but for links to tags and categories; empty when it is long.
  [[nodiscard]] std::string short_text(std::uint32_t node) const {
    const PageNode& at = page_.tree[node];
    if (at.text_end - at.text_begin > 400) return {};
    std::string text = page_.tree.visible_text(node);
    for (std::uint32_t i = node; i < at.end; ++i) {
      if (page_.tree[i].tag != Tag::a ||
          page_.tree.attribute(i, Attribute::rel).find("tag") == std::string_view::npos) {
        continue;
      }
      const std::string tag = page_.tree.visible_text(i);
      const std::size_t found = tag.empty() ? std::string::npos : text.find(tag);
      if (found != std::string::npos) text.replace(found, tag.size(), "|");
    }
    return text;
  }

  void from_properties(std::string_view property) {
    std::uint32_t end = 0;
    for (const std::uint32_t i : page_.stated.elements_with(property)) {
      if (i < end || is_in_comments(i)) continue;
      end = page_.tree[i].end;
      std::string name{page_.tree.attribute(i, Attribute::content)};
      for (std::uint32_t j = i + 1; j < end && name.empty(); ++j) {
        if (page_.tree.attribute(j, Attribute::itemprop) != "name") continue;
        name = page_.tree.attribute(j, Attribute::content);
        if (name.empty()) name = short_text(j);
      }
      add_text(name.empty() ? short_text(i) : name, false);
    }
  }

  [[nodiscard]] bool is_in_comments(std::uint32_t i) const {
    for (; i != 0; i = page_.tree[i].parent) {
      if (next_own_node(page_, i) != i + 1) return true;
    }
    return false;
  }

  // Links to authors or elements marked as byline; several that stand together all count.
  void from_marked(bool wants_link) {
    std::uint32_t end = page_.around.end;
    for (std::uint32_t i = page_.around.begin; i < end; i = next_own_node(page_, i)) {
      const PageNode& node = page_.tree[i];
      if (node.tag == Tag::text) continue;
      const bool fits = wants_link ? is_author_link(i) : page_.outline.marks[i].has(Mark::byline);
      if (!fits || is_in_teaser(page_, i)) continue;
      const std::size_t before = names_.size();
      const std::string text = short_text(i);
      if (text.size() < 120) add_text(text, false);
      if (before == 0 && !names_.empty()) end = std::min(end, node.end + 12);
    }
  }

  [[nodiscard]] bool is_author_link(std::uint32_t i) const {
    return page_.tree[i].tag == Tag::a &&
           (page_.tree.attribute(i, Attribute::rel).find("author") != std::string_view::npos ||
            is_author_address(page_.tree.attribute(i, Attribute::href)));
  }

  // "By Ann Example", in one line or with the name in a line of its own, also behind a date.
  void from_lines() {
    constexpr int most_lines = 80;
    constexpr std::size_t longest_line = 80;
    int lines = 0;
    bool is_next = false;
    for (std::uint32_t i = page_.around.begin;
         i < page_.around.end && lines < most_lines && names_.empty();
         i = next_own_node(page_, i)) {
      if (page_.tree[i].tag != Tag::text || page_.tree.text(i).size() > 1'000) continue;
      const Block* block = block_around(page_, i);
      if (block != nullptr && block->is_prose()) continue;
      std::string line = collapse_white_space(page_.tree.text(i));
      line.erase(0, std::min(line.find_first_not_of(" |,-"), line.size()));
      if (line.empty()) continue;
      ++lines;
      const bool follows_by = is_next;
      is_next = false;
      if (line.size() > longest_line) continue;
      if (follows_by) add_text(line, true);
      if (!names_.empty()) return;
      const std::string rest = behind_by(line);
      is_next = rest.empty() && ends_with_by(line);
      if (!rest.empty() && is_upper(code_point_at(rest, 0).value)) add_text(rest, true);
    }
  }

  static bool ends_with_by(const std::string& line) {
    const std::string folded = fold_case(line);
    const std::size_t length = phrase_at_start(folded, Phrase::byline);
    return length > 0 && length + 1 >= folded.size();
  }

  // What follows "By" at the start of a line, or after a date and a time there.
  static std::string behind_by(const std::string& line) {
    const std::string folded = fold_case(line);
    if (folded.size() != line.size()) return {};
    std::size_t at = 0;
    while (at < line.size()) {
      const std::size_t length =
          phrase_at_start(std::string_view{folded}.substr(at), Phrase::byline);
      const std::size_t end = at + length;
      if (length > 0 && end + 1 < line.size() && (line[end] == ' ' || line[end] == ':')) {
        return collapse_white_space(std::string_view{line}.substr(end + 1));
      }
      if (!is_ascii_digit(line.front())) return {};
      at = std::min(line.find(' ', at), line.size() - 1) + 1;
    }
    return {};
  }

  const PageFacts& page_;
  std::vector<std::string> site_names_;
  std::vector<std::string> names_;
  std::vector<std::string> logins_;  // the first names that are only that
  bool skips_site_ = true;
};

}  // namespace

std::vector<std::string> find_authors(const PageFacts& page) {
  return AuthorSearch{page}.run();
}

}  // namespace stakeout
