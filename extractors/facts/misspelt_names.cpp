#include "extractors/facts/misspelt_names.h"

#include <algorithm>
#include <string_view>

#include "extractors/facts/name_classes.h"

namespace stakeout {
namespace {

constexpr std::size_t long_word = 7;       // bytes, among other words
constexpr std::size_t long_lone_word = 9;  // bytes, by itself
constexpr std::size_t longest_name = 8;    // words

using Words = std::span<const NameWord>;

// What identifies a name when word `left_out` may be misspelt but for its first letter.
std::uint64_t key_of(Words words, std::size_t left_out) {
  std::uint64_t key = words.size();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].key;
    const WordHash hash = i == left_out ? hash_of_word(word.substr(0, 1)) : words[i].hash;
    key = key * 0x9E3779B97F4A7C15U + hash;
  }
  return key;
}

bool may_be_misspelt(Words words, std::size_t word) {
  const std::size_t least = words.size() == 1 ? long_lone_word : long_word;
  return words[word].key.size() >= least;
}

// One letter is another, is missing, or is too much.
bool differ_by_one_letter(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1 || a == b) return false;
  const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto rest_of_a = a.substr(static_cast<std::size_t>(at_a - a.begin()));
  const auto rest_of_b = b.substr(static_cast<std::size_t>(at_b - b.begin()));
  return a.size() == b.size() ? rest_of_a.substr(1) == rest_of_b.substr(1)
                              : rest_of_a == rest_of_b.substr(1);
}

// The words of a name without its legal suffix; none when it is very long.
Words without_suffix(Words words) {
  while (words.size() > 1 &&
         (!words.back().is_word || name_classes().has(NameClass::legal_suffix, words.back()))) {
    words = words.first(words.size() - 1);
  }
  return words.size() <= longest_name ? words : Words{};
}

}  // namespace

void MisspeltNames::add(std::uint32_t entity, EntityKind kind, std::span<const NameWord> name) {
  const Words words = without_suffix(name);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (may_be_misspelt(words, i)) {
      spellings_.push_back({key_of(words, i), entity, kind, words[i].key});
    }
  }
}

void MisspeltNames::settle() {
  std::sort(spellings_.begin(), spellings_.end(),
            [](const Spelling& a, const Spelling& b) { return a.key < b.key; });
}

std::optional<std::uint32_t> MisspeltNames::entity_of(EntityKind kind,
                                                      std::span<const NameWord> name) const {
  std::optional<std::uint32_t> meant;
  const Words words = without_suffix(name);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!may_be_misspelt(words, i)) continue;
    const std::uint64_t key = key_of(words, i);
    auto known = std::lower_bound(
        spellings_.begin(), spellings_.end(), key,
        [](const Spelling& spelling, std::uint64_t sought) { return spelling.key < sought; });
    for (; known != spellings_.end() && known->key == key; ++known) {
      const Spelling& spelling = *known;
      if (spelling.kind != kind || spelling.entity == meant) continue;
      if (!differ_by_one_letter(spelling.word, words[i].key)) continue;
      if (meant) return std::nullopt;
      meant = spelling.entity;
    }
  }
  return meant;
}

}  // namespace stakeout
