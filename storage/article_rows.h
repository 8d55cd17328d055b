#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/connection.h"
#include "storage/records.h"
#include "storage/search_index.h"
#include "storage/story_index.h"

// Articles and their revisions. Called within a transaction; what takes the
// index, within SearchIndex::write().

namespace stakeout {

SavedArticle save_article_rows(Connection& connection, StoryIndex& stories, SearchIndex& search,
                               const ArticleRecord& record, Timestamp now);

[[nodiscard]] std::optional<StoredText> latest_text_row(Connection& connection,
                                                        std::int64_t article_id);
// All revisions of so many articles, without those whose text was dropped.
[[nodiscard]] std::vector<StoredText> text_rows(Connection& connection, std::size_t articles,
                                                std::int64_t after_article);

// nullopt also when it was dropped.
[[nodiscard]] std::optional<StoredText> text_row(Connection& connection, std::int64_t revision_id);

// A stored text as it is read anew. How many alerts that raised; nullopt, and nothing is written,
// where another program has replaced the text since it was `read`.
std::optional<AlertCount> save_reading_rows(Connection& connection, SearchIndex& search,
                                            const StoredText& read, const TextReading& reading,
                                            bool quiet, Timestamp now);

// Takes furniture out of a revision's text, and nothing more. Raises nothing.
void pare_text_rows(Connection& connection, SearchIndex& search, const StoredText& before,
                    const TextReading& reading, Timestamp now);

}  // namespace stakeout
