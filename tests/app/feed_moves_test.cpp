#include <doctest/doctest.h>

#include "tests/app/feed_world.h"

// Feeds whose addresses move, end or were never any.

namespace stakeout {

TEST_CASE("a lasting move is followed, checked monthly, and undone when the old address serves") {
  World world;
  const std::string there = "https://b.example/feed";
  const Publisher news{every(day, world.clock.now() - 20 * day, 200 * day), ""};
  bool has_moved = true;
  world.sites[there] = [&](const FetchRequest& request) {
    return honest(request, news.document(world.clock.now()));
  };
  world.sites[home] = [&](const FetchRequest& request) {
    return has_moved ? redirect_to(301, there) : honest(request, news.document(world.clock.now()));
  };
  world.list({home});
  world.live(45 * day);
  CHECK(world.told("feed_moved").size() == 1);
  CHECK(world.asked[home] == 2);  // at first, and after a month
  has_moved = false;
  world.live(40 * day);
  REQUIRE(world.told("feed_moved").size() == 2);
  CHECK(world.told("feed_moved")[1].find("listed address again") != std::string::npos);
  CHECK(std::holds_alternative<std::monostate>(world.cell("current_url")));
}

TEST_CASE("when the new address fails the listed one is asked again") {
  World world;
  const std::string there = "https://b.example/feed";
  const Publisher news{every(5 * hour, world.clock.now() - 100 * hour, 60 * day), ""};
  bool has_moved = true;
  const auto serve = [&](const FetchRequest& request) {
    return honest(request, news.document(world.clock.now()));
  };
  world.sites[home] = [&](const FetchRequest& request) {
    return has_moved ? redirect_to(301, there) : serve(request);
  };
  world.sites[there] = [&](const FetchRequest& request) {
    return has_moved ? serve(request) : answer_of(410);
  };
  world.list({home});
  world.live(3 * day);
  has_moved = false;
  world.live(2 * day);
  CHECK(std::get<std::string>(world.cell("status")) == "ok");
  CHECK(std::holds_alternative<std::monostate>(world.cell("current_url")));
  CHECK(world.told("feed_gone").empty());
}

TEST_CASE("a move to a page, or by way of a temporary hop, is not remembered") {
  World world;
  const std::string page = "https://a.example/parked";
  const std::string hop = "https://a.example/hop";
  const std::string there = "https://b.example/feed";
  const Publisher news{every(hour, world.clock.now() - 30 * hour, day), ""};
  bool parked = true;
  world.sites[home] = [&](const FetchRequest&) { return redirect_to(301, parked ? page : hop); };
  world.sites[page] = [&](const FetchRequest&) {
    FetchResponse response =
        answer_of(200,
                  "<html><head><title>Buy this name</title><link rel=alternate "
                  "type=application/rss+xml href=/real.xml></head><body>x</body></html>");
    response.content_type = "text/html";
    return response;
  };
  world.sites[hop] = [&](const FetchRequest&) { return redirect_to(302, there); };
  world.sites[there] = [&](const FetchRequest& request) {
    return honest(request, news.document(world.clock.now()));
  };
  world.list({home});
  const CrawlReport report = world.pass();
  REQUIRE(report.failed_feeds.size() == 1);
  CHECK(report.failed_feeds[0].error.find("https://a.example/real.xml") != std::string::npos);
  CHECK(std::get<std::string>(world.cell("advice")) ==
        "put https://a.example/real.xml in the list instead");
  CHECK(std::holds_alternative<std::monostate>(world.cell("current_url")));
  parked = false;
  world.live(5 * hour);
  CHECK(std::get<std::string>(world.cell("status")) == "ok");
  CHECK(std::holds_alternative<std::monostate>(world.cell("current_url")));
}

TEST_CASE("an old address that wants to be left alone does not keep the new one from being asked") {
  World world;
  const Publisher news{every(hour, world.clock.now() - 30 * hour, 90 * day), ""};
  const std::string other = "https://b.example/feed";
  world.sites[home] = [&](const FetchRequest&) { return redirect_to(301, other); };
  world.sites[other] = [&](const FetchRequest& request) {
    return honest(request, news.document(world.clock.now()));
  };
  world.list({home});
  world.live(10 * day);
  world.sites["https://a.example/robots.txt"] = [&](const FetchRequest&) { return answer_of(429); };
  world.live(30 * day);
  const int asked = world.asked[other];
  world.live(5 * day);
  CHECK(world.asked[other] > asked + 20);
  CHECK(std::get<std::string>(world.cell("status")) == "ok");
}

TEST_CASE("a feed whose address cannot be read is failing, and says why") {
  World world;
  world.list({"http://"});
  CHECK(world.pass().failed_feeds.size() == 1);
  CHECK(std::get<std::string>(world.cell("status")) == "failing");
  CHECK(std::get<std::string>(world.cell("last_error")).find("its address") == 0);
  world.live(2 * day);
  CHECK(world.told("feed_failing").size() == 1);
}

TEST_CASE("a feed that is gone for good is told of once and not asked again") {
  World world;
  world.sites[home] = [](const FetchRequest&) { return answer_of(410); };
  world.list({home});
  world.live(60 * day);
  CHECK(world.asked[home] == 1);
  CHECK(world.told("feed_gone").size() == 1);
}

}  // namespace stakeout
