#include "extractors/text/country_codes.h"

#include <set>
#include <string>

#include <unicode/uloc.h>

#include "extractors/text/ascii.h"

namespace stakeout {

bool is_known_country(std::string_view code) {
  static const std::set<std::string, std::less<>> codes = [] {
    std::set<std::string, std::less<>> all{"eu", "un", "int", "xk"};
    for (const char* const* each = uloc_getISOCountries(); *each != nullptr; ++each) {
      all.insert(ascii_lower(*each));
    }
    return all;
  }();
  return codes.contains(code);
}

}  // namespace stakeout
