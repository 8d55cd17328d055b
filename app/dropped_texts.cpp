#include "app/dropped_texts.h"

#include <cstdint>
#include <variant>

namespace stakeout {

std::size_t dropped_texts(Reader& reader) {
  const Table count =
      reader.rows("SELECT count(*) FROM revisions WHERE text_dropped_at IS NOT NULL");
  return static_cast<std::size_t>(std::get<std::int64_t>(count.rows.at(0).at(0)));
}

}  // namespace stakeout
