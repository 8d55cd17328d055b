#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stakeout {

// The elements that are open at one place of a page, and the tags that keep their nesting right.
//
// Writes end tags where the page leaves them out: a paragraph ends at the next block, a list item
// at the next one, everything inside an element at its end tag. End tags of what is not open are
// left out. So the parser behind never has to repair anything at a cost.
//
// Each call takes constant time on average: what a search passes by, it closes, or the search is
// cut off after max_depth elements.
class OpenElements {
 public:
  static constexpr std::size_t max_depth = 512;

  // Appends the end tags that a start tag of `name` implies to `out`. Returns whether the start
  // tag is to be written; one that lies too deep, or may not stand inside itself, is not.
  [[nodiscard]] bool open(std::string_view name, std::string& out);

  // Appends the end tags that an end tag of `name` means.
  void close(std::string_view name, std::string& out);

  // Closes everything, at the end of the page.
  void close_all(std::string& out);

  [[nodiscard]] bool was_too_deep() const { return was_too_deep_; }

 private:
  struct Element {
    std::string name;
    bool is_written;
  };

  // The index of the innermost open element that is one of `names`, with none of `borders` inside
  // it; npos when there is none.
  [[nodiscard]] std::size_t find(std::string_view names, std::string_view borders) const;
  [[nodiscard]] bool is_open(std::string_view name) const;
  void close_from(std::size_t index, std::string& out);
  void close_implied(std::string_view name, std::string& out);
  void forget(std::size_t index, std::string& out);

  std::vector<Element> elements_;
  std::unordered_map<std::string, std::size_t> open_by_name_;
  std::size_t written_ = 0;
  bool was_too_deep_ = false;
};

}  // namespace stakeout
