#pragma once

#include <vector>

#include "extractors/facts/found_name.h"
#include "extractors/facts/name_words.h"

namespace stakeout {

// Companies that are on no list, found by their form or by what the text calls them:
// - a legal suffix: "Acme Optics GmbH", "Acme, Inc.";
// - an announced award: "Acme Optics, Fairfax, Virginia, was awarded";
// - a trade: "the spyware maker Acme", "Acme, a seller of spyware", and in a sentence about a deal
// any
//   supplier: "its reseller Acme".
//
// Names may overlap; each is called by its own words. Linear in the text.
[[nodiscard]] std::vector<FoundName> find_formed_vendors(const NameText& text);

}  // namespace stakeout
