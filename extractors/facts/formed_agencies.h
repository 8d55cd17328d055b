#pragma once

#include <string_view>
#include <vector>

#include "extractors/facts/found_name.h"
#include "extractors/facts/name_words.h"
#include "extractors/facts/phrase_trie.h"

namespace stakeout {

// Finds public bodies that are on no list by how their names are formed: "Springfield Police
// Department", "City of Springfield", "Ministry of Trade", "Secretaría de ...". Immutable.
class AgencyForms {
 public:
  // `table` is data/agency_forms.tsv, which says what the forms are.
  explicit AgencyForms(std::string_view table);

  // Names may overlap. A council or board is called by the city or county that it speaks for; a
  // form that leaves its place away ("the City Council") by that of the text's one full name of
  // that kind, when there is just one. Linear in the text.
  [[nodiscard]] std::vector<FoundName> find(const NameText& text) const;

 private:
  enum class Side : std::uint8_t { head, tail, bare };
  enum class Body : std::uint8_t { own, city, county };
  struct Form {
    Side side = Side::head;
    Body body = Body::own;
    std::size_t least = 0;  // capitalised words besides the form itself
  };
  struct Finder;

  PhraseTrie phrases_;  // ids index forms_
  std::vector<Form> forms_;
};

// The shipped forms.
[[nodiscard]] const AgencyForms& agency_forms();

}  // namespace stakeout
