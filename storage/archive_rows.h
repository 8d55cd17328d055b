#pragma once

#include <optional>
#include <string>

#include "storage/connection.h"
#include "storage/records.h"

// What the database knows of the archive. Called within a transaction.

namespace stakeout {

void insert_archive_row(Connection& connection, const ArchiveRow& row);
// The first response with this payload.
[[nodiscard]] std::optional<ArchivedResponse> archived_payload_row(
    Connection& connection, const std::string& payload_sha256);
// The response that an article's latest page is kept in.
[[nodiscard]] std::optional<ArchivedResponse> archived_page_row(Connection& connection,
                                                                std::int64_t article_id);
// Behind the last record of a file that is known; 0: none is.
[[nodiscard]] std::uint64_t archive_end_row(Connection& connection, const std::string& file);

}  // namespace stakeout
