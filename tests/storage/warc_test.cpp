// Archives: what is written is read back, by any crawler's ways of writing too, and what a crash
// leaves is whole again at the next start.
#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "storage/database.h"
#include "storage/warc/archive.h"
#include "storage/warc/warc_file.h"
#include "storage/warc/warc_reader.h"
#include "tests/support/gzip.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr Timestamp noon{1'727'438'400};  // 2024-09-27T12:00:00Z
constexpr std::int64_t a_day = 86'400;

WarcReader::Read read_of(std::string bytes, std::size_t at_a_time = 7) {
  return [bytes = std::move(bytes), at = std::size_t{0}, at_a_time](char* to,
                                                                    std::size_t size) mutable {
    const std::size_t part = std::min({size, at_a_time, bytes.size() - at});
    std::memcpy(to, bytes.data() + at, part);
    at += part;
    return part;
  };
}

std::string plain(const std::string& uri, const std::string& block) {
  return "WARC/1.0\r\nWARC-Type: response\r\nwarc-target-uri: " + uri +
         "\r\nX-Folded: one\r\n two\r\nContent-Length: " + std::to_string(block.size()) +
         "\r\n\r\n" + block + "\r\n\r\n";
}

struct Seen {
  std::vector<WarcRecord> records;
  std::string error;
};

Seen read_all(WarcReader& reader) {
  Seen seen;
  while (true) {
    auto next = reader.next();
    if (!next) seen.error = next.error().message;
    if (!next || !*next) return seen;
    seen.records.push_back(std::move(**next));
  }
}

Seen read_all(const std::string& bytes, std::size_t longest = 1'000) {
  WarcReader reader{read_of(bytes), longest};
  return read_all(reader);
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator{folder}) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::uint64_t nothing_known(const std::string&) {
  return 0;
}

WarcFields page(const std::string& id) {
  return {{"WARC-Type", "response"}, {"WARC-Record-ID", id}};
}

}  // namespace

TEST_CASE("a record is read however its file is packed") {
  const std::string one = plain("<http://a.example/1>", "HTTP/1.1 200 OK\r\n\r\none");
  const std::string two = plain("http://a.example/2", "two");
  struct Case {
    const char* name;
    std::string bytes;
    bool has_members;
  };
  const Case cases[] = {
      {"plain", one + two, false},
      {"a member for each record", gzip(one) + gzip(two), true},
      {"one member for all", gzip(one + two), false},
      {"zeros behind the end", gzip(one) + gzip(two) + std::string(9, '\0'), true}};
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const Seen seen = read_all(c.bytes);
    CHECK(seen.error == "");
    REQUIRE(seen.records.size() == 2);
    CHECK(seen.records[0].field("WARC-Target-URI") == "http://a.example/1");
    CHECK(seen.records[0].field("x-folded") == "one two");
    CHECK(payload_of(seen.records[0].block) == "one");
    CHECK(seen.records[1].block == "two");
    CHECK(seen.records[0].offset == 0);
    if (c.has_members) CHECK(seen.records[1].offset == gzip(one).size());
  }
  CHECK(read_all(one + two).records[1].offset == one.size());
}

TEST_CASE("a file that ends early or is damaged gives what is whole, and one clear reason") {
  const std::string one = plain("http://a.example/1", std::string(500, 'x') + "one");
  const std::string packed = gzip(one);
  CHECK(read_all(packed + packed.substr(0, packed.size() / 2)).records.size() == 1);
  CHECK(read_all(packed + packed.substr(0, packed.size() / 2))
            .error.starts_with("the file ends inside a gzip member"));
  CHECK(read_all(one + one.substr(0, 200)).error.starts_with("the file ends inside a record"));
  CHECK(read_all("<html>").error.starts_with("the file ends inside the head"));
  CHECK(read_all("<html>\n").error.starts_with("no WARC record begins here"));
  CHECK(read_all("WARC/1.0\r\n\r\n").error.starts_with("a record does not say how long it is"));
  CHECK(read_all("WARC/1.0\r\nA: " + std::string(70'000, 'b'))
            .error.starts_with("the head of a record is longer"));
  CHECK(read_all("").error == "");
}

TEST_CASE("damage in a file costs the records that it is in, and is told once each") {
  const TemporaryFolder folder;
  const std::string one = plain("http://a.example/1", "one");
  const std::string two = plain("http://a.example/2", "two");
  const std::string three = plain("http://a.example/3", "three");
  const auto spoilt = [](std::string bytes) {
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
    return bytes;
  };
  struct Case {
    std::string name;
    std::string bytes;
    std::vector<std::string> blocks;
    std::size_t told;
  };
  const Case cases[] = {
      {"a member that is damaged",
       gzip(one) + spoilt(gzip(two)) + gzip(three),
       {"one", "three"},
       1},
      {"a member that is cut",
       gzip(one) + gzip(two).substr(0, 60) + gzip(three),
       {"one", "three"},
       1},
      {"rubbish between members", gzip(one) + "rubbish" + gzip(three), {"one", "three"}, 1},
      {"a member without a record", gzip(one) + gzip("rubbish") + gzip(three), {"one", "three"}, 1},
      {"a plain record without its length",
       one + "WARC/1.0\r\n\r\nx\r\n" + three,
       {"one", "three"},
       1},
      {"the end of the file", gzip(one) + gzip(two).substr(0, 60), {"one"}, 1},
      {"no archive at all", "<html>\n", {}, 1},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    folder.write("file.warc", c.bytes);
    std::size_t told = 0;
    WarcFile file{folder.path() / "file.warc", 1'000, [&](const std::string&) { ++told; }};
    std::vector<std::string> blocks;
    while (const auto record = file.next()) blocks.push_back(record->block);
    CHECK(blocks == c.blocks);
    CHECK(told == c.told);
  }
}

TEST_CASE("a file is gone on with behind any of its records, however they are packed") {
  const TemporaryFolder folder;
  std::vector<std::string> records;
  for (int i = 0; i < 5; ++i) records.push_back(plain("http://a.example/", std::to_string(i)));
  std::string members;
  std::string all;
  for (const std::string& record : records) {
    members += gzip(record);
    all += record;
  }
  for (const std::string& bytes : {members, all, gzip(all)}) {
    folder.write("file.warc", bytes);
    const auto open = [&](WarcMark from) {
      return WarcFile{folder.path() / "file.warc", 1'000, [](const std::string&) {}, from};
    };
    WarcFile whole = open({});
    for (int i = 0; i < 5; ++i) {
      REQUIRE(whole.next()->block == std::to_string(i));
      WarcFile rest = open(whole.mark());
      for (int j = i + 1; j < 5; ++j) CHECK(rest.next()->block == std::to_string(j));
      CHECK_FALSE(rest.next().has_value());
    }
  }
}

TEST_CASE("of a long block only what is wanted is held, and the next record is found") {
  const std::string bytes = gzip(plain("http://a.example/1", std::string(100'000, 'x'))) +
                            gzip(plain("http://a.example/2", "two"));
  const Seen seen = read_all(bytes, 10);
  REQUIRE(seen.records.size() == 2);
  CHECK(seen.records[0].is_cut);
  CHECK(seen.records[0].block.size() == 10);
  CHECK_FALSE(seen.records[1].is_cut);
}

TEST_CASE("digests are those that other tools write") {
  CHECK(warc_digest("") == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
  CHECK(warc_digest("hello") == "sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N");
}

TEST_CASE("a file is open while it is written, and each record lies where it is said to") {
  const TemporaryFolder folder;
  const fs::path home = folder.path() / "archive";
  ArchivePlace first;
  ArchivePlace second;
  {
    Archive archive{{home, {{"software", "x"}}}, nothing_known};
    CHECK(files_in(home).empty());
    archive.begin(noon);
    first = archive.append(page("<urn:1>"), "HTTP/1.1 200 OK\r\n\r\none");
    archive.sync();
    archive.begin(noon);
    second = archive.append(page("<urn:2>"), "two");
    archive.sync();
    REQUIRE(files_in(home).size() == 1);
    CHECK(files_in(home)[0].string().ends_with(".warc.gz.open"));
  }
  REQUIRE(files_in(home).size() == 1);
  const std::string name = files_in(home)[0].filename();
  CHECK(name.starts_with("stakeout-20240927120000-00000-"));
  CHECK(name == first.file);
  const std::string bytes = bytes_of(home / name);
  const Seen all = read_all(bytes);
  REQUIRE(all.records.size() == 3);
  CHECK(all.records[0].field("WARC-Type") == "warcinfo");
  CHECK(all.records[0].field("WARC-Filename") == name);
  for (const WarcRecord& record : all.records) {
    CHECK(record.version == "WARC/1.1");
    CHECK(record.field("WARC-Block-Digest") == warc_digest(record.block));
  }
  CHECK(all.records[1].field("WARC-Warcinfo-ID") == all.records[0].field("WARC-Record-ID"));
  CHECK(read_all(bytes.substr(first.offset, first.length)).records.at(0).field("WARC-Record-ID") ==
        "<urn:1>");
  CHECK(second.offset + second.length == bytes.size());
}

TEST_CASE("what a transaction did not commit is taken back") {
  const TemporaryFolder folder;
  Archive archive{{folder.path(), {}}, nothing_known};
  archive.begin(noon);
  archive.append(page("<urn:1>"), "one");
  archive.roll_back();
  CHECK(files_in(folder.path()).empty());
  archive.begin(noon);
  const ArchivePlace kept = archive.append(page("<urn:2>"), "two");
  archive.sync();
  archive.begin(noon);
  archive.append(page("<urn:3>"), "three");
  archive.roll_back();
  archive.begin(noon);
  const ArchivePlace next = archive.append(page("<urn:4>"), "four");
  archive.sync();
  CHECK(next.offset == kept.offset + kept.length);
}

TEST_CASE("a new day and a full file begin a new one") {
  const TemporaryFolder folder;
  Archive archive{{folder.path(), {}, 2'000}, nothing_known};
  std::vector<std::string> files;
  const auto add = [&](Timestamp now, const std::string& block) {
    archive.begin(now);
    files.push_back(archive.append(page("<urn:1>"), block).file);
    archive.sync();
  };
  std::string noise(4'000, ' ');
  std::uint32_t state = 1;
  for (char& c : noise) c = static_cast<char>((state = state * 1'664'525U + 1'013'904'223U) >> 24U);
  add(noon, "one");
  add(noon + 1, noise);
  add(noon + 2, "three");
  add(noon + a_day, "four");
  CHECK(files[0] == files[1]);
  CHECK(files[2].starts_with("stakeout-20240927120002-00001-"));
  CHECK(files[3].starts_with("stakeout-20240928120000-00002-"));
}

TEST_CASE("the next archive of the day goes on with the file, and says what is new about itself") {
  const TemporaryFolder folder;
  const auto add = [&](const std::string& software, Timestamp now) {
    Archive archive{{folder.path(), {{"software", software}}, 4'000}, nothing_known};
    archive.begin(now);
    const ArchivePlace place = archive.append(page("<urn:1>"), "one");
    archive.sync();
    return place;
  };
  const ArchivePlace first = add("one", noon);
  const ArchivePlace second = add("one", noon + 1);
  CHECK(second.file == first.file);
  CHECK(second.offset == first.offset + first.length);
  CHECK(add("two", noon + 2).file == first.file);
  const Seen seen = read_all(bytes_of(folder.path() / first.file));
  std::vector<std::string> types;
  for (const WarcRecord& record : seen.records) types.emplace_back(record.field("WARC-Type"));
  CHECK(types ==
        std::vector<std::string>{"warcinfo", "response", "response", "warcinfo", "response"});
  CHECK(seen.records[4].field("WARC-Warcinfo-ID") == seen.records[3].field("WARC-Record-ID"));
  CHECK(add("two", noon + a_day).file != first.file);
}

TEST_CASE("an archive that was taken back goes on as if nothing had been") {
  const TemporaryFolder folder;
  const auto opened = [&](const char* software) {
    return ArchiveOptions{folder.path(), {{"software", software}}};
  };
  std::string before;
  std::string file;
  {
    Archive archive{opened("one"), nothing_known};
    archive.begin(noon);
    file = archive.append(page("<urn:1>"), "one").file;
    archive.sync();
  }
  before = bytes_of(folder.path() / file);
  {
    Archive archive{opened("two"), nothing_known};
    archive.begin(noon);
    archive.append(page("<urn:2>"), "two");
    archive.roll_back();
    CHECK(bytes_of(folder.path() / file) == before);
    archive.begin(noon);
    archive.append(page("<urn:3>"), "three");
    archive.sync();
  }
  const Seen seen = read_all(bytes_of(folder.path() / file));
  CHECK(seen.error == "");
  REQUIRE(seen.records.size() == 4);
  CHECK(seen.records[3].field("WARC-Warcinfo-ID") == seen.records[2].field("WARC-Record-ID"));
}

TEST_CASE("a file that is cut anywhere keeps every whole record, and is gone on with") {
  const TemporaryFolder folder;
  std::string whole;
  std::string name;
  std::vector<std::uint64_t> ends;
  {
    Archive archive{{folder.path(), {}}, nothing_known};
    archive.begin(noon);
    for (const char* block : {"one", "two", "three"}) {
      const ArchivePlace place = archive.append(page("<urn:1>"), block);
      if (ends.empty()) ends.push_back(place.offset);  // of the warcinfo
      ends.push_back(place.offset + place.length);
      name = place.file;
    }
    archive.sync();
    whole = bytes_of(folder.path() / (name + ".open"));
  }
  fs::remove(folder.path() / name);
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    CAPTURE(cut);
    folder.write(name + ".open", whole.substr(0, cut));
    const auto kept = std::ranges::count_if(ends, [&](std::uint64_t end) { return end <= cut; });
    std::string file;
    {
      Archive archive{{folder.path(), {}}, nothing_known};
      archive.begin(noon);
      file = archive.append(page("<urn:2>"), "next").file;
      archive.sync();
    }
    const Seen seen = read_all(bytes_of(folder.path() / file));
    CHECK(seen.error == "");
    CHECK(seen.records.size() == static_cast<std::size_t>(std::max<std::ptrdiff_t>(kept, 1)) + 1);
    fs::remove(folder.path() / file);
    CHECK(files_in(folder.path()).empty());
  }
}

TEST_CASE("after a crash whole records stay and an incomplete one is cut off") {
  const TemporaryFolder folder;
  std::string whole;
  std::string name;
  {
    Archive archive{{folder.path(), {}}, nothing_known};
    archive.begin(noon);
    name = archive.append(page("<urn:1>"), "one").file;
    archive.sync();
    whole = bytes_of(folder.path() / (name + ".open"));
  }
  fs::remove(folder.path() / name);
  const auto recovered = [&](const std::string& bytes, std::uint64_t known) {
    folder.write(name + ".open", bytes);
    {
      const Archive archive{{folder.path(), {}}, [&](const std::string&) { return known; }};
    }
    std::string left = fs::exists(folder.path() / name) ? bytes_of(folder.path() / name) : "none";
    CHECK_FALSE(fs::exists(folder.path() / (name + ".open")));
    fs::remove(folder.path() / name);
    return left;
  };
  CHECK(recovered(whole, 0) == whole);
  CHECK(recovered(whole + whole.substr(0, 30), 0) == whole);
  CHECK(recovered(whole + whole.substr(0, 30), whole.size()) == whole);
  CHECK(recovered(whole + std::string(50, '\0'), whole.size()).starts_with(whole));
  CHECK(recovered(whole.substr(0, 30), 0) == "none");
  CHECK(recovered("", 0) == "none");
}

TEST_CASE("a folder that cannot be made is one clear line") {
  const TemporaryFolder folder;
  folder.write("file", "");
  try {
    const Archive archive{{folder.path() / "file" / "archive", {}}, nothing_known};
    FAIL("the archive was opened");
  } catch (const StorageError& error) {
    CHECK(std::string{error.what()}.find("file/archive: ") != std::string::npos);
    CHECK(error.fault() == StorageFault::read_only);
  }
}

}  // namespace stakeout
