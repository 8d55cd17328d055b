#include "extractors/pages/page_facts.h"

#include <algorithm>

#include <cld2/public/compact_lang_det.h>

#include "extractors/pages/metadata_sources.h"
#include "extractors/pages/title.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/robots_directives.h"
#include "extractors/text/unicode.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

// "en_us" as "en-US"; empty for what is no language tag.
std::string language_tag(std::string_view raw) {
  std::string tag;
  std::size_t part = 0;
  std::size_t length = 0;
  for (const char c : ascii_trimmed(raw.substr(0, raw.find(',')))) {
    if (c == '-' || c == '_') {
      if (length == 0) return {};
      tag += '-';
      ++part;
      length = 0;
      continue;
    }
    if (!is_ascii_alphanumeric(c)) return {};
    tag += ascii_lower(c);
    ++length;
  }
  const std::size_t first = std::min(tag.find('-'), tag.size());
  if (first < 2 || first > 3 || length == 0 || part > 2) return {};
  if (tag.size() == first + 3) {  // a region
    for (std::size_t i = first + 1; i < tag.size(); ++i) {
      if (is_ascii_letter(tag[i])) tag[i] = static_cast<char>(tag[i] - 'a' + 'A');
    }
  }
  return tag;
}

std::string detected_language(std::string_view text) {
  if (text.size() < 100) return {};
  const std::string_view sample = text.substr(0, 20'000);
  bool is_reliable = false;
  const CLD2::Language language =
      CLD2::DetectLanguage(sample.data(), static_cast<int>(sample.size()), true, &is_reliable);
  return is_reliable ? CLD2::LanguageCode(language) : "";
}

// Of the headings with the words of the title the last one above the article, or the first in it;
// without such a heading the same of those of the first level.
std::uint32_t find_title_node(const PageFacts& page) {
  const PageTree& tree = page.tree;
  constexpr std::uint32_t longest_heading = 1'000;
  const std::string wanted = bare_words(page.title);
  for (const bool wants_title : {true, false}) {
    std::uint32_t found = page.container;
    for (std::uint32_t i = 0; i < tree[page.container].end; ++i) {
      const int level = heading_level(tree[i].tag);
      if (level == 0 || level > (wants_title ? 3 : 1)) continue;
      if (wants_title) {
        const std::uint32_t length = tree[i].text_end - tree[i].text_begin;
        if (length > longest_heading || 2 * length < wanted.size()) continue;
        const std::string bare = bare_words(tree.visible_text(i));
        if (!bare.ends_with(wanted) || bare.size() > 3 * wanted.size()) continue;  // a kicker
      }
      if (i > page.container && found < page.container) break;
      found = i;
      if (i > page.container) break;
    }
    if (found != page.container) return found;
  }
  return page.container;
}

std::uint32_t length_of(const PageTree& tree, std::uint32_t node) {
  return tree[node].text_end - tree[node].text_begin;
}

bool has_title_link(const PageTree& tree, std::uint32_t item) {
  constexpr std::uint32_t shortest_title = 25;
  constexpr std::uint32_t most_nodes = 60;  // a larger one is no teaser
  if (tree[item].end - item > most_nodes) return false;
  for (std::uint32_t i = item; i < tree[item].end; ++i) {
    if (tree[i].tag == Tag::a && length_of(tree, i) >= shortest_title) return true;
  }
  return false;
}

}  // namespace

std::uint32_t next_own_node(const PageFacts& page, std::uint32_t node) {
  if (page.tree[node].tag == Tag::text) return node + 1;
  const Marks marks = page.outline.marks[node];
  const bool is_other =
      marks.has(Mark::comments) || marks.has(Mark::caption) || page.tree[node].tag == Tag::figure;
  const bool holds_article =
      page.tree.is_inside(page.container, node) || page.tree.is_inside(page.around.title, node);
  return is_other && !holds_article ? page.tree[node].end : node + 1;
}

const Block* block_around(const PageFacts& page, std::uint32_t node) {
  const std::uint32_t next = page.outline.block_at[node];
  const std::vector<Block>& blocks = page.outline.blocks;
  if (next < blocks.size() && blocks[next].first == node) return &blocks[next];
  if (next > 0 && node < blocks[next - 1].end) return &blocks[next - 1];
  return nullptr;
}

bool is_in_teaser(const PageFacts& page, std::uint32_t node) {
  constexpr int most_steps = 6;
  constexpr std::uint32_t more = 40;
  const PageTree& tree = page.tree;
  std::uint32_t at = node;
  for (int step = 0; step < most_steps && at != 0; ++step) {
    at = tree[at].parent;
    if (tree[at].tag == Tag::a) return length_of(tree, at) > length_of(tree, node) + more;
    if (tree[at].tag == Tag::li) return has_title_link(tree, at);
  }
  return false;
}

Surroundings find_surroundings(const PageFacts& page) {
  constexpr std::uint32_t above = 80;
  constexpr std::uint32_t below = 150;
  const PageTree& tree = page.tree;
  std::uint32_t end = tree[page.container].end + below;
  for (std::uint32_t i = page.container; i != 0; i = tree[i].parent) {
    if (tree[i].tag != Tag::article) continue;
    end = std::max(end, tree[i].end);
    break;
  }
  const std::uint32_t title = find_title_node(page);
  const std::uint32_t top = std::min(title, page.container);
  return {top > above ? top - above : 0, title, tree[page.container].end,
          std::min(tree.size(), end)};
}

std::string host_word(std::string_view address) {
  const auto url = parse_url(address);
  if (!url) return {};
  std::string host = url->host();
  if (host.starts_with("www.")) host.erase(0, 4);
  // The longest label but the last is the name in all but odd cases ("news.example.co.uk").
  std::string longest;
  for (std::size_t at = 0; at < host.size();) {
    const std::size_t dot = std::min(host.find('.', at), host.size());
    if (dot < host.size() && dot - at >= longest.size()) longest = host.substr(at, dot - at);
    at = dot + 1;
  }
  return longest;
}

std::string find_site(const PageStatements& stated, const StructuredData& data) {
  for (const SourceRow& row : sources_of(Field::site)) {
    const std::string_view named = row.source == Source::json_ld ? std::string_view{data.publisher}
                                                                 : stated.first_of(row.name);
    if (!named.empty()) return plain_text_of_html(named);
  }
  return {};
}

std::string find_canonical_url(const PageTree& tree, const PageStatements& stated,
                               const std::string& url) {
  std::string base = url;
  std::string reference;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const std::string_view href = ascii_trimmed(tree.attribute(i, Attribute::href));
    if (href.empty()) continue;
    if (tree[i].tag == Tag::base && base.empty()) base = href;
    if (tree[i].tag == Tag::link && reference.empty() &&
        equals_ignoring_case(ascii_trimmed(tree.attribute(i, Attribute::rel)), "canonical")) {
      reference = href;
    }
  }
  const auto page = parse_url(base);
  for (const std::string& candidate : {reference, std::string{stated.first_of("og:url")}}) {
    if (candidate.empty()) continue;
    const auto found = page ? resolve_url(*page, candidate) : parse_url(candidate);
    if (!found) continue;
    if (page && found->path_and_query() == "/" && page->path_and_query() != "/") continue;
    return found->text();
  }
  return {};
}

std::string find_language(const PageTree& tree, const PageStatements& stated,
                          const StructuredData& data, std::string_view text) {
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != Tag::html) continue;
    for (const Attribute name : {Attribute::lang, Attribute::xml_lang}) {
      const std::string tag = language_tag(tree.attribute(i, name));
      if (!tag.empty()) return tag;
    }
  }
  for (const SourceRow& row : sources_of(Field::language)) {
    const std::string_view declared =
        row.source == Source::json_ld ? std::string_view{data.language} : stated.first_of(row.name);
    const std::string tag = language_tag(declared);
    if (!tag.empty()) return tag;
  }
  return language_tag(detected_language(text));
}

std::string find_robots(const PageStatements& stated, const std::vector<std::string>& robots_tags) {
  constexpr std::string_view agent = "stakeout";
  RobotsDirectives directives{agent};
  for (const std::string& value : robots_tags) directives.add_header(value);
  for (const std::string_view name : {std::string_view{"robots"}, agent}) {
    for (const std::string& content : stated.all(name)) directives.add_meta(content);
  }
  return directives.text();
}

}  // namespace stakeout
