#pragma once

#include <optional>
#include <string>

#include "storage/reader.h"

namespace stakeout {

// What who looks through all texts says of the articles whose latest text is stored no more: "the
// texts of 2 articles could not be searched: dropped by [retention] in the settings", if they are
// to be `done_with` "searched"; nullopt: there are none.
[[nodiscard]] std::optional<std::string> note_of_dropped_texts(Reader& reader,
                                                               const std::string& done_with);

}  // namespace stakeout
