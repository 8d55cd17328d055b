#pragma once

namespace stakeout {

// The version of the rules by which texts are read: of the code and tables in extractors. Every
// claim and mention in the database says which one read it. Raise it by one with every change after
// which some text is read otherwise, and say so in the changelog: `stakeout reprocess` then brings
// older texts up to it. The watchlist does not count.
inline constexpr int extractor_version = 9;

}  // namespace stakeout
