#pragma once

#include <cstddef>
#include <string_view>

#include "extractors/facts/found_name.h"
#include "extractors/facts/name_words.h"

namespace stakeout {

// Makes the words of a name cover all that belongs to it:
// - of a vendor the legal suffix ("Leidos, Inc.") or a division that follows directly ("Lockheed
//   Martin Space");
// - of an agency a leading "U.S." or "UK" and a unit that follows directly ("... Investigations
//   Division 3").
// A nationality before a ministry is no part of its name.
void extend_name(const NameText& text, FoundName& name);

// The text of words [first, end), with the full stop of an abbreviation or a legal suffix that ends
// them.
[[nodiscard]] std::string_view name_bytes(const NameText& text, std::size_t first, std::size_t end);

// Does a comma stand at word `end`, and after it a town, a comma and a state or country?
[[nodiscard]] bool is_place_after(const NameText& text, std::size_t end);

}  // namespace stakeout
