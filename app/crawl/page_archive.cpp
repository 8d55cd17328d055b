#include "app/crawl/page_archive.h"

#include <string_view>
#include <utility>

#include "app/version.h"
#include "crawler/fetcher_curl.h"
#include "crawler/response_head.h"
#include "extractors/facts/extractor_version.h"
#include "extractors/text/ascii.h"
#include "storage/sha_digests.h"

namespace stakeout {
namespace {

constexpr const char* same_payload =
    "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
constexpr const char* not_modified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

ArchiveOptions options_for(const std::filesystem::path& folder, const FetchSettings& settings) {
  ArchiveOptions options;
  options.folder = folder;
  options.about = {
      {"software", "stakeout/" + std::string{version}},
      {"format", "WARC File Format 1.1"},
      {"conformsTo",
       "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
      {"operator", without_controls(settings.contact)},
      {"http-header-user-agent", user_agent(version, settings.contact)},
      {"robots", "RFC 9309"},
  };
  return options;
}

}  // namespace

bool is_for_archive(const Article& page, const Facts& facts) {
  const std::string words = " " + page.robots + " ";
  return (!facts.mentions.empty() || !facts.claims.empty()) &&
         words.find(" noarchive ") == std::string::npos;
}

std::string archived_message(const FetchResponse& response) {
  const std::string_view head = response.head;
  // A length of coded bytes is none of the body's.
  const std::string lower_head = ascii_lower(head);
  const bool is_coded = lower_head.find("\ncontent-encoding:") != std::string::npos;
  std::string message;
  for (std::size_t at = 0; at < head.size();) {
    const auto end = head.find('\n', at);
    const std::string_view line =
        head.substr(at, end == std::string_view::npos ? end : end + 1 - at);
    const std::string_view low = std::string_view{lower_head}.substr(at, line.size());
    if (low.starts_with("content-encoding:") || low.starts_with("transfer-encoding:") ||
        (is_coded && low.starts_with("content-length:"))) {
      message += "X-Archive-Orig-";
    }
    message += line;
    at += line.size();
  }
  return message + response.body;
}

PageArchive::PageArchive(const std::filesystem::path& folder, const FetchSettings& settings,
                         Store& store)
    : store_{store}, archive_{options_for(folder, settings), [&store](const std::string& file) {
                                return store.archive_end(file);
                              }} {}

void PageArchive::together(Timestamp now, const std::function<void()>& work) {
  try {
    store_.together([&] {
      archive_.begin(now);
      work();
      archive_.sync();
    });
  } catch (...) {
    archive_.roll_back();
    throw;
  }
}

void PageArchive::append(const Page& page, const FetchResponse& response, ArchiveRow row,
                         WarcFields fields, const std::string& block) {
  row.article_id = page.article_id;
  row.revision_id = page.revision_id;
  row.record_id = new_record_id();
  row.url = page.url;
  row.fetched_at = response.fetched_at;
  row.block_sha256 = sha256_hex(block);
  row.extractor = std::to_string(extractor_version);
  const std::string date = to_rfc3339(response.fetched_at);
  const std::string request_id = response.request_head.empty() ? std::string{} : new_record_id();
  WarcFields all{
      {"WARC-Type", row.kind},
      {"WARC-Record-ID", row.record_id},
      {"WARC-Date", date},
      {"WARC-Target-URI", page.url},
      {"WARC-IP-Address", page.by_proxy ? std::string{} : response.address},
      {"WARC-Concurrent-To", request_id},
      {"WARC-Payload-Digest", row.payload_digest},
      {"Content-Type", row.kind == "resource" ? "text/html" : "application/http;msgtype=response"}};
  all.insert(all.end(), std::make_move_iterator(fields.begin()),
             std::make_move_iterator(fields.end()));
  ArchivePlace place = archive_.append(std::move(all), block);
  row.file = std::move(place.file);
  row.offset = place.offset;
  row.length = place.length;
  store_.save_archive_row(row);
  if (request_id.empty()) return;
  archive_.append({{"WARC-Type", "request"},
                   {"WARC-Record-ID", request_id},
                   {"WARC-Date", date},
                   {"WARC-Target-URI", page.url},
                   {"WARC-Concurrent-To", row.record_id},
                   {"Content-Type", "application/http;msgtype=request"}},
                  response.request_head);
}

void PageArchive::append_revisit(const Page& page, const FetchResponse& response,
                                 const ArchivedResponse& known, const char* profile) {
  ArchiveRow row;
  row.kind = "revisit";
  row.payload_sha256 = known.payload_sha256;
  row.payload_digest = known.payload_digest;
  row.refers_to = known.id;
  append(page, response, std::move(row),
         {{"WARC-Profile", profile},
          {"WARC-Refers-To", known.record_id},
          {"WARC-Refers-To-Target-URI", known.url},
          {"WARC-Refers-To-Date", to_rfc3339(known.fetched_at)}},
         response.head);
}

void PageArchive::keep(const Page& page, const FetchResponse& response) {
  ArchiveRow row;
  row.kind = response.head.empty() ? "resource" : "response";
  row.payload_sha256 = sha256_hex(response.body);
  if (const auto known = store_.archived_payload(row.payload_sha256)) {
    return append_revisit(page, response, *known, same_payload);
  }
  row.payload_digest = warc_digest(response.body);
  append(page, response, std::move(row), {}, archived_message(response));
}

void PageArchive::keep_not_modified(const Page& page, const FetchResponse& response) {
  if (const auto known = store_.archived_page(page.article_id)) {
    append_revisit(page, response, *known, not_modified);
  }
}

}  // namespace stakeout
