#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stakeout {

// The named fields of a WARC record in their order (ISO 28500, 5): names, and values without blanks
// around them.
using WarcFields = std::vector<std::pair<std::string, std::string>>;

// One record of a WARC file.
struct WarcRecord {
  std::string version;  // "WARC/1.1"
  WarcFields fields;
  std::string block;
  bool is_cut = false;  // the block was longer than what was wanted: the rest is left out
  // Where in the file the record begins. Inside a gzip member that holds several, where that member
  // begins. Bytes.
  std::uint64_t offset = 0;

  // The value of the first field of a name, in any case; addresses without the angle brackets that
  // WARC 1.0 was taken to put around them. Empty: there is none.
  [[nodiscard]] std::string_view field(std::string_view name) const;
};

// The record as a gzip member of its own. Content-Length and WARC-Block-Digest are added.
[[nodiscard]] std::string packed_record(const WarcFields& fields, std::string_view block);

// "sha1:" and the SHA-1 of the bytes in base32 (RFC 4648), as archives write it.
[[nodiscard]] std::string warc_digest(std::string_view bytes);

// "<urn:uuid:...>", a random one (RFC 9562, version 4).
[[nodiscard]] std::string new_record_id();

// The bytes of an HTTP message behind the empty line that ends its head. Empty where there is none.
[[nodiscard]] std::string_view payload_of(std::string_view message);

}  // namespace stakeout
