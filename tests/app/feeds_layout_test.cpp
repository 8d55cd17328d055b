#include "app/commands/feeds_layout.h"

#include <sstream>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("a long address is cut in its midst, and a short one is filled up") {
  CHECK(fitted("https://a.example/x", 21) == "https://a.example/x  ");
  CHECK(fitted("https://a.example/x", 19) == "https://a.example/x");
  CHECK(fitted("https://a.example/some/where/feed", 22) == "https://a.exam…re/feed");
  CHECK(fitted("ééééé", 4) == "éé…é");
  CHECK(fitted("ab", 1) == "…");
}

TEST_CASE("words are wrapped between them, never within") {
  const auto wrapped = [](std::string_view text, std::size_t width) {
    std::ostringstream out;
    print_wrapped(out, text, 2, width);
    return out.str();
  };
  CHECK(wrapped("one two three", 9) == "  one two\n  three\n");
  CHECK(wrapped("one two three", 8) == "  one\n  two\n  three\n");
  CHECK(wrapped("one  two three", 0) == "  one two three\n");
  CHECK(wrapped("a https://example.org/feed b", 10) == "  a\n  https://example.org/feed\n  b\n");
  CHECK(wrapped("éé é", 6) == "  éé é\n");
  CHECK(wrapped("", 10).empty());
}

}  // namespace stakeout
