#include "extractors/stories/left_out.h"

#include <random>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

// The lines of a text that hold the word "out", as what is to be left out.
std::vector<Omission> lines_to_leave_out(std::string_view text) {
  std::vector<Omission> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (text.substr(begin, end - begin).find("out") != std::string_view::npos) {
      lines.push_back({begin, end, lines.size() + 3});
    }
    begin = end + 1;
  }
  return lines;
}

TEST_CASE("what is left stays parted as it was, and goes together with the rest again") {
  struct Case {
    std::string_view whole;
    std::string_view left;
    std::vector<std::size_t> starts;
  };
  const Case cases[] = {
      {"one\n\nout\n\ntwo", "one\n\ntwo", {3}},
      {"one\n\nout\nout\ntwo", "one\n\ntwo", {5, 5}},
      {"out\n\none", "one", {0}},                          // at the beginning
      {"out\n\nout, too\n\none", "one", {0, 0}},           // twice
      {"one\n\nout", "one", {3}},                          // at the end
      {"one\n\nout\nout", "one", {3, 3}},                  // a list at the end
      {"one\n\nout\ntwo", "one\n\ntwo", {5}},              // the head of a list
      {"one\nout\n\ntwo", "one\n\ntwo", {3}},              // its end
      {"één\n\nout\n\ntwo\n\nout", "één\n\ntwo", {3, 8}},  // code points, not bytes
      {"\nout\none\n", "one\n", {0}},                      // line breaks about it
      {"one", "one", {}},
  };
  for (const auto& [whole, left, starts] : cases) {
    CAPTURE(whole);
    const ParedText pared = leave_out(whole, lines_to_leave_out(whole));
    CHECK(pared.text == left);
    REQUIRE(pared.left_out.size() == starts.size());
    for (std::size_t i = 0; i < starts.size(); ++i) {
      CHECK(pared.left_out[i].start == starts[i]);
      CHECK(pared.left_out[i].articles == i + 3);
    }
    CHECK(whole_text(pared.text, pared.left_out) == whole);
  }
}

TEST_CASE("whatever is left out of whatever text, the whole can be had again") {
  const std::uint32_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 chance{seed};
  const std::string_view parts[] = {"\n", "out", "in", "ü", "\n\n", " "};
  for (int i = 0; i < 500; ++i) {
    std::string whole;
    for (int n = std::uniform_int_distribution{0, 20}(chance); n > 0; --n) {
      whole += parts[std::uniform_int_distribution<std::size_t>{0, std::size(parts) - 1}(chance)];
    }
    CAPTURE(whole);
    const ParedText pared = leave_out(whole, lines_to_leave_out(whole));
    CHECK(pared.text.find("out") == std::string::npos);
    CHECK(whole_text(pared.text, pared.left_out) == whole);
  }
}

TEST_CASE("a piece from beyond the end of a text is put at its end") {
  CHECK(whole_text("one", {{99, "\n\ntwo", 3}}) == "one\n\ntwo");
}

}  // namespace
}  // namespace stakeout
