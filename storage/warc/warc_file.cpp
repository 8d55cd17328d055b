#include "storage/warc/warc_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace stakeout {
namespace {

// A file in which so much in a row cannot be read is given up: it was made to cost time.
constexpr std::size_t most_damages = 1'000;

constexpr std::string_view gzip_member = "\x1f\x8b\x08";
constexpr std::string_view plain_record = "\nWARC/";

bool is_gzip_file(const std::filesystem::path& file) {
  std::string beginning(gzip_member.size(), '\0');
  return read_from(file.string())(beginning.data(), beginning.size()) == beginning.size() &&
         beginning == gzip_member;
}

}  // namespace

WarcFile::WarcFile(std::filesystem::path file, std::size_t longest_block, TellDamage tell,
                   WarcMark from)
    : file_{std::move(file)},
      longest_block_{longest_block},
      tell_{std::move(tell)},
      mark_{from},
      to_skip_{from.taken} {
  read_from_byte(from.offset);
}

void WarcFile::read_from_byte(std::uint64_t offset) {
  reader_ = std::make_unique<WarcReader>(read_from(file_.string(), offset), longest_block_, offset);
}

std::optional<WarcRecord> WarcFile::next() {
  while (true) {
    auto record = reader_->next();
    if (record && !*record) return std::nullopt;
    if (record) {
      damages_in_a_row_ = 0;
      if (to_skip_ > 0 && (*record)->offset == mark_.offset) {
        --to_skip_;
        continue;
      }
      to_skip_ = 0;
      mark_ = {(*record)->offset, (*record)->offset == mark_.offset ? mark_.taken + 1 : 1};
      return std::move(*record);
    }
    tell_(record.error().message);
    const auto beginning = next_beginning(reader_->failed_at() + 1);
    if (!beginning || ++damages_in_a_row_ == most_damages) return std::nullopt;
    read_from_byte(*beginning);
  }
}

// Where a record may begin, at this byte or behind it.
std::optional<std::uint64_t> WarcFile::next_beginning(std::uint64_t from) const {
  constexpr std::size_t piece = 64U << 10U;
  const bool is_gzip = is_gzip_file(file_);
  const std::string_view sign = is_gzip ? gzip_member : plain_record;
  const auto read = read_from(file_.string(), from);
  std::string bytes;
  while (true) {
    const std::size_t held = bytes.size();
    bytes.resize(held + piece);
    bytes.resize(held + read(bytes.data() + held, piece));
    const std::size_t at = bytes.find(sign);
    if (at != std::string::npos) return from + at + (is_gzip ? 0 : 1);
    if (bytes.size() == held) return std::nullopt;
    const std::size_t done = bytes.size() - std::min(bytes.size(), sign.size() - 1);
    bytes.erase(0, done);
    from += done;
  }
}

}  // namespace stakeout
