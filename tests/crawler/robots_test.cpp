#include "crawler/robots.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

struct Case {
  std::string_view robots;
  std::string_view path;
  bool allowed;
};

void check(std::string_view robots, std::string_view path, bool allowed) {
  CAPTURE(robots);
  CAPTURE(path);
  CHECK(parse_robots(robots, "stakeout").is_allowed(path) == allowed);
}

}  // namespace

TEST_CASE("RFC 9309, 2.2.1: a group is chosen by its token, whatever its case") {
  const Case cases[] = {
      {"User-agent: stakeout\nDisallow: /a", "/a", false},
      {"User-Agent: STAKEOUT\nDisallow: /a", "/a", false},
      {"user-agent: stake\nDisallow: /a", "/a", true},
      {"user-agent: stakeout2\nDisallow: /a", "/a", false},  // the token ends at the digit
      {"user-agent: stakeout-images\nDisallow: /a", "/a", true},
      {"User-agent: *\nDisallow: /a", "/a", false},
      {"User-agent: *\nDisallow: /a\nUser-agent: stakeout\nDisallow: /b", "/a", true},
      {"User-agent: stakeout\nUser-agent: other\nDisallow: /a", "/a", false},
      {"User-agent: stakeout\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: "
       "stakeout\nDisallow: /b",
       "/b", false},  // two groups for one token are one
      {"Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", true},  // before any user-agent line
      {"User-agent: stakeout\n\n# nothing\nSitemap: /s.xml\nUser-agent: x\nDisallow: /a", "/a",
       false},  // other lines do not end the run of user-agent lines (2.2.4)
  };
  for (const auto& [robots, path, allowed] : cases) check(robots, path, allowed);
}

TEST_CASE("RFC 9309, 2.2.2: the most specific match is used, and allow wins a tie") {
  const std::string_view start = "User-agent: *\n";
  const Case cases[] = {
      {"Disallow: /a\nAllow: /a/b", "/a/b/c", true},
      {"Allow: /a\nDisallow: /a/b", "/a/b/c", false},
      {"Disallow: /a\nAllow: /a", "/a", true},
      {"Disallow:", "/a", true},
      {"Disallow: /", "/robots.txt", true},
      {"Disallow: /a b", "/a%20b", false},
      {"Disallow: /caf\u00e9", "/caf%C3%A9", false},
      {"Disallow: /caf%c3%a9", "/caf%C3%A9", false},
      {"Disallow: /%61", "/a", false},
      {"Disallow: /a%2Fb", "/a/b", true},
      {"Disallow: /a%2fb", "/a%2Fb", false},
      {"Disallow: /a # b", "/a", false},
      {"Disallow: /A", "/a", true},
  };
  for (const auto& [rules, path, allowed] : cases) {
    check(std::string{start} + std::string{rules}, path, allowed);
  }
}

TEST_CASE("RFC 9309, 2.2.3: '*' stands for any characters and '$' for the end") {
  const std::string_view start = "User-agent: *\n";
  const Case cases[] = {
      {"Disallow: /*.pdf$", "/x/y.pdf", false},
      {"Disallow: /*.pdf$", "/x/y.pdf?z", true},
      {"Disallow: /*.pdf$", "/x.pdf.pdf", false},
      {"Disallow: /a*z", "/a-z-more", false},
      {"Disallow: /a*$", "/abc", false},
      {"Disallow: *", "/", false},
      {"Disallow: /a$b", "/a", true},
      {"Disallow: /a$b", "/a$b", false},
      {"Disallow: /a%24", "/a$x", false},
      {"Disallow: /a%2A", "/axx", true},
      {"Disallow: /a%2A", "/a*", false},
      {"Disallow: /$", "/", false},
      {"Disallow: /$", "/a", true},
  };
  for (const auto& [rules, path, allowed] : cases) {
    check(std::string{start} + std::string{rules}, path, allowed);
  }
}

TEST_CASE("bytes that are no rules do no harm") {
  using namespace std::string_literals;
  CHECK_FALSE(parse_robots("\xEF\xBB\xBFUser-agent: *\rDisallow: /a", "x").is_allowed("/a"));
  CHECK_FALSE(parse_robots("User-agent: *\0\nDisallow: /a\0\n"s, "x").is_allowed("/a"));
  CHECK(parse_robots("<html>Disallow: /</html>", "x").is_allowed("/a"));
  const std::string long_line(200'000, 'x');
  CHECK_FALSE(parse_robots(long_line + "\nUser-agent: *\n" + long_line + "\nDisallow: /a", "x")
                  .is_allowed("/a"));
}

TEST_CASE("what site owners mean is understood") {
  for (const std::string_view robots :
       {"User-agent *\nDisallow /a", "useragent: *\ndissallow: /a", "User-agent: *\ndisalow: /a",
        "User-agent: stakeout/1.0\nDisallow: /a",
        "User-agent: Stakeout news reader\nDisallow: /a"}) {
    check(robots, "/a", false);
  }
  check("User-agent: *\nDisallow: /\nAllow: /x/index.html", "/x/", true);
  check("User-agent: *\nDisallow: /\nAllow: /x/index.html", "/x/y", false);
}

TEST_CASE("a pattern with many wildcards takes no time") {
  std::string pattern = "/";
  for (int i = 0; i < 1'000; ++i) pattern += "*a";
  const auto rules = parse_robots("User-agent: *\nDisallow: " + pattern + "b", "x");
  CHECK(rules.is_allowed("/" + std::string(20'000, 'a')));
}

TEST_CASE("the crawl delay is that of the group that holds") {
  struct DelayCase {
    std::string_view robots;
    std::optional<double> delay;
  };
  const DelayCase cases[] = {
      {"User-agent: *\nCrawl-delay: 2.5", 2.5},
      {"User-agent: *\nCrawl-delay: 2\nUser-agent: stakeout\nDisallow: /a", std::nullopt},
      {"User-agent: x\nCrawl-delay: 2\nUser-agent: stakeout\nCrawl-delay: 3", 3.0},
      {"User-agent: *\nCrawl-delay: -1", std::nullopt},
      {"User-agent: *\nCrawl-delay: inf", std::nullopt},
      {"User-agent: *\nCrawl-delay: soon", std::nullopt},
      {"User-agent: *\nCrawl-delay: 0", 0.0},
      {"Crawl-delay: 9\nUser-agent: *", std::nullopt},
  };
  for (const auto& [robots, delay] : cases) {
    CAPTURE(robots);
    CHECK(parse_robots(robots, "stakeout").crawl_delay() == delay);
  }
}

}  // namespace stakeout
