#include "crawler/body_reader.h"

#include <algorithm>
#include <utility>

namespace stakeout {
namespace {

// Text unpacks to hardly more than this many times its size. What unpacks further and finds no room
// is given up instead of waiting.
constexpr std::size_t usual_ratio = 16;

constexpr const char* no_room = "there was no room for so large an answer beside the others";

}  // namespace

BodyReader::Taken BodyReader::take(std::string_view bytes, std::string_view content_encoding) {
  if (!decoder_) {
    auto decoder = ContentDecoder::make(content_encoding, request_.unpack_files);
    if (!decoder) return stop(std::move(decoder.error().message));
    decoder_ = std::move(*decoder);
  }
  // A coded body may be without end and yet unpack to nothing.
  if (received_ > request_.max_body) {
    return stop(too_long());
  }

  const std::size_t expected = bytes.size() * (decoder_->is_coded() ? usual_ratio : 1);
  const std::size_t size = body_.size() + expected;
  const std::size_t capacity =
      size <= body_.capacity() ? body_.capacity() : std::min(2 * size, request_.max_body);
  const Growth growth = ask_for(capacity + coding_memory());
  if (growth == Growth::wait) return Taken::none;
  if (growth == Growth::refused) return stop(no_room);

  received_ += bytes.size();
  const auto taken =
      decoder_->write(bytes, [this](std::string_view decoded) { return append(decoded); });
  if (!taken) return stop(taken.error().message);
  if (ask_for(body_.capacity() + coding_memory()) != Growth::granted) return stop(no_room);
  return Taken::all;
}

Result<void> BodyReader::finish() {
  if (!decoder_) return {};
  return decoder_->finish([this](std::string_view decoded) { return append(decoded); });
}

Growth BodyReader::ask_for(std::size_t bytes) {
  if (bytes <= granted_ || !request_.grow) return Growth::granted;
  const Growth growth = request_.grow(bytes);
  if (growth == Growth::granted) granted_ = bytes;
  return growth;
}

std::size_t BodyReader::coding_memory() const {
  return decoder_->memory();
}

Result<void> BodyReader::append(std::string_view bytes) {
  const std::size_t limit = request_.max_body;
  const std::string_view wanted = bytes.substr(0, limit - body_.size());
  const std::size_t size = body_.size() + wanted.size();
  if (size > body_.capacity()) {
    const std::size_t capacity = std::max(size, std::min(2 * body_.capacity(), limit));
    if (ask_for(capacity + coding_memory()) != Growth::granted) return fail(no_room);
    // Not body_.reserve(), which may take up to twice as much as it is told.
    std::string larger;
    larger.reserve(capacity);
    larger += body_;
    body_ = std::move(larger);
  }
  body_ += wanted;
  if (wanted.size() == bytes.size()) return {};
  return fail(too_long());
}

std::string BodyReader::too_long() {
  is_cut_ = request_.cut_long_body;
  is_too_long_ = true;
  return "the answer is longer than " + std::to_string(request_.max_body) + " bytes";
}

BodyReader::Taken BodyReader::stop(std::string reason) {
  if (!is_cut_) error_ = std::move(reason);
  return Taken::stop;
}

}  // namespace stakeout
