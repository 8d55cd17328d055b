#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "extractors/values/url.h"

// Addresses as feeds give them, relative or not, and what they are relative to.

namespace stakeout {

// What relative addresses at some place are resolved against; nullopt when it is not known.
using Base = std::optional<Url>;

// "mailto:a@b", "http://...": begins with a scheme.
[[nodiscard]] bool has_scheme(std::string_view address);

// javascript:, data:, file: and vbscript: addresses, in any case: never followed and never shown.
[[nodiscard]] bool is_dangerous_address(std::string_view address);

// The address without white space around it and line breaks inside, made absolute where it is
// relative and a base is known. An absolute one stays as it is written.
[[nodiscard]] std::string absolute_address(std::string_view address, const Base& base);

// The base inside an element with this xml:base. One that is no use, or
// extremely long, leaves the outer base.
[[nodiscard]] Base inner_base(std::string_view xml_base, const Base& outer);

// The HTML with the values of href and src made absolute. Everything else stays byte for byte, and
// so do addresses behind the first MiB of the result: each may be a thousand times as long as it
// was.
inline constexpr std::size_t longest_resolved_html = std::size_t{1} << 20U;
[[nodiscard]] std::string html_with_absolute_addresses(std::string_view html, const Base& base);

}  // namespace stakeout
