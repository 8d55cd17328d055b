#include "app/export/stable_id.h"

#include "storage/sha_digests.h"

namespace stakeout {

std::string stable_id(std::string_view kind, std::initializer_list<std::string_view> key) {
  std::string words = "stakeout\n";
  words += kind;
  for (const std::string_view part : key) {
    words += '\n';
    words += part;
  }
  return "stk-" + sha1_hex(words);
}

}  // namespace stakeout
