#pragma once

#include <filesystem>

#include "tests/support/temporary_folder.h"

namespace stakeout {

// The small invented store that docs/research.md asks its questions of: four vendors, four
// agencies, four feeds, and from September 2024 to March 2025 a dozen articles on five contracts,
// made by hand so that every answer is known. With settings that name it and its watchlist.
struct ResearchStore {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "stakeout.db";

  ResearchStore();
};

}  // namespace stakeout
