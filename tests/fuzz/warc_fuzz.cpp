// Any bytes at all as a WARC file: it comes to an end, blocks stay within their limit, records come
// in the order of the file, and what is whole is never behind the file's end.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "storage/warc/warc_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  std::size_t at = 0;
  constexpr std::size_t longest_block = 4'096;
  stakeout::WarcReader reader{[&](char* to, std::size_t wanted) {
                                const std::size_t part = std::min(wanted, bytes.size() - at);
                                std::memcpy(to, bytes.data() + at, part);
                                at += part;
                                return part;
                              },
                              longest_block};
  std::uint64_t last = 0;
  while (true) {
    const auto next = reader.next();
    assert(reader.whole_until() <= size);
    if (!next) {
      assert(!reader.next());
      return 0;
    }
    if (!*next) return 0;
    const stakeout::WarcRecord& record = **next;
    assert(record.block.size() <= longest_block);
    assert(record.version.starts_with("WARC/"));
    assert(record.offset >= last && record.offset < size);
    last = record.offset;
    assert(stakeout::payload_of(record.block).size() <= record.block.size());
  }
}
