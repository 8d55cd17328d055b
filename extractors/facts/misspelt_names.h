#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "extractors/facts/name_words.h"
#include "extractors/values/words.h"

namespace stakeout {

// Knows listed names again in which one letter is wrong, missing or too much. Only long words are
// looked at, so that no other company is taken for a listed one.
class MisspeltNames {
 public:
  // `name` is a name or alias of an entity, which `entity` is the number of.
  void add(std::uint32_t entity, EntityKind kind, std::span<const NameWord> name);

  // Call it once, after the last add() and before the first entity_of().
  void settle();

  // The entity that a name found by its form or its role is meant to be; none when there is none or
  // more than one. A legal suffix does not count. Costs the length of the name and not the number
  // of entities.
  [[nodiscard]] std::optional<std::uint32_t> entity_of(EntityKind kind,
                                                       std::span<const NameWord> name) const;

 private:
  struct Spelling {
    std::uint64_t key = 0;  // what stays right: the other words, and the first letter of this one
    std::uint32_t entity = 0;
    EntityKind kind = EntityKind::vendor;
    std::string word;  // the one that may be misspelt
  };

  std::vector<Spelling> spellings_;  // by key, once settled
};

}  // namespace stakeout
