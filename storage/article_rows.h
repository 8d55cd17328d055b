#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"
#include "storage/story_keys.h"

// Articles and their revisions. Called within a transaction.

namespace stakeout {

SavedArticle save_article_rows(Connection& connection, StoryKeys& story_keys,
                               const ArticleRecord& record, Timestamp now);

[[nodiscard]] std::optional<StoredText> latest_text_row(Connection& connection,
                                                        std::int64_t article_id);
// All revisions of so many articles.
[[nodiscard]] std::vector<StoredText> text_rows(Connection& connection, std::size_t articles,
                                                std::int64_t after_article);

// Facts of a stored revision, read out of its text again.
void save_facts_rows(Connection& connection, std::int64_t revision_id, const Facts& facts,
                     const std::string& extractor, Timestamp now);

// The same after its text was found to hold furniture. Raises nothing.
void replace_text_rows(Connection& connection, std::int64_t revision_id, const TextReading& reading,
                       Timestamp now);

// SHA-256 in hex digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace stakeout
