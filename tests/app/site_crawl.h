#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/demo/server.h"
#include "storage/reader.h"
#include "tests/support/temporary_folder.h"

// Crawls of the demo's site by the program itself, and what is in their databases afterwards.

namespace stakeout {

// A feed list, settings and working folder for a crawl of the demo's site.
class SiteCrawl {
 public:
  explicit SiteCrawl(const demo::Server& server);

  [[nodiscard]] std::vector<std::string> command() const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path database() const { return folder_.path() / "news.db"; }

 private:
  TemporaryFolder folder_;
};

// The only number of a query's only row.
[[nodiscard]] std::int64_t number(Reader& reader, const std::string& sql);

// The rows of a query as lines, cells parted by "|".
[[nodiscard]] std::string words(Reader& reader, const std::string& sql);

// What a database holds, without ids and times of its making: equal for crawls that came to the
// same.
[[nodiscard]] std::string content(const std::filesystem::path& database);

}  // namespace stakeout
