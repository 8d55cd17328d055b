// Fingerprints as bytes: version, has_day (one byte each), day (4 bytes), text_hash, host_hash (8
// bytes each), text_tokens (4), number of tokens and of title tokens (2 each), then the tokens at 8
// bytes: word (4), place (2), rarity, marks. Little-endian.
#include <cstddef>

#include "extractors/stories/fingerprint.h"

namespace stakeout {
namespace {

constexpr std::uint8_t version = 1;

template <class T>
void append(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i)));
  }
}

void append_tokens(std::string& out, const std::vector<StoryToken>& tokens) {
  for (const StoryToken& token : tokens) {
    append(out, token.word);
    append(out, token.place);
    append(out, token.rarity);
    append(out, token.marks);
  }
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
    for (std::size_t i = 0; i < count && ok_; ++i) {
      StoryToken token;
      token.word = take<std::uint32_t>();
      token.place = take<std::uint16_t>();
      token.rarity = take<std::uint8_t>();
      token.marks = take<std::uint8_t>();
      tokens.push_back(token);
    }
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
  out.reserve(32 + 8 * (fingerprint.tokens.size() + fingerprint.title.size()));
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
                    reader.left() == (tokens + title_tokens) * 8;
  if (!reader.ok() || !fits) {
    return fail("not a fingerprint: its length is off", bytes.size() - reader.left());
  }
  fingerprint.tokens = reader.take_tokens(tokens);
  fingerprint.title = reader.take_tokens(title_tokens);
  return fingerprint;
}

}  // namespace stakeout
