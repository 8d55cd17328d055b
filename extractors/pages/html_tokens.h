#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/pages/page_names.h"

namespace stakeout {

// One attribute as it stands in the page: character references are not decoded.
struct HtmlAttribute {
  Attribute name = Attribute::id;
  std::string_view value;
};

// Elements whose content is no markup, and no text of the page but for "title".
inline constexpr TagSet raw_text_elements{Tag::script, Tag::style,   Tag::textarea, Tag::iframe,
                                          Tag::xmp,    Tag::noembed, Tag::noframes, Tag::title};

enum class HtmlTokenKind : std::uint8_t { text, start_tag, end_tag };

struct HtmlToken {
  HtmlTokenKind kind = HtmlTokenKind::text;
  std::string_view text;  // of a text token, references not decoded
  Tag tag = Tag::other;
  std::string name;                       // of a tag, lower case
  std::vector<HtmlAttribute> attributes;  // of a start tag: those that have an Attribute, each once
  bool self_closing = false;

  [[nodiscard]] bool has(Attribute attribute) const;
  // Of a script: its type is that of JSON-LD.
  [[nodiscard]] bool is_json_ld() const;
};

// Cuts a page into text and tags by the rules of the HTML standard's tokeniser (section 13.2.5):
// quotes of attribute values are read, so a ">" inside one ends no tag. Comments, declarations and
// processing instructions are left out, and so are attributes that nobody reads; of two with one
// name the first counts. Never fails, and is linear in the page.
//
// What follows the start tag of a raw-text element ("script", "title", ...) is the caller's to take
// with take_raw_text(). The page is borrowed and has to outlive the tokens.
class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view html) : html_{html} {}

  // False at the end of the page, where a tag that is not closed is left out.
  bool next(HtmlToken& token);

  // The text up to the end tag of `name`, which is the next token. Where that end tag is missing,
  // nothing is taken and false is returned.
  bool take_raw_text(std::string_view name, std::string_view& body);

  // Leaves out the rest of the page.
  void skip_to_end() { at_ = html_.size(); }

 private:
  bool read_tag(HtmlToken& token);
  void read_attributes(HtmlToken& token);
  void read_attribute(HtmlToken& token);
  std::string_view read_value();
  bool skip_declaration();
  [[nodiscard]] bool is_tag_start() const;

  std::string_view html_;
  std::size_t at_ = 0;
  std::vector<std::string> never_closed_;  // raw-text elements without a further end tag
};

}  // namespace stakeout
