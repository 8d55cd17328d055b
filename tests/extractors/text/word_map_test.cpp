#include "extractors/text/word_map.h"

#include <string>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

TEST_CASE("a word map finds every word that was added, and no other") {
  WordMap<int> map;
  CHECK(map.find("0") == nullptr);
  constexpr int words = 1'000;
  for (int i = 0; i < words; ++i) map[std::to_string(i)] = i;
  CHECK(map.size() == words);
  for (int i = 0; i < words; ++i) {
    const int* found = map.find(std::to_string(i));
    REQUIRE(found != nullptr);
    CHECK(*found == i);
  }
  for (int i = words; i < 20 * words; ++i) CHECK(map.find(std::to_string(i)) == nullptr);
  CHECK(map.find("") == nullptr);
}

TEST_CASE("a word that is added again keeps its value") {
  WordMap<int> map;
  map["spy"] = 1;
  ++map["spy"];
  CHECK(map.size() == 1);
  CHECK(*map.find("spy", hash_of_word("spy")) == 2);
}

TEST_CASE("words of one hash are told apart by their letters") {
  WordMap<int> map;
  map["spy"] = 1;
  CHECK(map.find("other", hash_of_word("spy")) == nullptr);
}

}  // namespace
}  // namespace stakeout
