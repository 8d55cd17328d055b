// Any bytes at all as a WARC file that is read past its damages: it comes to an end, places in it
// never go back, and who goes on from the place behind a record gets the records that follow it.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include "storage/warc/warc_file.h"

namespace {

constexpr std::size_t longest_block = 4'096;

std::vector<stakeout::WarcMark> marks_behind(const std::string& file, stakeout::WarcMark from,
                                             std::size_t size) {
  std::vector<stakeout::WarcMark> marks;
  std::size_t damages = 0;
  stakeout::WarcFile records{file, longest_block,
                             [&](const std::string& words) {
                               assert(!words.empty());
                               assert(++damages <= size + 1);
                             },
                             from};
  while (const auto record = records.next()) {
    const stakeout::WarcMark mark = records.mark();
    assert(record->block.size() <= longest_block);
    assert(mark.offset == record->offset && mark.offset < size && mark.taken > 0);
    assert(marks.empty() || mark.offset >= marks.back().offset);
    marks.push_back(mark);
  }
  return marks;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const int memory = ::memfd_create("warc", 0);
  assert(memory >= 0);
  assert(::write(memory, data, size) == static_cast<ssize_t>(size));
  const std::string file = "/proc/self/fd/" + std::to_string(memory);
  const auto all = marks_behind(file, {}, size);
  if (!all.empty()) {
    const std::size_t middle = all.size() / 2;
    const auto rest = marks_behind(file, all[middle], size);
    assert(rest.size() == all.size() - middle - 1);
    for (std::size_t i = 0; i < rest.size(); ++i) {
      assert(rest[i].offset == all[middle + 1 + i].offset);
      assert(rest[i].taken == all[middle + 1 + i].taken);
    }
  }
  ::close(memory);
  return 0;
}
