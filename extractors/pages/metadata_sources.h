#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace stakeout {

// What is read out of a page's own statements.
// A title's own rows are those that are looked at behind its headings, og:title, the headline in
// JSON-LD and <title>.
enum class Field : std::uint8_t { published, modified, author, site, language, title };

// Where it may stand; data/metadata_sources.tsv says what each of them is.
enum class Source : std::uint8_t {
  json_ld,
  meta,
  property,
  time,
  marked,
  link,
  line,
  above,
  address,
  anywhere,
  script,
};

struct SourceRow {
  Source source = Source::meta;
  std::string_view name;
};

// The sources of a field in the order of trust: the first one that gives something that makes sense
// counts.
[[nodiscard]] const std::vector<SourceRow>& sources_of(Field field);

// Whether a row of such a table is one that is read: a field and a source of these names and a
// name. The program leaves out any other; a test holds the table against this.
[[nodiscard]] bool is_source_row(const std::vector<std::string_view>& row);

// Whether what lies inside an element or object with this property of an article is not the
// article's own: a comment, a citation, a picture. The same list serves JSON-LD and microdata.
[[nodiscard]] bool leads_elsewhere(std::string_view property);

}  // namespace stakeout
