#include "extractors/facts/alias_index.h"

#include <random>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/facts/mentions.h"

namespace stakeout {
namespace {

constexpr std::size_t many = 20'000;  // aliases

// A word that no language has: "Qzovamiq".
std::string invented_word(std::mt19937& random) {
  static constexpr std::string_view consonants = "bcdfghjklmnprstvwxz";
  static constexpr std::string_view vowels = "aeiou";
  std::string word = "Qz";
  for (int i = 0; i < 3; ++i) {
    word += vowels[random() % vowels.size()];
    word += consonants[random() % consonants.size()];
  }
  return word;
}

// The shipped list, and with it as many invented aliases of one to four words, which end like real
// ones and of which every third needs context.
const Watchlist& crowded_watchlist() {
  static const Watchlist list = [] {
    static constexpr std::string_view ends[] = {" Systems",      " Group",   " Police Department",
                                                " Security",     " Agency",  " of Investigation",
                                                " Analytics AI", " Ministry"};
    std::mt19937 random{20000};
    std::set<std::string> aliases;
    std::vector<Entity> invented;
    while (aliases.size() < many) {
      Entity entity;
      entity.kind = random() % 2 == 0 ? EntityKind::vendor : EntityKind::agency;
      entity.name = invented_word(random) + " " + invented_word(random) + " Works";
      entity.category = "it";
      for (int i = 0; i < 4; ++i) {
        std::string alias = invented_word(random);
        if (random() % 4 != 0) alias += ends[random() % std::size(ends)];
        if (aliases.insert(alias).second) entity.aliases.push_back(std::move(alias));
      }
      if (random() % 3 == 0) entity.context = {"contract", "police", "spyware"};
      invented.push_back(std::move(entity));
    }
    Watchlist crowded = shipped_watchlist();
    crowded.merge(std::move(invented));
    return crowded;
  }();
  return list;
}

// News-like texts that have the names and aliases of every third shipped entity, ten a text.
std::vector<std::string> texts_with_shipped_names() {
  std::vector<std::string> texts;
  std::size_t names = 0;
  const auto add = [&](const std::string& name) {
    if (names++ % 10 == 0) texts.emplace_back();
    texts.back() += "Police of three countries said on Monday that " + name +
                    " had signed a contract for spyware, and that the agency in charge would not "
                    "speak about its terms.\n";
  };
  const std::vector<Entity>& entities = shipped_watchlist().entities();
  for (std::size_t i = 0; i < entities.size(); i += 3) {
    const Entity& entity = entities[i];
    add(entity.name);
    for (const std::string& alias : entity.aliases) add(alias);
  }
  return texts;
}

// How many words are looked at to find the names and context words of a text.
std::size_t work_for(const NameText& text, const AliasIndex& aliases) {
  std::size_t looked_at = 0;
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    for (const PhraseTrie* phrases : {&aliases.forms(), &aliases.contexts(),
                                      &aliases.capital_contexts(), &aliases.other_meanings()}) {
      (void)phrases->matches_at(text.words, i, &looked_at);
    }
  }
  return looked_at;
}

bool is_same(const Mention& a, const Mention& b) {
  return a.kind == b.kind && a.name == b.name && a.listed == b.listed && a.text == b.text &&
         a.span == b.span && a.reason == b.reason;
}

}  // namespace

TEST_CASE("twenty thousand aliases more change no mention of the shipped names") {
  const MentionFinder shipped{shipped_watchlist()};
  const MentionFinder crowded{crowded_watchlist()};
  std::size_t mentions = 0;
  for (const std::string& text : texts_with_shipped_names()) {
    CAPTURE(text);
    const Prose prose{text};
    const std::vector<Mention> expected = shipped.find(prose);
    const std::vector<Mention> found = crowded.find(prose);
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(is_same(found[i], expected[i]));
    mentions += found.size();
  }
  CHECK(mentions > shipped_watchlist().entities().size() / 3);
}

TEST_CASE("twenty thousand aliases more take at most a fifth more lookups") {
  const AliasIndex shipped{shipped_watchlist()};
  const AliasIndex crowded{crowded_watchlist()};
  std::size_t before = 0;
  std::size_t after = 0;
  for (const std::string& text : texts_with_shipped_names()) {
    const Prose prose{text};
    const NameText words{prose};
    before += work_for(words, shipped);
    after += work_for(words, crowded);
  }
  CHECK(before > 0);
  CHECK(after * 5 <= before * 6);
}

TEST_CASE("a lookup in twenty thousand aliases finds each of them") {
  const MentionFinder crowded{crowded_watchlist()};
  const std::vector<Entity>& entities = crowded_watchlist().entities();
  for (std::size_t i = shipped_watchlist().entities().size(); i < entities.size(); i += 100) {
    CAPTURE(entities[i].name);
    const std::string text = "It said that " + entities[i].name + " was there.";
    const std::vector<Mention> found = crowded.find(Prose{text});
    REQUIRE(found.size() == 1);
    CHECK(found.front().name == entities[i].name);
  }
}

}  // namespace stakeout
