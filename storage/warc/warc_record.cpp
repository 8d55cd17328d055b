#include "storage/warc/warc_record.h"

#include <algorithm>
#include <array>
#include <new>
#include <random>

#include <zlib.h>

#include "storage/sha_digests.h"

namespace stakeout {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

unsigned value_of_digit(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

// zlib's deflate into one gzip member.
class GzipMember {
 public:
  GzipMember() {
    constexpr int gzip_window = 15 + 16;
    constexpr int memory_level = 8;
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc{};
    }
  }
  ~GzipMember() { deflateEnd(&stream_); }
  GzipMember(const GzipMember&) = delete;
  GzipMember& operator=(const GzipMember&) = delete;

  void add(std::string_view bytes) { deflate_all(bytes, Z_NO_FLUSH); }
  std::string end() {
    deflate_all({}, Z_FINISH);
    return std::move(packed_);
  }

 private:
  void deflate_all(std::string_view bytes, int flush) {
    std::array<unsigned char, 1U << 14U> out{};
    // zlib does not write through next_in, whatever its type says.
    stream_.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<unsigned>(bytes.size());
    do {
      stream_.next_out = out.data();
      stream_.avail_out = static_cast<unsigned>(out.size());
      deflate(&stream_, flush);
      packed_.append(reinterpret_cast<const char*>(out.data()), out.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
  std::string packed_;
};

}  // namespace

std::string_view WarcRecord::field(std::string_view name) const {
  for (const auto& [known, value] : fields) {
    if (!same_name(known, name)) continue;
    std::string_view text = value;
    const bool is_address = same_name(name, "WARC-Target-URI");
    if (is_address && text.starts_with('<') && text.ends_with('>')) {
      text = text.substr(1, text.size() - 2);
    }
    return text;
  }
  return {};
}

std::string packed_record(const WarcFields& fields, std::string_view block) {
  std::string head = "WARC/1.1\r\n";
  for (const auto& [name, value] : fields) {
    if (!value.empty()) head += name + ": " + value + "\r\n";
  }
  head += "WARC-Block-Digest: " + warc_digest(block) + "\r\n";
  head += "Content-Length: " + std::to_string(block.size()) + "\r\n\r\n";
  GzipMember member;
  member.add(head);
  member.add(block);
  member.add("\r\n\r\n");
  return member.end();
}

std::string warc_digest(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  constexpr unsigned bits_of_letter = 5;
  std::string text = "sha1:";
  unsigned held = 0;
  unsigned bits = 0;
  for (const char digit : sha1_hex(bytes)) {  // 40 digits are 32 letters
    held = held << 4U | value_of_digit(digit);
    bits += 4;
    if (bits < bits_of_letter) continue;
    bits -= bits_of_letter;
    text += letters[held >> bits & 31U];
  }
  return text;
}

std::string new_record_id() {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t count = 32;
  static thread_local std::random_device source;
  std::string id = "<urn:uuid:";
  for (std::size_t i = 0; i < count; ++i) {
    unsigned digit = source() & 15U;
    if (i == 12) digit = 4;                  // the version
    if (i == 16) digit = 8U | (digit & 3U);  // the variant
    if (i == 8 || i == 12 || i == 16 || i == 20) id += '-';
    id += digits[digit];
  }
  return id + ">";
}

std::string_view payload_of(std::string_view message) {
  const auto crlf = message.find("\r\n\r\n");
  const auto lf = message.find("\n\n");
  if (crlf != std::string_view::npos && (lf == std::string_view::npos || crlf < lf)) {
    return message.substr(crlf + 4);
  }
  return lf == std::string_view::npos ? std::string_view{} : message.substr(lf + 2);
}

}  // namespace stakeout
