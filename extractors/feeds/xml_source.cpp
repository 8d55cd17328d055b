#include "extractors/feeds/xml_source.h"

#include <algorithm>
#include <array>
#include <optional>

#include <pugixml.hpp>

#include "extractors/feeds/xml_recovery.h"
#include "extractors/text/ascii.h"
#include "extractors/text/charset.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr unsigned parse_flags = pugi::parse_cdata | pugi::parse_ws_pcdata;

bool is_lone_return(std::string_view text, std::size_t at) {
  return text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n');
}

// A kind of fault that may come a million times: told once, where it came first.
class RepeatedFault {
 public:
  void add(std::size_t at) {
    if (count_++ == 0) first_ = at;
  }
  void warn(std::string_view text, std::string message, Warnings& warnings) const {
    if (count_ == 0) return;
    if (count_ > 1) message += " (and " + std::to_string(count_ - 1) + " more)";
    warnings.add_at(text, first_, message);
  }

 private:
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

// Steps over CDATA sections: the places asked for come in rising order.
class CdataSections {
 public:
  explicit CdataSections(std::string_view text) : text_{text} {}

  // The end of the section around `at`, if there is one.
  std::optional<std::size_t> end_around(std::size_t at) {
    while (end_ <= at && begin_ <= at) {
      begin_ = std::min(text_.find("<![CDATA[", end_), text_.size());
      end_ = std::min(text_.find("]]>", begin_), text_.size());
    }
    return begin_ <= at ? std::optional{end_} : std::nullopt;
  }

 private:
  std::string_view text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

bool is_entity_of_xml(std::string_view name) {
  static constexpr auto names =
      std::to_array<std::string_view>({"amp", "lt", "gt", "quot", "apos"});
  return std::ranges::find(names, name) != names.end();
}

// Ampersands that begin no reference, and entities that nobody has defined.
void warn_of_references(std::string_view text, Warnings& warnings) {
  constexpr std::size_t longest_name = 32;
  const bool has_own_entities = text.find("<!ENTITY") != std::string_view::npos;
  RepeatedFault bare;
  RepeatedFault undefined;
  CdataSections sections{text};
  for (std::size_t at = 0; (at = text.find('&', at)) != std::string_view::npos; ++at) {
    if (const auto end = sections.end_around(at)) {
      at = *end - 1;
      continue;
    }
    const std::string_view rest = text.substr(at + 1, longest_name);
    const std::string_view name = rest.substr(0, rest.find(';'));
    const bool is_reference =
        name.size() < rest.size() && !name.empty() &&
        std::ranges::all_of(name, [](char c) { return is_ascii_alphanumeric(c) || c == '#'; });
    if (!is_reference) {
      bare.add(at);
    } else if (name[0] != '#' && !has_own_entities && !is_entity_of_xml(name)) {
      undefined.add(at);
    }
  }
  bare.warn(text, "\"&\" that begins no reference is read as text", warnings);
  undefined.warn(text, "an entity that XML does not have is read as HTML's", warnings);
}

void warn_of_surroundings(std::string_view text, Warnings& warnings) {
  const std::string_view inner = ascii_trimmed(text);
  if (inner.empty()) return;
  if (inner.front() != '<') warnings.add_at(text, 0, "text before the document was left out");
  if (inner.back() != '>' && text.find('>') != std::string_view::npos) {
    warnings.add_at(text, text.rfind('>') + 1, "text behind the document was left out");
  }
}

}  // namespace

std::size_t XmlSource::offset_of(const pugi::xml_node& node) const {
  // pugixml tells where the name stands, behind the "<".
  const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug() - 1, 0));
  if (places_.empty()) return std::min(at, text_.size());
  const auto after =
      std::ranges::upper_bound(places_, at, {}, &std::pair<std::size_t, std::size_t>::first);
  return after == places_.begin() ? 0 : std::prev(after)->second;
}

void XmlSource::warn(const pugi::xml_node& node, std::string_view message,
                     Warnings& warnings) const {
  warnings.add_at(text_, offset_of(node), message);
}

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
  if (clean.size() != text.size()) {
    const auto [kept, dropped] = std::ranges::mismatch(clean, text);
    warnings.add_at(text, static_cast<std::size_t>(dropped - text.begin()),
                    "control characters were left out, " +
                        std::to_string(text.size() - clean.size()) + " bytes");
  }
  if (const std::size_t odd = clean.find("<? "); odd != std::string::npos) {
    clean.erase(odd + 2, clean.find_first_not_of(' ', odd + 2) - odd - 2);
    warnings.add_at(clean, odd, "a blank before the name of the declaration");
  }
  return clean;
}

XmlSource parse_xml(std::string_view text, pugi::xml_document& document, Warnings& warnings) {
  XmlSource source{text};
  warn_of_surroundings(text, warnings);
  const auto result =
      document.load_buffer(text.data(), text.size(), parse_flags, pugi::encoding_utf8);
  if (!result && result.status != pugi::status_no_document_element) {
    warnings.add_at(text, static_cast<std::size_t>(result.offset),
                    std::string{"not well-formed: "} + result.description());
    RecoveredXml recovered = recovered_xml(text, warnings);
    document.load_buffer(recovered.xml.data(), recovered.xml.size(), parse_flags,
                         pugi::encoding_utf8);
    source.places_ = std::move(recovered.places);
    source.is_cut_short_ = recovered.cut_short;
  }
  warn_of_references(text, warnings);
  return source;
}

}  // namespace stakeout
