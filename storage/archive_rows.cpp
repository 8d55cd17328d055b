#include "storage/archive_rows.h"

namespace stakeout {
namespace {

ArchivedResponse response_of(const Query& q) {
  ArchivedResponse response;
  response.id = q.integer(0);
  response.record_id = q.text(1);
  response.url = q.text(2);
  response.fetched_at = q.maybe_time(3).value_or(Timestamp{});
  response.payload_digest = q.text(4);
  response.payload_sha256 = q.text(5);
  return response;
}

}  // namespace

void insert_archive_row(Connection& connection, const ArchiveRow& row) {
  run(connection,
      "INSERT INTO archive_records (article_id, revision_id, kind, file, offset, length, "
      "record_id, url, fetched_at, block_sha256, payload_sha256, payload_digest, refers_to, "
      "extractor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      row.article_id, row.revision_id, row.kind, row.file, static_cast<std::int64_t>(row.offset),
      static_cast<std::int64_t>(row.length), row.record_id, row.url, row.fetched_at,
      row.block_sha256, row.payload_sha256, row.payload_digest, row.refers_to, row.extractor);
}

std::optional<ArchivedResponse> archived_payload_row(Connection& connection,
                                                     const std::string& payload_sha256) {
  Query q{connection,
          "SELECT id, record_id, url, fetched_at, payload_digest, payload_sha256 FROM "
          "archive_records WHERE payload_sha256 = ? AND kind <> 'revisit' ORDER BY id LIMIT 1",
          payload_sha256};
  if (!q.next()) return std::nullopt;
  return response_of(q);
}

std::optional<ArchivedResponse> archived_page_row(Connection& connection, std::int64_t article_id) {
  Query q{connection,
          "SELECT o.id, o.record_id, o.url, o.fetched_at, o.payload_digest, o.payload_sha256 FROM "
          "archive_records r JOIN archive_records o ON o.id = coalesce(r.refers_to, r.id) WHERE "
          "r.article_id = ? ORDER BY r.id DESC LIMIT 1",
          article_id};
  if (!q.next()) return std::nullopt;
  return response_of(q);
}

std::uint64_t archive_end_row(Connection& connection, const std::string& file) {
  const auto end = find_integer(
      connection, "SELECT max(offset + length) FROM archive_records WHERE file = ?", file);
  return static_cast<std::uint64_t>(end.value_or(0));
}

}  // namespace stakeout
