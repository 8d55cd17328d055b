#include "alerts/digest_cut.h"

#include <doctest/doctest.h>

namespace stakeout {
namespace {

DigestLine line(const std::string& text) {
  return {text, {}, {}, {}, {}};
}

// Two sections, of three and of two lines.
Digest sample_digest() {
  Digest digest;
  digest.subject = "Stakeout: news";
  digest.sections.push_back(
      {"New contracts", {{"", {line("one"), line("two")}}, {"More", {line("three")}}}});
  digest.sections.push_back({"Vendors", {{"Lantern Works", {line("four"), line("five")}}}});
  return digest;
}

}  // namespace

TEST_CASE("a digest that is too long loses its last lines, and says how many") {
  const Digest digest = sample_digest();
  CHECK(line_count(digest) == 5);
  CHECK(first_lines(digest, 5).more.empty());
  const Digest four = first_lines(digest, 4);
  CHECK(line_count(four) == 4);
  CHECK(four.sections.size() == 2);
  CHECK(four.more == "1 more line did not fit into this message.");
  const Digest two = first_lines(digest, 2);
  CHECK(two.sections.size() == 1);
  CHECK(two.sections[0].groups.size() == 1);
  CHECK(two.more == "3 more lines did not fit into this message.");
  CHECK(render_text(two).find("3 more lines did not fit") != std::string::npos);
  CHECK(render_html(two).find("3 more lines did not fit") != std::string::npos);
  CHECK(first_lines(digest, 0).sections.empty());
}

TEST_CASE("corrections look like a warning in a digest that is cut, too") {
  Digest digest = sample_digest();
  digest.sections[0].is_warning = true;
  const Digest two = first_lines(digest, 2);
  REQUIRE(two.sections.size() == 1);
  CHECK(two.sections[0].is_warning);
}

TEST_CASE("the longest beginning that fits is taken") {
  Digest digest = sample_digest();
  for (int i = 0; i < 500; ++i)
    digest.sections[1].groups[0].lines.push_back(line("line number " + std::to_string(i)));
  int renderings = 0;
  const auto render = [&](const Digest& part) {
    ++renderings;
    return render_text(part);
  };
  CHECK(render_within(digest, 1'000'000, render) == render_text(digest));
  const std::string cut = render_within(digest, 2'000, render);
  CHECK(cut.size() <= 2'000);
  CHECK(cut.size() > 1'900);
  CHECK(renderings < 20);
  CHECK(render_within(digest, 1, render) == render_text(first_lines(digest, 0)));
}

}  // namespace stakeout
