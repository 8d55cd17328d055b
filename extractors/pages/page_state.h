#pragma once

#include <string>
#include <string_view>

#include "extractors/pages/page_facts.h"
#include "extractors/values/article.h"

namespace stakeout {

// What a page shows of its article, and why not all of it, in plain words; no words when fine.
struct PageJudgement {
  PageState state = PageState::fine;
  std::string reason;
};

// `text` is the text that was found. A wall is believed only when it is most of that text, or
// little text stands beside it: most articles have a banner that asks for consent, too. Never
// PageState::no_page; extractors/pages/no_text.h tells that.
[[nodiscard]] PageJudgement judge_page(const PageFacts& page, std::string_view title,
                                       std::string_view text);

// Whether what stands on such a page as text is no part of an article.
[[nodiscard]] constexpr bool has_no_article(PageState state) {
  return state != PageState::fine && state != PageState::stub && state != PageState::paywall;
}

}  // namespace stakeout
