#pragma once

#include "extractors/pages/page_blocks.h"
#include "extractors/pages/page_tree.h"
#include "extractors/pages/text_sums.h"

namespace stakeout {

// Cuts what is not left out of an outline into its blocks: a block element, a cell's row in a table
// of data, or what two line breaks part, is one.
void cut_blocks(const PageTree& tree, const TextSums& sums, PageOutline& outline);

}  // namespace stakeout
