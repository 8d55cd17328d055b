#include "extractors/pages/page_state.h"

#include <algorithm>

#include "extractors/pages/signals.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t short_text = 600;     // code points; less is hardly an article
constexpr std::size_t stub_text = 2500;     // more is hardly a stub
constexpr std::size_t looked_at = 200'000;  // bytes of a page that are searched for phrases

// A marked element, or a line that says so, about the article; elsewhere it advertises, but on a
// page without article.
bool shows_wall(const PageFacts& page, bool anywhere) {
  const std::uint32_t begin = anywhere ? 0 : std::max(page.around.begin, page.container);
  const auto end = anywhere ? static_cast<std::uint32_t>(page.tree.size()) : page.around.end;
  for (std::uint32_t i = begin; i < end; ++i) {
    const PageNode& node = page.tree[i];
    const std::uint32_t length = node.text_end - node.text_begin;
    if (length < 15 || length > 1000 || page.tree.has_attribute(i, Attribute::hidden)) continue;
    if (node.tag != Tag::text && page.outline.marks[i].has(Mark::wall)) return true;
    if (node.tag == Tag::text && length < 300 &&
        has_phrase(fold_case(collapse_white_space(page.tree.text(i))), Phrase::wall)) {
      return true;
    }
  }
  return false;
}

bool is_cut_short(std::string_view text) {
  return text.ends_with("...") || text.ends_with("…") || text.ends_with("[…]");
}

// What a page is judged by, folded.
struct Said {
  std::string title;
  std::string text;
  std::string page;        // the beginning of all that it shows
  std::size_t length = 0;  // of the text, in code points

  [[nodiscard]] std::string_view first_paragraph() const {
    return std::string_view{text}.substr(0, text.find("\n\n"));
  }
};

// The title may be an article's own as well ("Page not found: where old sites go"), which has more
// text; that of a text is believed of two words and more.
bool says_missing(const Said& said) {
  const std::size_t length = phrase_at_start(said.title, Phrase::missing);
  if (length == said.title.size() || length == 0) {
    if (has_phrase(said.title, Phrase::missing)) return true;
  } else if (said.length < stub_text) {
    return true;
  }
  const std::string_view first = said.first_paragraph();
  const std::size_t in_text = phrase_at_start(first, Phrase::missing);
  return said.length < short_text / 2 &&
         first.substr(0, in_text).find(' ') != std::string_view::npos;
}

// Short pages say it in their title, the first line, or anywhere, where nothing else is.
bool says_check(const Said& said) {
  return said.length < short_text && (has_phrase(said.title, Phrase::robot_check) ||
                                      has_phrase(said.first_paragraph(), Phrase::robot_check) ||
                                      (said.length == 0 && said.page.size() < stub_text &&
                                       has_phrase(said.page, Phrase::robot_check)));
}

// Whether at least half of a text are paragraphs that speak of consent.
bool is_about_consent(std::string_view text) {
  std::size_t about = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find("\n\n", at), text.size());
    if (has_phrase(text.substr(at, end - at), Phrase::consent)) about += end - at;
    at = std::min(end + 2, text.size());
  }
  return about * 2 >= text.size();
}

bool asks_consent(const Said& said) {
  if (said.length >= stub_text) return false;
  if (said.length == 0) return has_phrase(said.page, Phrase::consent);
  return is_about_consent(said.text) ||
         (said.length < short_text / 2 && has_phrase(said.title, Phrase::consent));
}

Said what_is_said(const PageFacts& page, std::string_view title, std::string_view text) {
  Said said;
  said.title = fold_case(title);
  said.length = count_code_points(text);
  if (said.length >= stub_text) return said;
  said.text = fold_case(text);
  said.page = fold_case(collapse_white_space(page.tree.characters().substr(0, looked_at)));
  return said;
}

}  // namespace

PageJudgement judge_page(const PageFacts& page, std::string_view title, std::string_view text) {
  const Said said = what_is_said(page, title, text);
  if (says_check(said)) {
    return {PageState::wall, "wall against robots: the page asks whether a person is there"};
  }
  if (says_missing(said)) {
    return {PageState::error, "error page: it says that there is no such page or no access"};
  }
  if (said.length >= stub_text) return {};
  if (asks_consent(said)) {
    return {PageState::wall, "consent wall: the page asks for consent in place of its article"};
  }
  if (page.data.needs_payment || shows_wall(page, said.length == 0)) {
    return {
        PageState::paywall,
        "paywall: " + std::string{said.length == 0
                                      ? "the page asks for a subscription in place of its article"
                                      : "the text may be only the beginning of the article"}};
  }
  if (said.length == 0) {
    const bool needs_scripts =
        said.page.size() < short_text || has_phrase(said.page, Phrase::no_script);
    return {PageState::empty, needs_scripts
                                  ? "empty page: there is no text in it without its scripts"
                                  : "no article: the page has no running text"};
  }
  if (said.length < short_text && is_cut_short(text)) {
    return {PageState::stub, "stub: the text breaks off"};
  }
  return {};
}

}  // namespace stakeout
