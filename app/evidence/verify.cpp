#include "app/evidence/verify.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "crawler/response_head.h"
#include "extractors/facts/extractor_version.h"
#include "extractors/pages/extract_article.h"
#include "extractors/stories/left_out.h"
#include "storage/sha_digests.h"
#include "storage/warc/archive.h"
#include "storage/warc/warc_reader.h"

namespace stakeout {
namespace {

using Row = std::vector<Cell>;

// Rows that are read from the database at a time: texts may be long.
constexpr std::int64_t batch = 100;

// No page is fetched that is longer (fetch.max_body).
constexpr std::size_t longest_record = 1U << 30U;

std::string text_in(const Row& row, std::size_t column) {
  const auto* text = std::get_if<std::string>(&row[column]);
  return text == nullptr ? std::string{} : *text;
}

std::int64_t number_in(const Row& row, std::size_t column) {
  const auto* number = std::get_if<std::int64_t>(&row[column]);
  return number == nullptr ? 0 : *number;
}

// A row of archive_records, with the text of its revision if it has one.
struct Kept {
  std::int64_t id = 0;
  std::string kind;
  std::string file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::string record_id;
  std::string url;
  std::string block_sha256;
  std::string payload_sha256;
  std::string payload_digest;
  std::string extractor;
  std::int64_t revision_id = 0;  // 0: none
  std::string text;
  std::string refers_to;  // of a revisit: the WARC-Record-ID of the response
};

class Verifying {
 public:
  Verifying(Reader& reader, std::filesystem::path archive, const TellFault& tell)
      : reader_{reader}, archive_{std::move(archive)}, tell_{tell} {}

  Verified all() {
    check_revisions();
    check_quotes("mention",
                 "SELECT m.id, m.text FROM mentions m JOIN revisions r ON r.id = "
                 "m.revision_id WHERE substr(r.text, m.start + 1, m.\"end\" - m.start) "
                 "IS NOT m.text ORDER BY m.id");
    check_quotes("claim",
                 "SELECT c.id, c.quote FROM claims c JOIN revisions r ON r.id = c.revision_id "
                 "WHERE substr(r.text, c.start + 1, c.\"end\" - c.start) IS NOT c.quote "
                 "ORDER BY c.id");
    check_quotes("claim",
                 "SELECT c.id, e.field || ': ' || e.quote FROM claim_evidence e JOIN "
                 "claims c ON c.id = e.claim_id JOIN revisions r ON r.id = c.revision_id "
                 "WHERE substr(r.text, e.start + 1, e.\"end\" - e.start) IS NOT e.quote "
                 "ORDER BY c.id, e.position");
    report_.quotes = count(
        "SELECT (SELECT count(*) FROM mentions) + (SELECT count(*) FROM claims) + "
        "(SELECT count(*) FROM claim_evidence)");
    report_.unarchived = count(
        "SELECT count(DISTINCT m.revision_id) FROM mentions m WHERE NOT EXISTS "
        "(SELECT 1 FROM archive_records a WHERE a.revision_id = m.revision_id)");
    check_archive();
    return report_;
  }

 private:
  void fault(const std::string& sentence) {
    ++report_.faults;
    tell_(sentence);
  }

  std::size_t count(const char* sql) {
    return static_cast<std::size_t>(number_in(reader_.rows(sql).rows.at(0), 0));
  }

  // The rows of a query by ascending id, the first column, that takes the last id and a limit.
  template <class Check>
  void each(const char* sql, Check check) {
    std::int64_t last = 0;
    while (true) {
      const Table table = reader_.rows(sql, {last, batch});
      for (const Row& row : table.rows) {
        last = number_in(row, 0);
        check(row);
      }
      if (table.rows.size() < static_cast<std::size_t>(batch)) return;
    }
  }

  void check_revisions() {
    report_.dropped = count(
        "SELECT count(*) FROM revisions INDEXED BY revisions_dropped WHERE text_dropped_at "
        "IS NOT NULL");
    each(
        "SELECT id, text, sha256, article_id FROM revisions WHERE id > ?1 AND text_dropped_at IS "
        "NULL ORDER BY id LIMIT ?2",
        [this](const Row& row) {
          ++report_.revisions;
          if (sha256_hex(text_in(row, 1)) == text_in(row, 2)) return;
          fault("revision " + std::to_string(number_in(row, 0)) + " of article " +
                std::to_string(number_in(row, 3)) + ": its text does not have its SHA-256");
        });
  }

  void check_quotes(const std::string& what, const char* sql) {
    for (const Row& row : reader_.rows(sql).rows) {
      fault(what + " " + std::to_string(number_in(row, 0)) + ": \"" + text_in(row, 1) +
            "\" does not stand in its text where it should");
    }
  }

  void check_archive() {
    each(
        "SELECT a.id, a.kind, a.file, a.offset, a.length, a.record_id, a.url, a.block_sha256, "
        "a.payload_sha256, a.payload_digest, a.extractor, a.revision_id, r.text, o.record_id FROM "
        "archive_records a LEFT JOIN revisions r ON r.id = a.revision_id "
        "LEFT JOIN archive_records o ON o.id = a.refers_to "
        "WHERE a.id > ?1 ORDER BY a.id LIMIT ?2",
        [this](const Row& row) {
          ++report_.records;
          Kept kept;
          kept.id = number_in(row, 0);
          kept.kind = text_in(row, 1);
          kept.file = text_in(row, 2);
          kept.offset = static_cast<std::uint64_t>(number_in(row, 3));
          kept.length = static_cast<std::uint64_t>(number_in(row, 4));
          kept.record_id = text_in(row, 5);
          kept.url = text_in(row, 6);
          kept.block_sha256 = text_in(row, 7);
          kept.payload_sha256 = text_in(row, 8);
          kept.payload_digest = text_in(row, 9);
          kept.extractor = text_in(row, 10);
          kept.revision_id = number_in(row, 11);
          kept.text = text_in(row, 12);
          kept.refers_to = text_in(row, 13);
          check_record(kept);
        });
  }

  void check_record(const Kept& kept) {
    const std::string name = "archive record " + std::to_string(kept.id) + " (" + kept.file +
                             ", byte " + std::to_string(kept.offset) + "): ";
    const auto record = read(kept, name);
    if (!record) return;
    const std::string wrong = fault_of(kept, *record);
    if (!wrong.empty()) {
      fault(name + wrong);
    } else if (kept.kind != "revisit" && kept.revision_id != 0) {
      check_text(kept, *record, name);
    }
  }

  std::optional<WarcRecord> read(const Kept& kept, const std::string& name) {
    try {
      WarcReader reader{read_from(archive_file(archive_, kept.file).string(), kept.offset),
                        longest_record, kept.offset};
      auto record = reader.next();
      if (record && *record) {
        // The member ends where the next one begins, or the file.
        static_cast<void>(reader.next());
        return std::move(*record);
      }
      fault(name + (record ? "the file ends before it" : record.error().message));
    } catch (const StorageError& error) {
      fault(name + error.what());
    }
    return std::nullopt;
  }

  // Why the record is not what the database says; empty when it is.
  static std::string fault_of(const Kept& kept, const WarcRecord& record) {
    if (record.field("WARC-Record-ID") != kept.record_id) return "another record lies there";
    if (record.field("WARC-Type") != kept.kind) return "it is of another type";
    if (record.field("WARC-Target-URI") != kept.url) return "it is of another address";
    if (sha256_hex(record.block) != kept.block_sha256) return "its bytes do not have their SHA-256";
    if (record.field("WARC-Block-Digest") != warc_digest(record.block))
      return "its bytes do not have their WARC-Block-Digest";
    if (record.field("WARC-Payload-Digest") != kept.payload_digest)
      return "its WARC-Payload-Digest is another one";
    if (record.field("WARC-Refers-To") != kept.refers_to) return "it refers to another record";
    if (kept.kind == "revisit") return {};
    const std::string_view payload = page_in(record);
    if (sha256_hex(payload) != kept.payload_sha256) return "its page does not have its SHA-256";
    if (warc_digest(payload) != kept.payload_digest)
      return "its page does not have its WARC-Payload-Digest";
    return {};
  }

  // Of a response without its head.
  static std::string_view page_in(const WarcRecord& record) {
    return record.field("WARC-Type") == "resource" ? record.block : payload_of(record.block);
  }

  static std::string text_of(const Kept& kept, const WarcRecord& record) {
    const std::string_view payload = page_in(record);
    const std::string_view head =
        std::string_view{record.block}.substr(0, record.block.size() - payload.size());
    const auto date = parse_rfc3339(record.field("WARC-Date"));
    PageContext context{kept.url, find_header(head, "content-type"),
                        find_headers(head, "x-robots-tag")};
    if (date) context.fetched = *date;
    return extract_article(payload, context).text;
  }

  // Extractors of another version may read another text out of the page, but not other words.
  void check_text(const Kept& kept, const WarcRecord& record, const std::string& name) {
    const std::string text = text_of(kept, record);
    if (text == whole_text(kept.text, left_out_of(kept.revision_id))) {
      ++report_.texts;
    } else if (kept.extractor != std::to_string(extractor_version)) {
      ++report_.other_extractors;
      check_words(kept.revision_id, text, name);
    } else {
      fault(name + "the text of revision " + std::to_string(kept.revision_id) +
            " does not come out of it");
    }
  }

  void check_words(std::int64_t revision_id, const std::string& text, const std::string& name) {
    const Table words = reader_.rows(
        "SELECT 'mention ' || id, text FROM mentions WHERE revision_id = ?1 UNION ALL "
        "SELECT 'claim ' || c.id, e.quote FROM claim_evidence e JOIN claims c ON c.id = e.claim_id "
        "WHERE c.revision_id = ?1",
        {revision_id});
    for (const Row& row : words.rows) {
      if (text.find(text_in(row, 1)) == std::string::npos)
        fault(name + "\"" + text_in(row, 1) + "\" of " + text_in(row, 0) +
              " is not read out of it");
    }
  }

  std::vector<LeftOut> left_out_of(std::int64_t revision_id) {
    std::vector<LeftOut> left_out;
    for (const Row& row : reader_
                              .rows("SELECT start, text, articles FROM left_out WHERE revision_id "
                                    "= ?1 ORDER BY position",
                                    {revision_id})
                              .rows) {
      left_out.push_back({static_cast<std::size_t>(number_in(row, 0)), text_in(row, 1),
                          static_cast<std::size_t>(number_in(row, 2))});
    }
    return left_out;
  }

  Reader& reader_;
  const std::filesystem::path archive_;
  const TellFault& tell_;
  Verified report_;
};

}  // namespace

Verified verify_evidence(Reader& reader, const std::filesystem::path& archive,
                         const TellFault& tell) {
  return Verifying{reader, archive, tell}.all();
}

}  // namespace stakeout
