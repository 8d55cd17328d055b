#include "extractors/text/word_map.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace stakeout {

WordHash hash_of_word(std::string_view word) {
  return static_cast<WordHash>(XXH3_64bits(word.data(), word.size()));
}

}  // namespace stakeout
