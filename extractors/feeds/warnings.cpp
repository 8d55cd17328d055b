#include "extractors/feeds/warnings.h"

#include <algorithm>
#include <utility>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t most_messages = 50;
constexpr std::size_t longest_message = 500;  // bytes

}  // namespace

void Warnings::add(std::string message) {
  if (messages_.size() < most_messages) {
    if (message.size() > longest_message) {
      message = std::string{first_bytes(message, longest_message)} + "…";
    }
    messages_.push_back(std::move(message));
  } else {
    ++dropped_;
  }
}

void Warnings::add_at(std::string_view text, std::size_t offset, std::string_view message) {
  if (messages_.size() == most_messages) {
    ++dropped_;
    return;
  }
  if (text_ != text.data() || offset < counted_) {
    text_ = text.data();
    counted_ = 0;
    line_ = 1;
    line_begin_ = 0;
  }
  for (const std::size_t end = std::min(offset, text.size()); counted_ < end; ++counted_) {
    if (text[counted_] != '\n') continue;
    ++line_;
    line_begin_ = counted_ + 1;
  }
  add("line " + std::to_string(line_) + ", column " + std::to_string(counted_ - line_begin_ + 1) +
      ": " + std::string{message});
}

std::vector<std::string> Warnings::take() {
  if (dropped_ > 0) messages_.push_back("and " + std::to_string(dropped_) + " more");
  dropped_ = 0;
  return std::exchange(messages_, {});
}

}  // namespace stakeout
