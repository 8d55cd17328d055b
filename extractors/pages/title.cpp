#include "extractors/pages/title.h"

#include <algorithm>
#include <array>

#include "extractors/pages/extract_article.h"
#include "extractors/pages/metadata_sources.h"
#include "extractors/pages/signals.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::array<std::string_view, 14> separators{
    " | ", " - ", " – ", " — ", " :: ", " » ",  " « ",
    " · ", " • ", " ‹ ", " › ", " ~ ",  " // ", " < "};

// What is compared with each other is held to these lengths, in bytes.
constexpr std::size_t longest_name = 400;
constexpr std::size_t longest_heading = 400;
constexpr std::size_t longest_statement = 4 * longest_title;

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
  explicit TitleSearch(const PageFacts& page)
      : page_{page}, headline_{first_bytes(page.data.headline, longest_statement)} {
    add_name(page.site);
    add_name(page.data.publisher);
    add_name(host_word(page.address));
    collect_headings();
  }

  std::string run() {
    const std::string raw_social = stated(page_.stated.first_of("og:title"));
    const std::string raw_document = document_title();
    // A heading that says all that the page states has no site's name in it.
    for (const std::string& statement : {raw_social, headline_, raw_document}) {
      const std::string heading = equal_heading(statement);
      if (!heading.empty()) return heading;
    }
    const std::string social = without_site(raw_social);
    const std::string headline = without_site(headline_);
    const std::string document = without_site(raw_document);
    const std::string other = without_site(stated(other_statement()));
    for (const std::string& statement : {social, headline, document, other}) {
      const std::string heading = equal_heading(statement);
      if (!heading.empty()) return heading;
    }
    for (const std::string& statement : {document, social, headline, other}) {
      const std::string heading = agreeing_heading(statement);
      if (!heading.empty()) return heading;
    }
    const std::string lone = lone_heading();
    if (!lone.empty()) return lone;
    for (const std::string& statement :
         {social, headline, other, second_level_heading(document), document}) {
      if (!statement.empty()) return statement;
    }
    return headings_.empty() ? std::string{} : headings_.front().text;
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> out;
    for (const Heading& heading : headings_) {
      out.push_back(heading.whole);
      if (heading.text != heading.whole) out.push_back(heading.text);
    }
    for (const std::string& statement :
         {stated(page_.stated.first_of("og:title")), headline_, document_title()}) {
      if (statement.empty()) continue;
      out.push_back(statement);
      out.push_back(without_site(statement));
    }
    return out;
  }

 private:
  struct Heading {
    std::string text;   // without a kicker
    std::string whole;  // as it is shown
    std::string bare_text;
    std::string bare_whole;
  };

  void add_name(const std::string& name) {
    const std::string bare = bare_words(first_bytes(name, longest_name));
    if (bare.size() >= 2) names_.push_back(bare);
  }

  void collect_headings() {
    int tries = 200;  // headings of a page that are looked at
    std::vector<Heading> marked;
    for (std::uint32_t i = 0; i < page_.tree.size() && tries > 0; ++i) {
      const bool is_first_level = page_.tree[i].tag == Tag::h1;
      const bool is_marked = page_.tree.attribute(i, Attribute::itemprop) == "headline";
      if ((!is_first_level && !is_marked) || !is_small(i)) continue;
      --tries;
      std::string whole = page_.tree.visible_text(i);
      if (whole.empty() || whole.size() > longest_heading || is_front_page_link(i)) continue;
      if (is_site_name(whole) && !is_stated(whole)) continue;
      std::string text = without_kicker(i, whole);
      std::string bare_text = bare_words(text);
      std::string bare_whole = text == whole ? bare_text : bare_words(whole);
      (is_first_level ? headings_ : marked)
          .push_back(
              {std::move(text), std::move(whole), std::move(bare_text), std::move(bare_whole)});
    }
    first_level_ = headings_.size();
    headings_.insert(headings_.end(), marked.begin(), marked.end());
  }

  // Whether an element may be a heading by its size: in text, white space as it is, and in nodes.
  [[nodiscard]] bool is_small(std::uint32_t i) const {
    constexpr std::uint32_t longest_source = 1'000;
    constexpr std::uint32_t most_nodes = 1'000;
    return page_.tree[i].text_end - page_.tree[i].text_begin <= longest_source &&
           page_.tree[i].end - i <= most_nodes;
  }

  [[nodiscard]] bool is_stated(const std::string& heading) const {
    const std::string bare = bare_words(heading);
    return !bare.empty() && (bare == bare_words(stated(page_.stated.first_of("og:title"))) ||
                             bare == bare_words(headline_));
  }

  // "The Post" above each page of it: a heading that is nothing but a link to its front page.
  [[nodiscard]] bool is_front_page_link(std::uint32_t heading) const {
    const PageTree& tree = page_.tree;
    for (std::uint32_t i = heading + 1; i < tree[heading].end; ++i) {
      if (tree[i].tag != Tag::a) continue;
      if (tree[i].text_end - tree[i].text_begin + 10 <
          tree[heading].text_end - tree[heading].text_begin) {
        continue;
      }
      const std::string_view href = ascii_trimmed(tree.attribute(i, Attribute::href));
      const std::size_t scheme = href.find("://");
      const std::size_t path = scheme == std::string_view::npos ? 0 : href.find('/', scheme + 3);
      const std::string_view rest =
          path == std::string_view::npos ? std::string_view{} : href.substr(path);
      const bool is_front = rest == "/" || (rest.empty() && !href.empty()) || rest == "./" ||
                            rest == "../" || rest.ends_with("/index.html") || rest == "index.html";
      if (is_front || tree.attribute(i, Attribute::rel) == "home") return true;
    }
    return false;
  }

  // The heading's text without the elements in it that are marked as kicker, and the mark that
  // parts them from it; the whole text when nothing else would be left.
  [[nodiscard]] std::string without_kicker(std::uint32_t heading, const std::string& whole) const {
    const PageTree& tree = page_.tree;
    std::string text;
    bool has_kicker = false;
    for (std::uint32_t i = heading + 1; i < tree[heading].end;) {
      const bool is_kicker = tree[i].tag != Tag::text && page_.outline.marks[i].has(Mark::kicker);
      has_kicker = has_kicker || is_kicker;
      if (tree[i].tag == Tag::text) text += tree.text(i);
      if (is_block(tree[i].tag) || tree[i].tag == Tag::br || is_kicker) text += ' ';
      i = is_kicker ? tree[i].end : i + 1;
    }
    if (!has_kicker) return whole;
    text = collapse_white_space(without_control_characters(text));
    const std::size_t begin = text.find_first_not_of(" :|-");
    for (const std::string_view dash : {"– ", "— ", "· ", "• "}) {
      if (begin != std::string::npos && text.substr(begin).starts_with(dash)) {
        return text.substr(begin + dash.size());
      }
    }
    return begin == std::string::npos ? whole : text.substr(begin);
  }

  [[nodiscard]] std::string_view other_statement() const {
    for (const SourceRow& row : sources_of(Field::title)) {
      const std::string_view content = page_.stated.first_of(row.name);
      if (!content.empty()) return content;
    }
    return {};
  }

  static std::string stated(std::string_view text) {
    return std::string{first_bytes(plain_text_of_html(text), longest_statement)};
  }

  [[nodiscard]] std::string document_title() const {
    for (std::uint32_t i = 0; i < page_.tree.size(); ++i) {
      if (page_.tree[i].tag == Tag::title) {
        return std::string{first_bytes(page_.tree.visible_text(i), longest_statement)};
      }
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
    if (end > 1 && is_site_name(parts.parts.front())) {
      // Sections follow the site: "The Post » Blog archive » Agency buys scanners".
      for (first = 1; first + 1 < end && parts.separators[first] == parts.separators[0] &&
                      parts.parts[first].size() < parts.parts[end - 1].size();) {
        ++first;
      }
    }
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
    for (const Heading& heading : headings_) {
      if (heading.bare_text == wanted || heading.bare_whole == wanted) {
        return heading.text;
      }
    }
    return {};
  }

  // A heading that is most of the statement, or that goes on where the statement ends; or the
  // statement, where it is the end of the heading.
  [[nodiscard]] std::string agreeing_heading(const std::string& statement) const {
    const std::string wanted = bare_words(statement);
    if (wanted.size() < 8) return {};
    for (const Heading& heading : headings_) {
      const std::string& bare = heading.bare_text;
      if (bare.size() < 8) continue;
      if (bare.size() * 3 > wanted.size() && wanted.find(bare) != std::string::npos) {
        return heading.text;
      }
      if (bare.starts_with(wanted) && wanted.size() * 3 > bare.size() * 2) return heading.text;
      if (wanted.size() * 2 > bare.size() && bare.find(wanted) != std::string::npos) {
        return statement;
      }
    }
    return {};
  }

  [[nodiscard]] std::string lone_heading() const {
    return first_level_ == 1 && headings_.front().text.size() > 12 ? headings_.front().text
                                                                   : std::string{};
  }

  // The first heading of the second level that is the greatest part of a statement, between its
  // separators: that of the first level is the site's or a section's.
  [[nodiscard]] std::string second_level_heading(const std::string& statement) const {
    constexpr std::size_t shortest = 12;
    const std::vector<std::string_view> parts = parts_of(statement).parts;
    const auto longest = std::max_element(parts.begin(), parts.end(),
                                          [](auto a, auto b) { return a.size() < b.size(); });
    const std::string wanted = bare_words(*longest);
    if (wanted.size() < shortest || is_site_name(*longest)) return {};
    int tries = 50;
    for (std::uint32_t i = 0; i < page_.tree.size() && tries > 0; ++i) {
      if (page_.tree[i].tag != Tag::h2 || !is_small(i)) continue;
      --tries;
      std::string heading = page_.tree.visible_text(i);
      if (bare_words(heading) == wanted) return heading;
    }
    return {};
  }

  const PageFacts& page_;
  std::string headline_;            // of the structured data
  std::vector<std::string> names_;  // of the site, bare
  std::vector<Heading> headings_;   // of the first level, then those marked as headline
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
