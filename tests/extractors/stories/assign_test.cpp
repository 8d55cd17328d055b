#include "extractors/stories/assign.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "tests/extractors/stories/articles.h"

namespace stakeout {
namespace {

using namespace test_articles;

std::vector<StoryDocument> batch() {
  StoryDocument copy = report();
  copy.url = "https://elsewhere.example/x";
  StoryDocument late_copy = reworded();
  late_copy.url = "https://archive.example/9";
  late_copy.published = "2024-09-01";
  late_copy.text += "\n\nFrom our archive.";
  StoryDocument stub;
  stub.url = "https://stub.example/";
  stub.text = "Not available.";
  return {report(), reworded(), other_report(), copy, late_copy, stub, stub};
}

// The documents that go together, by their index in the batch.
std::set<std::set<std::size_t>> stories_of(const std::vector<StoryDocument>& documents,
                                           const std::vector<std::size_t>& order) {
  std::vector<StoryDocument> shuffled;
  for (const std::size_t i : order) shuffled.push_back(documents[i]);
  const std::vector<std::size_t> stories = assign_stories(shuffled);
  std::set<std::set<std::size_t>> groups;
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::set<std::size_t> group;
    for (std::size_t j = 0; j < order.size(); ++j) {
      if (stories[i] == stories[j]) group.insert(order[j]);
    }
    groups.insert(group);
  }
  return groups;
}

TEST_CASE("copies go together; other reports, old articles and stubs stay apart") {
  std::vector<std::size_t> order(batch().size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::set<std::set<std::size_t>> expected = {{0, 1, 3}, {2}, {4}, {5}, {6}};
  CHECK(stories_of(batch(), order) == expected);
}

TEST_CASE("the order of the documents does not matter") {
  const std::vector<StoryDocument> documents = batch();
  std::vector<std::size_t> order(documents.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto expected = stories_of(documents, order);
  const unsigned seed = 20240305;
  std::mt19937 generator{seed};
  for (int i = 0; i < 20; ++i) {
    std::shuffle(order.begin(), order.end(), generator);
    CAPTURE(seed);
    CAPTURE(i);
    CHECK(stories_of(documents, order) == expected);
  }
}

TEST_CASE("a story is named by the first of its documents") {
  CHECK(assign_stories({other_report(), report(), reworded()}) ==
        std::vector<std::size_t>{0, 1, 1});
}

TEST_CASE("no documents are no stories") {
  CHECK(assign_stories({}).empty());
}

}  // namespace
}  // namespace stakeout
