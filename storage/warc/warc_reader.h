#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "extractors/values/result.h"
#include "storage/warc/warc_record.h"

struct z_stream_s;

namespace stakeout {

// Reads the records of a WARC file of any crawler's, from front to back: version 0.17 to 1.1, a
// gzip member for each record, one for the whole file, or plain. For one thread at a time.
//
// A record of a gzip member that holds no other counts only when the member's checksum is right.
// Whatever the bytes are: memory stays within the longest block that is wanted, a head of 64 KiB
// and some buffers, and what makes no sense ends the file with an Error.
class WarcReader {
 public:
  // Puts up to `size` bytes of the file at `to`; 0 at its end.
  using Read = std::function<std::size_t(char* to, std::size_t size)>;

  // `start`: where in the file the first byte stands, for the offsets.
  explicit WarcReader(Read read, std::size_t longest_block, std::uint64_t start = 0);
  ~WarcReader();
  WarcReader(const WarcReader&) = delete;
  WarcReader& operator=(const WarcReader&) = delete;

  // The next record; nullopt at the end of the file. After an Error, which says at which byte of
  // the file, nothing more comes.
  [[nodiscard]] Result<std::optional<WarcRecord>> next();

  // After an Error: where what could not be read begins.
  [[nodiscard]] std::uint64_t failed_at() const { return failed_at_; }

  // Behind the last gzip member that was whole; of a plain file, behind the last record.
  [[nodiscard]] std::uint64_t whole_until() const { return whole_until_; }

 private:
  struct EndInflate {
    void operator()(z_stream_s* stream) const noexcept;
  };

  [[nodiscard]] bool take_input();
  [[nodiscard]] bool fill();
  [[nodiscard]] bool fill_from_member();
  void end_member();
  [[nodiscard]] bool end_member_if_done();
  bool stop(std::string reason);
  [[nodiscard]] bool skip_line_ends();
  [[nodiscard]] std::optional<std::string> line();
  [[nodiscard]] bool read_fields(WarcRecord& record);
  [[nodiscard]] bool read_block(std::uint64_t length, WarcRecord& record);
  [[nodiscard]] std::uint64_t offset_here();

  Read read_;
  std::size_t longest_block_;

  std::string input_;  // of the file, read and not taken yet
  std::size_t input_at_ = 0;
  std::uint64_t input_offset_;  // where in the file input_[input_at_] stands
  bool is_first_ = true;
  bool in_member_ = false;
  std::unique_ptr<z_stream_s, EndInflate> inflate_;  // null: the file is plain

  std::string text_;  // decoded and not taken yet
  std::size_t text_at_ = 0;
  std::uint64_t text_position_ = 0;  // how much was decoded before text_[0]
  // Where members begin: in the decoded text, and in the file.
  std::deque<std::pair<std::uint64_t, std::uint64_t>> members_;
  std::size_t head_left_ = 0;    // bytes that the head may still have
  std::uint64_t member_at_ = 0;  // where the last member begins
  std::uint64_t failed_at_ = 0;
  std::uint64_t whole_until_;
  std::string error_;
};

// Reads a file in the file system from this byte on. Throws StorageError when it cannot be opened.
[[nodiscard]] WarcReader::Read read_from(const std::string& file, std::uint64_t offset = 0);

}  // namespace stakeout
