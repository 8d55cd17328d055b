#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/output.h"
#include "extractors/facts/watchlist.h"
#include "storage/reader.h"

// `stakeout export KIND DIR`: the store in the shapes that other tools read, one source file beside
// this header for each kind. Two exports of one store are the same to the byte, and what an export
// calls a thing (an id) stays when the store grows.
//
// Each writes whole files: a file that stood in the folder under one of the names is replaced when
// the new one is complete. All throw StorageError, and CommandError (1) when a file cannot be
// written.

namespace stakeout {

struct ExportedFile {
  std::string name;
  std::size_t lines = 0;  // records
};

// Every view, each as VIEW.csv or VIEW.jsonl, in the order of its ids.
[[nodiscard]] std::vector<ExportedFile> export_views(Reader& reader,
                                                     const std::filesystem::path& folder,
                                                     OutputForm form);

// FollowTheMoney entities, one JSON object a line: entities.ftm.json. Companies and public bodies
// that are mentioned or party to a contract, with their aliases from the watchlist; articles,
// mentions, contracts, awards and the documents that prove them.
[[nodiscard]] std::vector<ExportedFile> export_ftm(Reader& reader, const Watchlist& watchlist,
                                                   const std::filesystem::path& folder);

// Open Contracting Data Standard 1.1.5, a release package: releases.json. Each contract has one
// release for each report that told of it or changed it. `ocid_prefix` comes before the contract's
// id; who publishes the file registers one with the Open Contracting Partnership.
[[nodiscard]] std::vector<ExportedFile> export_ocds(Reader& reader,
                                                    const std::filesystem::path& folder,
                                                    const std::string& ocid_prefix);

// Whether an article is wanted.
using ArticleChoice = std::function<bool(std::int64_t article_id)>;

// The archived pages of some articles: stakeout.warc.gz. Records with their requests, byte for byte
// as they lie in the files of `archive`, in the order of those; in front of the records of a file
// the warcinfo record that it begins with. What a revisit refers to comes along. A file of the
// archive that is missing is a StorageError.
[[nodiscard]] std::vector<ExportedFile> export_warc(Reader& reader,
                                                    const std::filesystem::path& archive,
                                                    const ArticleChoice& is_chosen,
                                                    const std::filesystem::path& folder);

}  // namespace stakeout
