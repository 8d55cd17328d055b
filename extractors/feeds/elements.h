#pragma once

#include <map>
#include <string>
#include <string_view>

namespace pugi {
class xml_node;
}

// Which element of a feed means what: tables in data/.

namespace stakeout {

// The name spaces that we understand; `other` is everything else (media:, itunes:, ...).
enum class Vocabulary { rss, atom, dc, dcterms, content, xhtml, syndication, rdf, other };

// The fields of a feed or an entry that an element can fill.
enum class Field {
  none,
  title,
  link,
  description,
  language,
  updated,
  author,
  id,
  published,
  summary,
  content,
  category,
  enclosure,
  time_to_live,
  update_period,
  update_frequency,
  skip_hours,
  skip_days
};

// What an element fills; a lower rank outdoes a higher one.
struct Meaning {
  Field field = Field::none;
  int rank = 0;
};

[[nodiscard]] Meaning meaning_in_feed(Vocabulary vocabulary, std::string_view local_name);
[[nodiscard]] Meaning meaning_in_entry(Vocabulary vocabulary, std::string_view local_name);

// The vocabulary of a name-space address (case, a final "#" or "/" do not matter); `other` when it
// is not known.
[[nodiscard]] Vocabulary vocabulary_of_address(std::string_view address);

// Resolves the prefixes of element names. Declarations of the elements given to declare() hold
// everywhere, those on an element itself for that element. What no one declares has the meaning
// that people give it ("dc:date"). Names without a prefix belong to the document's own vocabulary
// unless the element itself says otherwise.
class NameSpaces {
 public:
  explicit NameSpaces(Vocabulary own) : own_{own} {}

  void declare(const pugi::xml_node& node);
  [[nodiscard]] Vocabulary vocabulary_of(const pugi::xml_node& node) const;

 private:
  Vocabulary own_;
  std::map<std::string, Vocabulary, std::less<>> prefixes_;
};

}  // namespace stakeout
