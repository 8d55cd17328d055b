#pragma once

#include <cstdint>
#include <string>

#include "storage/reader.h"

namespace stakeout {

// " any more: it went into contract 7 ...", to follow "there is no contract 2", of a contract whose
// claims are another one's now; empty of any other.
[[nodiscard]] std::string hint_of_merge(Reader& reader, std::int64_t id);

}  // namespace stakeout
