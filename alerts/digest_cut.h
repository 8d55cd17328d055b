#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "alerts/digest.h"

namespace stakeout {

// How many lines a digest has.
[[nodiscard]] std::size_t line_count(const Digest& digest);

// The first so many lines of a digest, in its own order; what is left out is counted at its end
// (Digest::more).
[[nodiscard]] Digest first_lines(const Digest& digest, std::size_t lines);

// The longest beginning of a digest whose rendering has at most `max_bytes`; `render` is called
// some ten times at most. Without a single line the rendering may still be longer.
[[nodiscard]] std::string render_within(const Digest& digest, std::size_t max_bytes,
                                        const std::function<std::string(const Digest&)>& render);

}  // namespace stakeout
