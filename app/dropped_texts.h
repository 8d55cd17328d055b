#pragma once

#include <cstddef>

#include "storage/reader.h"

namespace stakeout {

// How many texts are stored no more, by [retention] in the settings: who looks through all texts
// says so.
[[nodiscard]] std::size_t dropped_texts(Reader& reader);

}  // namespace stakeout
