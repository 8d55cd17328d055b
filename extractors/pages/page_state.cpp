#include "extractors/pages/page_state.h"

#include <algorithm>

#include "extractors/pages/signals.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t short_text = 600;     // code points; less is hardly an article
constexpr std::size_t stub_text = 2500;     // more is hardly a stub
constexpr std::size_t looked_at = 200'000;  // bytes of a page that are searched for phrases

// A marked element, or a line that says so, about the article; elsewhere it advertises.
bool shows_wall(const PageFacts& page) {
  const Surroundings& around = page.around;
  for (std::uint32_t i = std::max(around.begin, page.container); i < around.end; ++i) {
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

}  // namespace

std::vector<std::string> page_warnings(const PageFacts& page, std::string_view title,
                                       std::string_view text) {
  if (has_phrase(fold_case(title), Phrase::missing)) {
    return {"error page: its title says that there is no such page or no access"};
  }
  const std::size_t length = count_code_points(text);
  if (length >= stub_text) return {};
  if (page.data.needs_payment || shows_wall(page)) {
    return {"paywall: the text may be only the beginning of the article"};
  }
  if (length >= short_text) return {};
  const std::string words =
      fold_case(collapse_white_space(page.tree.characters().substr(0, looked_at)));
  if (has_phrase(words, Phrase::consent) && length < short_text / 2) {
    return {"consent wall: the page asks for consent in place of its article"};
  }
  if (length == 0) {
    const bool needs_scripts = words.size() < short_text || has_phrase(words, Phrase::no_script);
    return {needs_scripts ? "empty page: there is no text in it without its scripts"
                          : "no article: the page has no running text"};
  }
  if (is_cut_short(text)) return {"stub: the text breaks off"};
  return {};
}

}  // namespace stakeout
