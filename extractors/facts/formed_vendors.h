#pragma once

#include <vector>

#include "extractors/facts/found_name.h"
#include "extractors/facts/name_words.h"

namespace stakeout {

// Companies that are on no list, found by their form or by what the text calls them:
// - a legal suffix, where the text speaks of a deal or names a body or a vendor in that sentence or
//   the one beside it: "Acme Optics GmbH", "Acme, Inc.";
// - an announced award: "Acme Optics, Fairfax, Virginia, was awarded";
// - a place in a deal, and a last word as companies have: "a contract with Acme Robotics";
// - a trade: "the spyware maker Acme", "Acme, a seller of spyware", and in a sentence about a deal
// any
//   supplier: "its reseller Acme".
//
// `known` are the bodies and vendors found so far. Names may overlap; each is called by its own
// words. Linear in the text.
[[nodiscard]] std::vector<FoundName> find_formed_vendors(const NameText& text,
                                                         const std::vector<FoundName>& known);

}  // namespace stakeout
