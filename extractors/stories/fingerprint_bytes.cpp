// Fingerprints as bytes: version, has_day (one byte each), day (4 bytes), text_hash, host_hash (8
// bytes each), text_tokens (4), number of tokens and of title tokens (2 each), then the tokens at 8
// bytes: word (4), place (2), rarity, marks. Little-endian.
#include <array>
#include <cstddef>

#include "extractors/stories/fingerprint.h"

namespace stakeout {
namespace {

constexpr std::uint8_t version = 1;

constexpr std::size_t token_bytes = 8;

template <class T>
void append(std::string& out, T value) {
  std::array<char, sizeof(T)> bytes{};
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
  }
  out.append(bytes.data(), bytes.size());
}

// A token as one number of 8 bytes, its fields from the lowest byte on.
std::uint64_t packed(const StoryToken& token) {
  return std::uint64_t{token.word} | std::uint64_t{token.place} << 32U |
         std::uint64_t{token.rarity} << 48U | std::uint64_t{token.marks} << 56U;
}

StoryToken unpacked(std::uint64_t bits) {
  StoryToken token;
  token.word = static_cast<std::uint32_t>(bits);
  token.place = static_cast<std::uint16_t>(bits >> 32U);
  token.rarity = static_cast<std::uint8_t>(bits >> 48U);
  token.marks = static_cast<std::uint8_t>(bits >> 56U);
  return token;
}

void append_tokens(std::string& out, const std::vector<StoryToken>& tokens) {
  for (const StoryToken& token : tokens) append(out, packed(token));
}

// Reads fields off the front of the bytes; behind their end every field is 0 and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_{bytes} {}

  template <class T>
  T take() {
    if (rest_.size() < sizeof(T)) {
      ok_ = false;
      return T{};
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    }
    rest_.remove_prefix(sizeof(T));
    return static_cast<T>(value);
  }

  std::vector<StoryToken> take_tokens(std::size_t count) {
    std::vector<StoryToken> tokens;
    tokens.reserve(count);
    for (std::size_t i = 0; i < count; ++i) tokens.push_back(unpacked(take<std::uint64_t>()));
    return tokens;
  }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::string to_bytes(const StoryFingerprint& fingerprint) {
  std::string out;
  out.reserve(32 + token_bytes * (fingerprint.tokens.size() + fingerprint.title.size()));
  append(out, version);
  append(out, static_cast<std::uint8_t>(fingerprint.day.has_value() ? 1 : 0));
  append(out, fingerprint.day.value_or(0));
  append(out, fingerprint.text_hash);
  append(out, fingerprint.host_hash);
  append(out, fingerprint.text_tokens);
  append(out, static_cast<std::uint16_t>(fingerprint.tokens.size()));
  append(out, static_cast<std::uint16_t>(fingerprint.title.size()));
  append_tokens(out, fingerprint.tokens);
  append_tokens(out, fingerprint.title);
  return out;
}

Result<StoryFingerprint> parse_fingerprint(std::string_view bytes) {
  Reader reader{bytes};
  if (reader.take<std::uint8_t>() != version) return fail("a fingerprint of another version");
  StoryFingerprint fingerprint;
  const auto has_day = reader.take<std::uint8_t>();
  const auto day = reader.take<std::int32_t>();
  if (has_day != 0) fingerprint.day = day;
  fingerprint.text_hash = reader.take<std::uint64_t>();
  fingerprint.host_hash = reader.take<std::uint64_t>();
  fingerprint.text_tokens = reader.take<std::uint32_t>();
  const std::size_t tokens = reader.take<std::uint16_t>();
  const std::size_t title_tokens = reader.take<std::uint16_t>();
  const bool fits = tokens <= StoryFingerprint::max_tokens &&
                    title_tokens <= StoryFingerprint::max_title_tokens &&
                    reader.left() == (tokens + title_tokens) * token_bytes;
  if (!reader.ok() || !fits) {
    return fail("not a fingerprint: its length is off", bytes.size() - reader.left());
  }
  fingerprint.tokens = reader.take_tokens(tokens);
  fingerprint.title = reader.take_tokens(title_tokens);
  return fingerprint;
}

}  // namespace stakeout
