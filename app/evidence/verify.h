#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "storage/reader.h"

namespace stakeout {

// What was looked at, and how much of it does not hold.
struct Verified {
  std::size_t revisions = 0;
  std::size_t dropped = 0;     // texts that are not kept any more, by the settings
  std::size_t quotes = 0;      // of mentions and claims
  std::size_t unarchived = 0;  // texts with mentions whose page was not kept
  std::size_t records = 0;     // of the archive
  std::size_t texts = 0;       // that came out of archived pages again
  // Texts that do not come out of their pages any more, but were read by other extractors than
  // these: no fault as long as the words of their facts do.
  std::size_t other_extractors = 0;
  std::size_t faults = 0;
};

// A sentence for each thing that does not hold, with the id that finds it again.
using TellFault = std::function<void(const std::string& sentence)>;

// Follows the chain from the facts to the bytes: that the words of mentions and claims stand where
// their offsets say, that each text has its SHA-256, that each record of the archive lies where the
// database says and has its digests, and that each text comes out of the page that was kept.
// `archive` is the folder of its files. Throws StorageError.
[[nodiscard]] Verified verify_evidence(Reader& reader, const std::filesystem::path& archive,
                                       const TellFault& tell);

}  // namespace stakeout
