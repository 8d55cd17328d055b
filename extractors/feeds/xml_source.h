#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extractors/feeds/warnings.h"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace stakeout {

// Where the nodes of a parsed document stand in its text, for warnings.
class XmlSource {
 public:
  // A document that was parsed as it stands. `text` is borrowed.
  explicit XmlSource(std::string_view text) : text_{text} {}

  [[nodiscard]] std::string_view text() const { return text_; }
  // Whether the text ended before its first element was closed.
  [[nodiscard]] bool is_cut_short() const { return is_cut_short_; }
  // The byte of the text at which the start tag of `node` begins.
  [[nodiscard]] std::size_t offset_of(const pugi::xml_node& node) const;
  // Warns of that place.
  void warn(const pugi::xml_node& node, std::string_view message, Warnings& warnings) const;

 private:
  friend XmlSource parse_xml(std::string_view text, pugi::xml_document& document,
                             Warnings& warnings);
  std::string_view text_;
  // Of a recovered document: offsets in what was parsed, and in the text.
  std::vector<std::pair<std::size_t, std::size_t>> places_;
  bool is_cut_short_ = false;
};

// Text that XML can hold: without NUL and other control characters, line ends as "\n", U+0080 to
// U+009F as windows-1252, "<? xml" as "<?xml".
[[nodiscard]] std::string cleaned_xml(std::string_view utf8, Warnings& warnings);

// Parses cleaned text into `document`, by way of recovered_xml() when it is not well-formed. White
// space and CDATA are kept, references left as they are written (markup.h decodes them); those that
// XML does not know are warned of, as is text around the document.
XmlSource parse_xml(std::string_view text, pugi::xml_document& document, Warnings& warnings);

}  // namespace stakeout
