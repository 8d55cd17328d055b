// `stakeout feeds` as its users type it.
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "tests/support/loopback_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

ProgramRun feeds(const TemporaryFolder& folder, std::vector<std::string> words) {
  words.insert(words.begin(), "feeds");
  return run_program(words, folder.path());
}

}  // namespace

TEST_CASE("feeds are added, merged and removed by command") {
  const TemporaryFolder folder;
  CHECK(feeds(folder, {"add", "https://example.org/a", "--tag", "x y", "--title", "A"}).out ==
        "added https://example.org/a to feeds.txt; tags: x y; title: A\n"
        "not asked yet; look at it with: stakeout feeds check https://example.org/a\n");
  CHECK(feeds(folder, {"add", "http://example.org/a", "--tag", "z"}).out ==
        "https://example.org/a is listed already; new on its line; tags: z\n");
  CHECK(content(folder.path() / "feeds.txt") == "https://example.org/a \"x y\" ~A z\n");

  const ProgramRun unknown = feeds(folder, {"remove", "https://example.org/b"});
  CHECK(unknown.exit_code == 1);
  CHECK(unknown.err.find("the nearest listed one is https://example.org/a") != std::string::npos);
  CHECK(feeds(folder, {"remove", "https://example.org/a", "--dry-run"}).exit_code == 0);
  CHECK(content(folder.path() / "feeds.txt") == "https://example.org/a \"x y\" ~A z\n");
  CHECK(feeds(folder, {"remove", "https://example.org/a"}).exit_code == 0);
  CHECK(content(folder.path() / "feeds.txt").empty());
}

TEST_CASE("an address that is no use is refused with its reason, and nothing is written") {
  const TemporaryFolder folder;
  struct Case {
    std::string url;
    std::string_view told;
  };
  const Case cases[] = {
      {"http://exa mple.org/", "a blank inside an address"},
      {"file:///etc/passwd", "neither http nor https"},
      {"exec:touch ran", "never run"},
      {"example.org/feed", "without a scheme"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.url);
    const ProgramRun run = feeds(folder, {"add", "https://example.org/good", each.url});
    CHECK(run.exit_code == 2);
    CHECK(run.err.find(each.told) != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "feeds.txt"));
  }
}

TEST_CASE("an import takes what is usable and runs nothing") {
  const TemporaryFolder folder;
  folder.write("feeds.txt", "# mine\nhttps://example.org/a old\n");
  folder.write(
      "urls",
      "https://example.org/a new\nexec:touch ran\n\"filter:touch ran:https://x.example/\"\n"
      "https://example.org/b \"~B\"\n");
  folder.write("list.opml",
               "<opml version='1.0'><body><outline text='News'>\n"
               "<outline xmlUrl='https://example.org/c?a=1&b=2' text='C'/>\n"
               "<outline xmlUrl='exec:touch ran' text='bad'/>\n"
               "<outline xmlUrl='|touch ran' text='bad' filtercmd='touch ran'/>\n"
               "</outline></body></opml>");
  const ProgramRun urls = feeds(folder, {"import", "urls"});
  CHECK(urls.exit_code == 0);
  CHECK(urls.out.find("urls:2: 'exec:' lines are newsboat's own") != std::string::npos);
  CHECK(urls.out.find("feeds.txt: 1 added, 1 merged, 0 listed already; 2 skipped\n") !=
        std::string::npos);
  const ProgramRun dry = feeds(folder, {"import", "list.opml", "--dry-run"});
  CHECK(dry.out.find("list.opml:3:1: 'exec:' lines") != std::string::npos);
  CHECK(dry.out.find("would change feeds.txt: 1 added, 0 merged, 0 listed already; 2 skipped\n") !=
        std::string::npos);
  CHECK(feeds(folder, {"import", "list.opml"}).exit_code == 0);
  CHECK(content(folder.path() / "feeds.txt") ==
        "# mine\nhttps://example.org/a old new\nhttps://example.org/b ~B\n"
        "https://example.org/c?a=1&b=2 News ~C\n");
  CHECK(feeds(folder, {"import", "list.opml"}).out.find("0 added, 0 merged, 1 listed") !=
        std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "ran"));
}

TEST_CASE("a file that is no list is refused in one line") {
  const TemporaryFolder folder;
  folder.write("program", std::string{"\x7F"
                                      "ELF\x02\x01\x01\0\0\0\n>\0\x01\0",
                                      15});
  folder.write("blank", " \n\n");
  const auto refused = [&](const std::string& file) {
    const ProgramRun run = feeds(folder, {"import", file});
    CHECK(run.exit_code == 1);
    CHECK(run.out.empty());
    CHECK_FALSE(std::filesystem::exists(folder.path() / "feeds.txt"));
    return run.err;
  };
  CHECK(refused("program") ==
        "stakeout: program is a binary file, no list of feeds; give an OPML file, or a file with "
        "an address on each line\n");
  CHECK(refused("blank") == "stakeout: blank is empty; nothing was imported\n");
}

TEST_CASE("the feeds that are listed are those of the feed list, before any crawl") {
  const TemporaryFolder folder;
  const ProgramRun nothing = feeds(folder, {"list"});
  CHECK(nothing.exit_code == 1);
  CHECK(nothing.err.find("begin with: stakeout feeds add URL") != std::string::npos);
  REQUIRE(feeds(folder, {"add", "https://example.org/a", "http://example.org/b"}).exit_code == 0);
  const ProgramRun list = feeds(folder, {"list"});
  CHECK(list.exit_code == 0);
  CHECK(list.out ==
        " id  state     since   next    feed\n"
        "     new               now     https://example.org/a\n"
        "     new               now     http://example.org/b\n");
  CHECK(feeds(folder, {"list", "--status", "ok"}).err == "nothing matches\n");
  CHECK_FALSE(std::filesystem::exists(folder.path() / "stakeout.db"));
}

TEST_CASE("an exported list is imported as it was") {
  const TemporaryFolder folder;
  const std::string list =
      "https://example.org/a \"x y\" \"~A \\\"&\\\"\"\nhttps://example.org/b\n";
  folder.write("feeds.txt", list);
  for (const std::string format : {"opml", "urls"}) {
    CAPTURE(format);
    folder.write("out", feeds(folder, {"export", "--format", format}).out);
    std::filesystem::remove(folder.path() / "copy.txt");
    CHECK(feeds(folder, {"import", "out", "--feeds", "copy.txt"}).exit_code == 0);
    CHECK(content(folder.path() / "copy.txt") == list);
  }
}

TEST_CASE("the exit code of a check tells whether all, some or none came") {
  LoopbackServer server;
  const auto feed = server.route("/feed", {.body = "<rss version=\"2.0\"><channel/></rss>"});
  const TemporaryFolder folder;
  folder.write("stakeout.toml", "[fetch]\nper_host_delay = \"0s\"\nallow_private = [\"127.0.0.1:" +
                                    std::to_string(server.port()) + "\"]\n");
  folder.write("feeds.txt", server.url("/feed") + "\n" + server.url("/none") + "\n");
  const auto check = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"check", "--config", "stakeout.toml", "--json"});
    return feeds(folder, words);
  };
  CHECK(check({server.url("/feed")}).exit_code == 0);
  CHECK(check({server.url("/none")}).exit_code == 1);
  const ProgramRun listed = check({});
  CHECK(listed.exit_code == 3);
  CHECK(listed.out.starts_with("{\"url\":\"" + server.url("/feed") +
                               "\",\"outcome\":\"a feed without entries\",\"status\":200,"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "stakeout.db"));
}

TEST_CASE("a check says where a redirect led, good or bad") {
  LoopbackServer server;
  const auto feed = server.route("/feed", {.body = "<rss version=\"2.0\"><channel/></rss>"});
  const auto redirect = [&](const std::string& to) {
    return ServedResponse{.status = 302, .headers = {{"Location", to}}};
  };
  const auto good = server.route("/good", redirect("/feed"));
  const auto bad = server.route("/bad", redirect("/none"));
  const TemporaryFolder folder;
  folder.write("stakeout.toml", "[fetch]\nper_host_delay = \"0s\"\nallow_private = [\"127.0.0.1:" +
                                    std::to_string(server.port()) + "\"]\n");
  const auto told = [&](const std::string& path) {
    return feeds(folder, {"check", "--config", "stakeout.toml", server.url(path)}).out;
  };
  CHECK(told("/good").find(server.url("/feed")) != std::string::npos);
  CHECK(told("/bad").find(server.url("/none")) != std::string::npos);
  CHECK(told("/feed").find("came from") == std::string::npos);
}

TEST_CASE("a check says in full what was repaired, what robots.txt says and what to do") {
  LoopbackServer server;
  const auto feed = server.route(
      "/feed", {.body = "<rss version=\"2.0\"><channel><title>A & B</title><item><link>" +
                        server.url("/page") + "</link></item></channel></rss>"});
  const auto robots = server.route("/robots.txt", {.body = "User-agent: *\nDisallow: /page\n"});
  const TemporaryFolder folder;
  folder.write("stakeout.toml", "[fetch]\nper_host_delay = \"0s\"\nallow_private = [\"127.0.0.1:" +
                                    std::to_string(server.port()) + "\"]\n");
  const ProgramRun good =
      feeds(folder, {"check", "--config", "stakeout.toml", server.url("/feed")});
  CHECK(good.out.starts_with(server.url("/feed") + "\n    a feed, with 1 repair\n"));
  CHECK(good.out.find("\n    robots.txt: forbids the pages\n") != std::string::npos);
  CHECK(good.out.find("\n    repair: ") != std::string::npos);
  const ProgramRun refused = feeds(folder, {"check", server.url("/feed")});
  CHECK(refused.exit_code == 1);
  CHECK(refused.out.find("what to do: if it is meant to be read there, name the address under "
                         "fetch.allow_private") != std::string::npos);
}

}  // namespace stakeout
