#include "storage/search_words.h"

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("words with signs become phrases, and FTS5's own signs stay") {
  struct Case {
    std::string_view written;
    std::string_view read;
  };
  const Case cases[] = {
      {"stop-work order", "\"stop-work\" order"},
      {"$4.2 million", "\"$4.2\" million"},
      {"U.S. AND it's", "\"U.S.\" AND \"it's\""},
      {"\"stop-work order\" OR spy*", "\"stop-work order\" OR spy*"},
      {"stop-w*", "\"stop-w\"*"},
      {"NEAR(spyware stop-work, 5)", "NEAR(spyware \"stop-work\", 5)"},
      {"(a OR b) NOT c", "(a OR b) NOT c"},
      {"title:stop-work ^first", "title:\"stop-work\" ^first"},
      {"title: spyware", "title: spyware"},
      {"a + b", "a + b"},
      {"çeşme", "çeşme"},
      {"\"left open", "\"left open"},
      {"", ""},
      {"*", "*"},
  };
  for (const auto& [written, read] : cases) {
    CAPTURE(written);
    CHECK(search_words(written) == read);
  }
}

}  // namespace stakeout
