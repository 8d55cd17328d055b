#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// One author as structured data names it.
struct NamedAuthor {
  std::string name;
  bool is_organization = false;
};

// What a page's JSON-LD (schema.org) says of its article; white space is clean, character
// references are decoded, dates are as written.
struct StructuredData {
  std::string headline;
  std::vector<NamedAuthor> authors;
  std::string published;
  std::string created;  // or uploaded
  std::string modified;
  std::string body;
  std::string publisher;
  std::string language;
  bool needs_payment = false;  // "isAccessibleForFree": false
};

// Reads the bodies of the JSON-LD scripts of a page: one object, arrays, "@graph", references by
// "@id" over all scripts. Of several objects the most specific kind of article counts, among those
// the one whose address is the page's, then the first. What is no JSON is mended as far as that
// goes (json_mending.h), and of all scripts together 4 MiB are looked at; the rest is left out.
[[nodiscard]] StructuredData read_json_ld(const std::vector<std::string_view>& scripts,
                                          std::string_view page_address);

}  // namespace stakeout
