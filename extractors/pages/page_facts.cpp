#include "extractors/pages/page_facts.h"

#include <algorithm>

#include <cld2/public/compact_lang_det.h>

#include "extractors/text/ascii.h"
#include "extractors/text/robots_directives.h"
#include "extractors/text/unicode.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

std::string clean(std::string_view text) {
  return collapse_white_space(without_control_characters(text));
}

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

}  // namespace

MetaTags::MetaTags(const PageTree& tree) {
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != Tag::meta) continue;
    std::string content = clean(tree.attribute(i, Attribute::content));
    if (content.empty()) continue;
    for (const Attribute kind :
         {Attribute::property, Attribute::name, Attribute::itemprop, Attribute::http_equiv}) {
      const std::string name = ascii_lower(ascii_trimmed(tree.attribute(i, kind)));
      if (!name.empty()) contents_[name].push_back(content);
    }
  }
}

std::string_view MetaTags::first_of(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = contents_.find(name);
    if (found != contents_.end()) return found->second.front();
  }
  return {};
}

const std::vector<std::string>& MetaTags::all(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = contents_.find(name);
  return found == contents_.end() ? none : found->second;
}

std::pair<std::uint32_t, std::uint32_t> surroundings(const PageFacts& page) {
  constexpr std::uint32_t above = 80;
  constexpr std::uint32_t below = 150;
  const PageTree& tree = page.tree;
  std::uint32_t title = page.container;  // the last heading above the article, or the first in it
  for (std::uint32_t i = 0; i < tree[page.container].end; ++i) {
    if (tree[i].tag != Tag::h1) continue;
    if (i > page.container && title < page.container) break;
    title = i;
    if (i > page.container) break;
  }
  std::uint32_t end = tree[page.container].end + below;
  for (std::uint32_t i = page.container; i != 0; i = tree[i].parent) {
    if (tree[i].tag != Tag::article) continue;
    end = std::max(end, tree[i].end);
    break;
  }
  const std::uint32_t top = std::min(title, page.container);
  return {top > above ? top - above : 0, std::min(tree.size(), end)};
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

std::string find_site(const MetaTags& meta, const StructuredData& data) {
  const std::string_view named = meta.first_of({"og:site_name", "application-name"});
  return !named.empty() ? std::string{named} : data.publisher;
}

std::string find_canonical_url(const PageTree& tree, const MetaTags& meta, const std::string& url) {
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
  for (const std::string& candidate : {reference, std::string{meta.first_of({"og:url"})}}) {
    if (candidate.empty()) continue;
    const auto found = page ? resolve_url(*page, candidate) : parse_url(candidate);
    if (!found) continue;
    if (page && found->path_and_query() == "/" && page->path_and_query() != "/") continue;
    return found->text();
  }
  return {};
}

std::string find_language(const PageTree& tree, const MetaTags& meta, const StructuredData& data,
                          std::string_view text) {
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].tag != Tag::html) continue;
    for (const Attribute name : {Attribute::lang, Attribute::xml_lang}) {
      const std::string tag = language_tag(tree.attribute(i, name));
      if (!tag.empty()) return tag;
    }
  }
  for (const std::string_view declared :
       {meta.first_of({"content-language", "language", "dc.language"}),
        meta.first_of({"og:locale", "inlanguage"}), std::string_view{data.language}}) {
    const std::string tag = language_tag(declared);
    if (!tag.empty()) return tag;
  }
  return language_tag(detected_language(text));
}

std::string find_robots(const MetaTags& meta, const std::vector<std::string>& robots_tags) {
  constexpr std::string_view agent = "stakeout";
  RobotsDirectives directives{agent};
  for (const std::string& value : robots_tags) directives.add_header(value);
  for (const std::string_view name : {std::string_view{"robots"}, agent}) {
    for (const std::string& content : meta.all(name)) directives.add_meta(content);
  }
  return directives.text();
}

}  // namespace stakeout
