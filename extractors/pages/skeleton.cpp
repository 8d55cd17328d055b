#include "extractors/pages/skeleton.h"

#include "extractors/text/unicode.h"

namespace stakeout {

void SkeletonWriter::write(std::string_view markup) {
  out_.tags += markup;
  held_from_ = out_.tags.size();
}

void SkeletonWriter::write_stand_in(const Piece& piece) {
  append_utf8(out_.tags, stand_in_of(out_.pieces.size()));
  out_.pieces.push_back(piece);
}

void SkeletonWriter::write_tag(std::string_view opening, std::string_view name) {
  out_.tags += opening;
  out_.tags += name;
  write(">");
}

void SkeletonWriter::text(std::string_view text) {
  Piece piece;
  piece.text = text;
  write_stand_in(piece);
}

void SkeletonWriter::title(std::string_view text) {
  write_tag("<", "title");
  if (has_room()) this->text(text);
  write_tag("</", "title");
}

StartTag SkeletonWriter::add_attributes(std::span<const HtmlAttribute> attributes) {
  StartTag start;
  start.at = static_cast<std::uint32_t>(out_.tags.size());
  start.first_attribute = static_cast<std::uint32_t>(out_.attributes.size());
  out_.attributes.insert(out_.attributes.end(), attributes.begin(), attributes.end());
  start.end_attribute = static_cast<std::uint32_t>(out_.attributes.size());
  return start;
}

void SkeletonWriter::note_start(const StartTag& start) {
  if (start.first_attribute != start.end_attribute) out_.start_tags.push_back(start);
}

void SkeletonWriter::start_tag(Tag tag, std::string_view name,
                               std::span<const HtmlAttribute> attributes, bool may_fold) {
  const StartTag start = add_attributes(attributes);
  note_start(start);
  const std::size_t before = held_from_;
  write_tag("<", name);
  open_.push_back({tag, may_fold, start, before, held_from_});
  if (tag == Tag::pre || tag == Tag::listing) behind_pre_ = held_from_;
}

void SkeletonWriter::void_tag(Tag tag, std::string_view name,
                              std::span<const HtmlAttribute> attributes, bool may_fold) {
  const StartTag start = add_attributes(attributes);
  if (may_fold && !is_misnested_ && has_room()) {
    Piece piece;
    piece.tag = tag;
    piece.first_attribute = start.first_attribute;
    piece.end_attribute = start.end_attribute;
    return write_stand_in(piece);
  }
  note_start(start);
  write_tag("<", name);
}

void SkeletonWriter::end_tag(std::string_view name) {
  const Open element = open_.back();
  open_.pop_back();
  const bool holds_pieces_only = held_from_ == element.content;
  if (element.may_fold && holds_pieces_only && !is_misnested_ && has_room()) return fold(element);
  write_tag("</", name);
}

void SkeletonWriter::end_tag_of_outer(std::string_view name) {
  is_misnested_ = true;
  // Which of the open elements this was no longer matters: none is folded.
  open_.pop_back();
  write_tag("</", name);
}

// Takes an element and its content out of the tags again, and puts a piece in their place. What was
// noted last of start tags is its own: its content has none.
void SkeletonWriter::fold(const Open& element) {
  Piece piece;
  piece.tag = element.tag;
  piece.first_attribute = element.start.first_attribute;
  piece.end_attribute = element.start.end_attribute;
  if (piece.first_attribute != piece.end_attribute) out_.start_tags.pop_back();
  piece.first_child = static_cast<std::uint32_t>(out_.children.size());
  for (std::size_t at = element.content; at < out_.tags.size();) {
    const CodePoint point = code_point_at(out_.tags, at);
    out_.children.push_back(static_cast<std::uint32_t>(piece_of_stand_in(point.value)));
    at = point.next;
  }
  piece.end_child = static_cast<std::uint32_t>(out_.children.size());
  out_.tags.resize(element.start.at);
  held_from_ = element.before;
  write_stand_in(piece);
}

}  // namespace stakeout
