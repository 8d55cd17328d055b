#include "extractors/feeds/xml_source.h"

#include <pugixml.hpp>

#include "extractors/feeds/xml_recovery.h"
#include "extractors/text/charset.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr unsigned parse_flags = pugi::parse_cdata | pugi::parse_ws_pcdata;

bool is_lone_return(std::string_view text, std::size_t at) {
  return text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
}

}  // namespace

std::string cleaned_xml(std::string_view utf8, Warnings& warnings) {
  std::string text;
  text.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint point = code_point_at(utf8, at);
    if (point.value == '\r') {
      if (is_lone_return(utf8, at)) text += '\n';
    } else if (point.value >= 0x80 && point.value <= 0x9F) {
      append_utf8(text, c1_as_windows_1252(point.value));
    } else {
      text += utf8.substr(at, point.next - at);
    }
    at = point.next;
  }
  std::string clean = without_control_characters(text);
  if (clean.size() != text.size()) warnings.add("control characters were left out");
  if (const std::size_t odd = clean.find("<? "); odd != std::string::npos) {
    clean.erase(odd + 2, clean.find_first_not_of(' ', odd + 2) - odd - 2);
    warnings.add_at(clean, odd, "a blank before the name of the declaration");
  }
  return clean;
}

std::string_view parse_xml(std::string_view text, pugi::xml_document& document,
                           Warnings& warnings) {
  const auto result =
      document.load_buffer(text.data(), text.size(), parse_flags, pugi::encoding_utf8);
  if (result || result.status == pugi::status_no_document_element) return text;
  warnings.add_at(text, static_cast<std::size_t>(result.offset),
                  std::string{"not well-formed: "} + result.description());
  const std::string recovered = recovered_xml(text, warnings);
  document.load_buffer(recovered.data(), recovered.size(), parse_flags, pugi::encoding_utf8);
  return {};
}

}  // namespace stakeout
