#include "extractors/text/language_codes.h"

#include <unicode/uloc.h>

namespace stakeout {

std::string iso_639_3(std::string_view tag) {
  return uloc_getISO3Language(std::string{tag}.c_str());
}

}  // namespace stakeout
