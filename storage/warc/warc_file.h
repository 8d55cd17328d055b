#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "storage/warc/warc_reader.h"

namespace stakeout {

// A place between two records of a file.
struct WarcMark {
  std::uint64_t offset = 0;  // WarcRecord::offset of the record in front of it
  std::uint64_t taken = 0;   // how many records of that offset are in front of it; 0: none are
};

// The records of a WARC file in the file system, from front to back. Gets over damage: what cannot
// be read is left out up to the next place at which a record begins. For one thread at a time.
class WarcFile {
 public:
  // Says at which byte of the file what is wrong.
  using TellDamage = std::function<void(const std::string& sentence)>;

  // `from`: a mark() of the same file. `tell` is called by next(). Throws StorageError when the
  // file cannot be read.
  WarcFile(std::filesystem::path file, std::size_t longest_block, TellDamage tell,
           WarcMark from = {});

  // The next record; nullopt at the end. Throws StorageError.
  [[nodiscard]] std::optional<WarcRecord> next();

  // Behind what next() gave last. A file that has grown meanwhile goes on from there, too.
  [[nodiscard]] WarcMark mark() const { return mark_; }

 private:
  [[nodiscard]] std::optional<std::uint64_t> next_beginning(std::uint64_t from) const;
  void read_from_byte(std::uint64_t offset);

  std::filesystem::path file_;
  std::size_t longest_block_;
  TellDamage tell_;
  std::unique_ptr<WarcReader> reader_;
  WarcMark mark_;
  std::uint64_t to_skip_ = 0;  // records of the mark's offset that were taken before
  std::size_t damages_in_a_row_ = 0;
};

}  // namespace stakeout
