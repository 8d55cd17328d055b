#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/pages/html_tokens.h"
#include "extractors/pages/page_names.h"
#include "extractors/pages/skeleton.h"

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

  // Writes the end tags that a start tag implies, and the start tag itself, unless it lies too deep
  // or may not stand inside itself.
  void open(const HtmlToken& token, SkeletonWriter& out);

  // Writes the end tags that an end tag means.
  void close(const HtmlToken& token, SkeletonWriter& out);

  // Closes everything, at the end of the page.
  void close_all(SkeletonWriter& out);

  // Whether the parser takes white space here as it takes any other text. Before the first element
  // of the body it drops it, and between the parts of a table it moves only the other.
  [[nodiscard]] bool hold_any_text() const {
    return !elements_.empty() && elements_.back().holds_any_text;
  }

  // Whether the parser would put a new element of this tag where it stands, and nothing else would
  // come of it.
  [[nodiscard]] bool may_fold(Tag tag) const;

  [[nodiscard]] bool was_too_deep() const { return was_too_deep_; }

 private:
  struct Element {
    Tag tag;
    bool is_written;
    bool holds_any_text;
    bool is_form;            // it is, or it is not written and stands in one
    std::string other_name;  // of Tag::other; else empty

    [[nodiscard]] std::string_view name() const {
      return tag == Tag::other ? std::string_view{other_name} : name_of(tag);
    }
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
  bool end(const Element& element);
  void close_from(std::size_t index, SkeletonWriter& out);
  void close_implied(Tag tag, SkeletonWriter& out);
  void forget(std::size_t index, SkeletonWriter& out);

  std::vector<Element> elements_;
  std::array<std::uint32_t, 256> open_by_tag_{};
  std::unordered_map<std::string, std::uint32_t> open_by_other_name_;
  std::size_t written_ = 0;
  bool was_too_deep_ = false;
};

}  // namespace stakeout
