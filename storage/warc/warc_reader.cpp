#include "storage/warc/warc_reader.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <new>

#include <zlib.h>

#include "extractors/values/free_with.h"
#include "storage/database.h"

namespace stakeout {
namespace {

constexpr std::size_t piece = 64U << 10U;  // bytes that are read or decoded at a time
constexpr std::size_t longest_head = 64U << 10U;
constexpr int gzip_window = 15 + 16;

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

void WarcReader::EndInflate::operator()(z_stream_s* stream) const noexcept {
  inflateEnd(stream);
  delete stream;
}

WarcReader::WarcReader(Read read, std::size_t longest_block, std::uint64_t start)
    : read_{std::move(read)},
      longest_block_{longest_block},
      input_offset_{start},
      whole_until_{start} {}

WarcReader::~WarcReader() = default;

bool WarcReader::stop(std::string reason) {
  if (error_.empty()) error_ = std::move(reason);
  return false;
}

// More of the file into an input that is used up. False at its end.
bool WarcReader::take_input() {
  if (input_at_ < input_.size()) return true;
  input_.resize(piece);
  input_at_ = 0;
  input_.resize(read_(input_.data(), piece));
  return !input_.empty();
}

void WarcReader::end_member() {
  in_member_ = false;
  whole_until_ = input_offset_;
}

// A member that holds no more records is read to its checksum, so that nothing that it spoils is
// handed out.
bool WarcReader::end_member_if_done() {
  while (in_member_ && text_.find_first_not_of("\r\n", text_at_) == std::string::npos) {
    if (!fill_from_member()) break;
  }
  return error_.empty();
}

bool WarcReader::fill_from_member() {
  if (!in_member_) {
    // Zeros behind the last member are padding.
    while (take_input() && input_[input_at_] == '\0') ++input_at_, ++input_offset_;
    if (!take_input()) return false;
    inflateReset(inflate_.get());
    in_member_ = true;
    member_at_ = input_offset_;
    // A start that nothing asks for any more is forgotten.
    while (members_.size() > 1 && members_[1].first <= text_position_ + text_at_)
      members_.pop_front();
    const std::uint64_t position = text_position_ + text_.size();
    if (members_.empty() || members_.back().first != position) {
      members_.emplace_back(position, input_offset_);
    } else {
      members_.back().second = input_offset_;  // the one before held nothing
    }
  }
  const std::size_t before = text_.size();
  text_.resize(before + piece);
  inflate_->next_out = reinterpret_cast<unsigned char*>(text_.data() + before);
  inflate_->avail_out = piece;
  int code = Z_OK;
  while (code == Z_OK && inflate_->avail_out > 0) {
    if (!take_input()) {
      code = Z_BUF_ERROR;
      break;
    }
    inflate_->next_in = reinterpret_cast<unsigned char*>(input_.data() + input_at_);
    inflate_->avail_in = static_cast<unsigned>(input_.size() - input_at_);
    code = inflate(inflate_.get(), Z_NO_FLUSH);
    const std::size_t taken = input_.size() - input_at_ - inflate_->avail_in;
    input_at_ += taken;
    input_offset_ += taken;
  }
  text_.resize(before + piece - inflate_->avail_out);
  if (code == Z_STREAM_END) {
    end_member();
  } else if (code == Z_BUF_ERROR) {
    return stop("the file ends inside a gzip member") || text_.size() > before;
  } else if (code != Z_OK) {
    return stop("the gzip data is damaged");
  }
  return true;
}

// Adds to text_. False at the end of the file, and after an error.
bool WarcReader::fill() {
  if (!error_.empty()) return false;
  if (is_first_) {
    is_first_ = false;
    if (take_input() && input_.starts_with("\x1f\x8b")) {
      inflate_.reset(new z_stream_s{});
      if (inflateInit2(inflate_.get(), gzip_window) != Z_OK) throw std::bad_alloc{};
    }
  }
  if (text_at_ >= piece) {
    text_.erase(0, text_at_);
    text_position_ += text_at_;
    text_at_ = 0;
  }
  if (inflate_) {
    const std::size_t before = text_.size();
    while (text_.size() == before) {
      if (!fill_from_member()) return false;
    }
    return true;
  }
  if (!take_input()) return false;
  text_.append(input_, input_at_);
  input_offset_ += input_.size() - input_at_;
  input_at_ = input_.size();
  return true;
}

// Where what comes next begins in the file.
std::uint64_t WarcReader::offset_here() {
  const std::uint64_t position = text_position_ + text_at_;
  if (!inflate_) return input_offset_ - (text_.size() - text_at_);
  while (members_.size() > 1 && members_[1].first <= position) members_.pop_front();
  return members_.front().second;
}

// The empty lines that end a record, and whatever more of them there are. False when nothing comes
// behind them.
bool WarcReader::skip_line_ends() {
  while (true) {
    while (text_at_ < text_.size() && (text_[text_at_] == '\r' || text_[text_at_] == '\n'))
      ++text_at_;
    if (text_at_ < text_.size()) return true;
    if (!fill()) return false;
  }
}

std::optional<std::string> WarcReader::line() {
  std::size_t looked_at = text_at_;
  while (true) {
    const auto end = text_.find('\n', looked_at);
    const std::size_t size = (end == std::string::npos ? text_.size() : end) - text_at_;
    if (size >= head_left_) {
      stop("the head of a record is longer than 64 KiB");
      return std::nullopt;
    }
    if (end != std::string::npos) {
      std::string out = text_.substr(text_at_, size);
      head_left_ -= size + 1;
      text_at_ = end + 1;
      if (out.ends_with('\r')) out.pop_back();
      return out;
    }
    const std::size_t size_before = text_.size() - text_at_;
    if (!fill()) {
      stop("the file ends inside the head of a record");
      return std::nullopt;
    }
    looked_at = text_at_ + size_before;
  }
}

bool WarcReader::read_fields(WarcRecord& record) {
  auto version = line();
  if (!version) return false;
  if (!version->starts_with("WARC/")) return stop("no WARC record begins here");
  record.version = std::string{without_blanks(*version)};
  while (true) {
    const auto next = line();
    if (!next) return false;
    if (next->empty()) return true;
    if (next->starts_with(' ') || next->starts_with('\t')) {
      if (!record.fields.empty())
        record.fields.back().second += " " + std::string{without_blanks(*next)};
      continue;
    }
    const auto colon = next->find(':');
    if (colon == std::string::npos) continue;
    const std::string_view whole = *next;
    record.fields.emplace_back(without_blanks(whole.substr(0, colon)),
                               without_blanks(whole.substr(colon + 1)));
  }
}

bool WarcReader::read_block(std::uint64_t length, WarcRecord& record) {
  record.is_cut = length > longest_block_;
  while (length > 0) {
    if (text_at_ == text_.size() && !fill()) return stop("the file ends inside a record");
    const auto part =
        static_cast<std::size_t>(std::min<std::uint64_t>(length, text_.size() - text_at_));
    const std::size_t wanted = std::min(part, longest_block_ - record.block.size());
    record.block.append(text_, text_at_, wanted);
    text_at_ += part;
    length -= part;
  }
  return true;
}

Result<std::optional<WarcRecord>> WarcReader::next() {
  if (error_.empty() && !skip_line_ends() && error_.empty()) return std::nullopt;
  failed_at_ = inflate_ ? member_at_ : input_offset_;
  WarcRecord record;
  if (error_.empty()) {
    record.offset = failed_at_ = offset_here();
    head_left_ = longest_head;
    if (read_fields(record)) {
      const auto length = number_in(record.field("Content-Length"));
      if (!length) {
        stop("a record does not say how long it is");
      } else if (read_block(*length, record) && end_member_if_done()) {
        if (!inflate_) whole_until_ = offset_here();
        return record;
      }
    }
  }
  return fail(error_ + ", at byte " + std::to_string(input_offset_),
              static_cast<std::size_t>(input_offset_));
}

WarcReader::Read read_from(const std::string& file, std::uint64_t offset) {
  using File = std::unique_ptr<std::FILE, FreeWith<std::fclose>>;
  const std::shared_ptr<std::FILE> stream{File{std::fopen(file.c_str(), "rbe")}};
  if (!stream || fseeko(stream.get(), static_cast<off_t>(offset), SEEK_SET) != 0) {
    throw StorageError{StorageFault::missing, file + " cannot be read: " + std::strerror(errno)};
  }
  return [stream](char* to, std::size_t size) { return std::fread(to, 1, size, stream.get()); };
}

}  // namespace stakeout
