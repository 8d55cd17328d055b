#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractors/pages/html_tokens.h"

namespace stakeout {

// A start tag of the skeleton: where it stands there, and which of the page's attributes it has.
struct StartTag {
  std::uint32_t at = 0;
  std::uint32_t first_attribute = 0;
  std::uint32_t end_attribute = 0;
};

// What goes round the parser: a text, or a whole element.
struct Piece {
  Tag tag = Tag::text;
  std::string_view text;  // of a text, as it stands in the page
  std::uint32_t first_attribute = 0;
  std::uint32_t end_attribute = 0;
  std::uint32_t first_child = 0;  // the pieces inside an element, a range of Skeleton::children
  std::uint32_t end_child = 0;
};

// A page made fit for the parser, which sees the tags alone, and of those only the ones that it may
// have to put right. All views point into the page; character references are not decoded.
struct Skeleton {
  // Tags without attributes, every one closed in the right order. For each piece outside of another
  // one stands one character beyond U+FFFF, stand_in_of(its place in `pieces`); white space may
  // also stand for itself.
  std::string tags;
  std::vector<Piece> pieces;
  std::vector<std::uint32_t> children;
  std::vector<StartTag> start_tags;       // those in `tags` that have attributes, in order
  std::vector<HtmlAttribute> attributes;  // of start tags and pieces
};

// All code points from U+10000 on but the last two of each plane, which are no characters: the
// parser replaces those.
inline constexpr std::size_t stand_ins_a_plane = 0xFFFE;
inline constexpr std::size_t stand_in_count = 16 * stand_ins_a_plane;

[[nodiscard]] constexpr char32_t stand_in_of(std::size_t piece) {
  return static_cast<char32_t>((piece / stand_ins_a_plane + 1) * 0x10000 +
                               piece % stand_ins_a_plane);
}
[[nodiscard]] constexpr bool is_stand_in(char32_t c) {
  return c >= 0x10000;
}
[[nodiscard]] constexpr std::size_t piece_of_stand_in(char32_t c) {
  return (c / 0x10000 - 1) * stand_ins_a_plane + c % 0x10000;
}

// Writes a skeleton, and folds elements: one that holds nothing but pieces becomes a piece when its
// end tag comes, so that in the end the parser sees next to nothing of a page that is in order.
class SkeletonWriter {
 public:
  // Whether there is room for another text.
  [[nodiscard]] bool has_room() const { return out_.pieces.size() < stand_in_count; }

  void white_space(std::string_view text) { write(text); }
  void text(std::string_view text);
  // <title> and its text.
  void title(std::string_view text);

  // `may_fold` says that the parser would put the element where it stands, as it does text.
  void start_tag(Tag tag, std::string_view name, std::span<const HtmlAttribute> attributes,
                 bool may_fold);
  // The end tag of the innermost element that is open in the skeleton.
  void end_tag(std::string_view name);
  // The end tag of one around it. From there on the parser opens formatting elements again in
  // front of text, and nothing is folded any more.
  void end_tag_of_outer(std::string_view name);
  // An element without content and end tag.
  void void_tag(Tag tag, std::string_view name, std::span<const HtmlAttribute> attributes,
                bool may_fold);

  // Whether a <pre> has just begun: a line feed there does not count (13.2.6.4.7).
  [[nodiscard]] bool is_behind_pre() const { return out_.tags.size() == behind_pre_; }

  [[nodiscard]] Skeleton take() { return std::move(out_); }

 private:
  struct Open {
    Tag tag;
    bool may_fold;
    StartTag start;
    std::size_t before;   // held_from_ in front of its start tag
    std::size_t content;  // behind its start tag
  };

  void write(std::string_view markup);
  void write_stand_in(const Piece& piece);
  void write_tag(std::string_view opening, std::string_view name);
  StartTag add_attributes(std::span<const HtmlAttribute> attributes);
  void note_start(const StartTag& start);
  void fold(const Open& element);

  Skeleton out_{
      .tags = "<!DOCTYPE html>", .pieces = {}, .children = {}, .start_tags = {}, .attributes = {}};
  std::vector<Open> open_;
  std::size_t held_from_ = 0;  // from here on there are only stand-ins
  std::size_t behind_pre_ = std::string::npos;
  bool is_misnested_ = false;
};

}  // namespace stakeout
