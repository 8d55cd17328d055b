#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// Collects what was repaired in one document, with line and column (both from 1, columns in bytes).
// A document with countless faults gives a bounded list, and a message that quotes it at length is
// cut.
class Warnings {
 public:
  // Adds a warning about the document as a whole.
  void add(std::string message);

  // Adds a warning about byte `offset` of `text`. Calls with one `text` should come in rising order
  // of offset; they are then linear together.
  void add_at(std::string_view text, std::size_t offset, std::string_view message);

  // The warnings in the order in which they came; the last one tells how many more there were.
  [[nodiscard]] std::vector<std::string> take();

 private:
  std::vector<std::string> messages_;
  std::size_t dropped_ = 0;
  const char* text_ = nullptr;  // the text that the counters below belong to; never read through
  std::size_t counted_ = 0;     // bytes
  std::size_t line_ = 1;
  std::size_t line_begin_ = 0;
};

}  // namespace stakeout
