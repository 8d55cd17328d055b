#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "extractors/pages/page_names.h"

namespace stakeout {

// The elements that are open at one place of a page, and the tags that keep their nesting right.
//
// Writes end tags where the page leaves them out: a paragraph ends at the next block, a list item
// at the next one, everything inside an element at its end tag. End tags of what is not open are
// left out. So the parser behind never has to repair anything at a cost.
//
// Elements are named by their tag and by their name, which tells those of Tag::other apart. Each
// call takes constant time on average: what a search passes by, it closes, or the search is cut off
// after max_depth elements.
class OpenElements {
 public:
  static constexpr std::size_t max_depth = 512;

  // Appends the end tags that a start tag of `name` implies to `out`. Returns whether the start
  // tag is to be written; one that lies too deep, or may not stand inside itself, is not.
  [[nodiscard]] bool open(Tag tag, const std::string& name, std::string& out);

  // Appends the end tags that an end tag of `name` means.
  void close(Tag tag, const std::string& name, std::string& out);

  // Closes everything, at the end of the page.
  void close_all(std::string& out);

  // Whether the parser takes white space here as it takes any other text. Before the first element
  // of the body it drops it, and between the parts of a table it moves only the other.
  [[nodiscard]] bool hold_any_text() const {
    return !elements_.empty() && elements_.back().holds_any_text;
  }

  [[nodiscard]] bool was_too_deep() const { return was_too_deep_; }

 private:
  struct Element {
    Tag tag;
    bool is_written;
    bool holds_any_text;
    std::string other_name;  // of Tag::other; else empty
  };

  // The index of the innermost open element that is wanted, with none of `borders` inside it; npos
  // when there is none.
  template <class IsWanted>
  [[nodiscard]] std::size_t find(IsWanted is_wanted, const TagSet& borders) const;
  [[nodiscard]] bool is_open(Tag tag) const {
    return open_by_tag_[static_cast<std::size_t>(tag)] > 0;
  }
  [[nodiscard]] bool is_open(Tag tag, const std::string& name) const;
  [[nodiscard]] bool holds_any_text(Tag tag, bool is_written) const;
  std::uint32_t& count_of(Tag tag, const std::string& name);
  void end(const Element& element, std::string& out);
  void close_from(std::size_t index, std::string& out);
  void close_implied(Tag tag, std::string& out);
  void forget(std::size_t index, std::string& out);

  std::vector<Element> elements_;
  std::array<std::uint32_t, 256> open_by_tag_{};
  std::unordered_map<std::string, std::uint32_t> open_by_other_name_;
  std::size_t written_ = 0;
  bool was_too_deep_ = false;
};

}  // namespace stakeout
