#include "extractors/pages/title.h"

#include <algorithm>
#include <array>

#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::array<std::string_view, 14> separators{
    " | ", " - ", " – ", " — ", " :: ", " » ",  " « ",
    " · ", " • ", " ‹ ", " › ", " ~ ",  " // ", " < "};

// The parts of a title that separators part.
struct TitleParts {
  std::vector<std::string_view> parts;
  std::vector<std::string_view> separators;  // separators[i] stands behind parts[i]
};

TitleParts parts_of(std::string_view title) {
  TitleParts result;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < title.size();) {
    const auto found = std::find_if(separators.begin(), separators.end(), [&](std::string_view s) {
      return title.substr(at).starts_with(s);
    });
    if (found == separators.end()) {
      ++at;
      continue;
    }
    result.parts.push_back(title.substr(begin, at - begin));
    result.separators.push_back(*found);
    begin = at += found->size();
  }
  result.parts.push_back(title.substr(begin));
  return result;
}

class TitleSearch {
 public:
  explicit TitleSearch(const PageFacts& page) : page_{page} {
    add_name(page.site);
    add_name(page.data.publisher);
    add_name(host_word(page.address));
    collect_headings();
  }

  std::string run() {
    const std::string social = without_site(stated(page_.stated.first_of("og:title")));
    const std::string headline = without_site(page_.data.headline);
    const std::string document = without_site(document_title());
    const std::string twitter =
        without_site(stated(first_meta({"twitter:title", "dc.title", "dcterms.title", "title"})));
    for (const std::string& statement : {social, headline, document, twitter}) {
      const std::string heading = equal_heading(statement);
      if (!heading.empty()) return heading;
    }
    for (const std::string& statement : {document, social, headline, twitter}) {
      const std::string heading = agreeing_heading(statement);
      if (!heading.empty()) return heading;
    }
    const std::string lone = lone_heading();
    if (!lone.empty()) return lone;
    for (const std::string& statement : {social, headline, twitter, document}) {
      if (!statement.empty()) return statement;
    }
    return headings_.empty() ? std::string{} : headings_.front();
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> out = headings_;
    for (const std::string& statement :
         {stated(page_.stated.first_of("og:title")), page_.data.headline, document_title()}) {
      if (statement.empty()) continue;
      out.push_back(statement);
      out.push_back(without_site(statement));
    }
    return out;
  }

 private:
  void add_name(const std::string& name) {
    const std::string bare = bare_words(name);
    if (bare.size() >= 2) names_.push_back(bare);
  }

  void collect_headings() {
    std::vector<std::string> marked;
    for (std::uint32_t i = 0; i < page_.tree.size(); ++i) {
      const bool is_first_level = page_.tree[i].tag == Tag::h1;
      const bool is_marked = page_.tree.attribute(i, Attribute::itemprop) == "headline";
      if (!is_first_level && !is_marked) continue;
      std::string text = page_.tree.visible_text(i);
      if (text.empty() || text.size() > 400 || is_site_name(text)) continue;
      (is_first_level ? headings_ : marked).push_back(std::move(text));
    }
    first_level_ = headings_.size();
    headings_.insert(headings_.end(), marked.begin(), marked.end());
  }

  [[nodiscard]] std::string_view first_meta(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const std::string_view content = page_.stated.first_of(name);
      if (!content.empty()) return content;
    }
    return {};
  }

  static std::string stated(std::string_view text) { return plain_text_of_html(text); }

  [[nodiscard]] std::string document_title() const {
    for (std::uint32_t i = 0; i < page_.tree.size(); ++i) {
      if (page_.tree[i].tag == Tag::title) return page_.tree.visible_text(i);
    }
    return {};
  }

  [[nodiscard]] bool is_site_name(std::string_view part) const {
    const std::string bare = bare_words(part);
    return bare.empty() || std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
             return bare == name ||
                    (name.size() >= 4 && bare.size() < name.size() * 2 + 12 &&
                     bare.find(name) != std::string::npos) ||
                    (bare.size() >= 4 && bare.size() * 2 > name.size() &&
                     name.find(bare) != std::string::npos);
           });
  }

  // Cuts the site's name off either end, with the section between it and the title.
  [[nodiscard]] std::string without_site(const std::string& title) const {
    const TitleParts parts = parts_of(title);
    std::size_t first = 0;
    std::size_t end = parts.parts.size();
    for (std::size_t i = end; i > 1; --i) {
      if (is_site_name(parts.parts[i - 1])) end = i - 1;
    }
    if (end > 1 && is_site_name(parts.parts.front())) first = 1;
    // A bar parts a title from nothing but names of sites and sections.
    while (end > first + 1 &&
           (parts.separators[end - 2] == " | " || parts.separators[end - 2] == " » " ||
            parts.separators[end - 2] == " :: ") &&
           parts.parts[end - 1].size() < parts.parts[first].size()) {
      --end;
    }
    const char* begin = parts.parts[first].data();
    const char* stop = parts.parts[end - 1].data() + parts.parts[end - 1].size();
    return collapse_white_space({begin, static_cast<std::size_t>(stop - begin)});
  }

  [[nodiscard]] std::string equal_heading(const std::string& statement) const {
    const std::string wanted = bare_words(statement);
    if (wanted.empty()) return {};
    for (const std::string& heading : headings_) {
      if (bare_words(heading) == wanted) return heading;
    }
    return {};
  }

  // A heading that is most of the statement, or that the statement is most of.
  [[nodiscard]] std::string agreeing_heading(const std::string& statement) const {
    const std::string wanted = bare_words(statement);
    if (wanted.size() < 8) return {};
    for (const std::string& heading : headings_) {
      const std::string bare = bare_words(heading);
      if (bare.size() < 8) continue;
      if (wanted.find(bare) != std::string::npos && bare.size() * 3 > wanted.size()) return heading;
      if (bare.find(wanted) != std::string::npos && wanted.size() * 2 > bare.size()) {
        return statement;
      }
    }
    return {};
  }

  [[nodiscard]] std::string lone_heading() const {
    return first_level_ == 1 && headings_.front().size() > 12 ? headings_.front() : std::string{};
  }

  const PageFacts& page_;
  std::vector<std::string> names_;     // of the site, bare
  std::vector<std::string> headings_;  // of the first level, then those marked as headline
  std::size_t first_level_ = 0;
};

}  // namespace

std::string bare_words(std::string_view text) {
  std::string out;
  const std::string folded = fold_case(text);
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint c = code_point_at(folded, at);
    if (is_letter(c.value) || is_digit(c.value)) append_utf8(out, c.value);
    at = c.next;
  }
  return out;
}

std::string find_title(const PageFacts& page) {
  return TitleSearch{page}.run();
}

std::vector<std::string> title_lines(const PageFacts& page) {
  return TitleSearch{page}.lines();
}

}  // namespace stakeout
