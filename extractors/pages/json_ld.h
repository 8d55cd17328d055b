#pragma once

#include <string>
#include <vector>

namespace stakeout {

// One author as structured data names it.
struct NamedAuthor {
  std::string name;
  bool is_organization = false;
};

// What a page's JSON-LD (schema.org) says of its article; white space is clean, character
// references are decoded.
struct StructuredData {
  std::string headline;
  std::vector<NamedAuthor> authors;
  std::string published;  // as written
  std::string modified;
  std::string body;
  std::string publisher;
  std::string language;
  bool needs_payment = false;  // "isAccessibleForFree": false
};

// Reads the bodies of the JSON-LD scripts of a page: one object, arrays, "@graph", references by
// "@id". Of several objects the most specific kind of article counts, then the first. Comments
// around the JSON, line breaks in strings, commas too many and missing brackets at the end are
// mended; what is still no JSON is left out.
[[nodiscard]] StructuredData read_json_ld(const std::vector<std::string>& scripts);

}  // namespace stakeout
