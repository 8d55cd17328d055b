#include <fstream>
#include <set>

#include "app/export/export.h"
#include "app/export/export_file.h"
#include "storage/database.h"
#include "storage/warc/archive.h"
#include "storage/warc/warc_reader.h"

namespace stakeout {
namespace {

// A gzip member of a file of the archive, or several in a row.
struct Members {
  std::filesystem::path file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

void copy(const Members& members, std::ostream& out) {
  std::ifstream in{members.file, std::ios::binary};
  in.seekg(static_cast<std::streamoff>(members.offset));
  std::string bytes(members.length, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!in) {
    throw StorageError{StorageFault::missing,
                       members.file.string() + " ends before byte " +
                           std::to_string(members.offset + members.length) +
                           "; see what else is missing with: stakeout verify"};
  }
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// Where the first record from this byte on ends, if it is the one that is wanted; else the byte.
template <class IsWanted>
std::uint64_t end_of_record(const std::filesystem::path& file, std::uint64_t offset,
                            IsWanted is_wanted) {
  constexpr std::size_t longest_block = 64U << 10U;
  WarcReader reader{read_from(file.string(), offset), longest_block, offset};
  const auto record = reader.next();
  if (!record || !*record || !is_wanted(**record)) return offset;
  const auto next = reader.next();
  return next && *next ? (*next)->offset : reader.whole_until();
}

// The rows that hold pages of the articles, and those that their revisits refer to.
std::set<std::int64_t> rows_of(Reader& reader, const ArticleChoice& is_chosen) {
  std::set<std::int64_t> rows;
  reader.each_row("SELECT id, article_id, coalesce(refers_to, id) FROM archive_records", {},
                  [&](const std::vector<Cell>& row) {
                    if (!is_chosen(std::get<std::int64_t>(row[1]))) return;
                    rows.insert(std::get<std::int64_t>(row[0]));
                    rows.insert(std::get<std::int64_t>(row[2]));
                  });
  return rows;
}

}  // namespace

std::vector<ExportedFile> export_warc(Reader& reader, const std::filesystem::path& archive,
                                      const ArticleChoice& is_chosen,
                                      const std::filesystem::path& folder) {
  ExportedFile exported{"stakeout.warc.gz"};
  ExportFile target{folder, exported.name};
  std::filesystem::path file;
  reader.at_one_moment([&] {
    const std::set<std::int64_t> rows = rows_of(reader, is_chosen);
    const auto copy_record = [&](const std::vector<Cell>& row) {
      if (!rows.contains(std::get<std::int64_t>(row[0]))) return;
      Members members{archive_file(archive, cell_text(row[1])),
                      static_cast<std::uint64_t>(std::get<std::int64_t>(row[2])),
                      static_cast<std::uint64_t>(std::get<std::int64_t>(row[3]))};
      if (members.file != file) {
        file = members.file;
        const std::uint64_t end = end_of_record(file, 0, [](const WarcRecord& record) {
          return record.field("WARC-Type") == "warcinfo";
        });
        copy({file, 0, end}, target.out());
      }
      const std::string id = cell_text(row[4]);
      members.length = end_of_record(file, members.offset + members.length,
                                     [&](const WarcRecord& record) {
                                       return record.field("WARC-Type") == "request" &&
                                              record.field("WARC-Concurrent-To") == id;
                                     }) -
                       members.offset;
      copy(members, target.out());
      ++exported.lines;
    };
    reader.each_row(
        "SELECT id, file, offset, length, record_id FROM archive_records ORDER BY file, offset", {},
        copy_record);
  });
  target.done();
  return {exported};
}

}  // namespace stakeout
