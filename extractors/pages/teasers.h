#pragma once

#include <string_view>

#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_tree.h"

namespace stakeout {

// Marks the blocks of teasers (Block::is_teaser): three or more elements of one parent, tag and
// first class word, most of which hold a linked title of another page of this site and a short text
// or none. A page that has next to nothing else is a list of articles, and keeps them.
//
// `host` is host_word() of the page's address; when it is empty every link may be one within the
// site. Linear in the page.
void mark_teasers(const PageTree& tree, PageOutline& outline, std::string_view host);

}  // namespace stakeout
