#include <doctest/doctest.h>

#include "tests/app/feed_world.h"

// Feeds over days and weeks: the rules of scheduling, of validators and of news about feeds as they
// play together.

namespace stakeout {

TEST_CASE("a feed is followed without loss at a few polls for each of its entries") {
  struct Case {
    const char* what;
    std::int64_t gap;
    int days, fewest, most;  // polls
  };
  const Case cases[] = {{"every half hour", hour / 2, 3, 72 * 3, 72 * 5},
                        {"every five hours", 5 * hour, 10, 96, 160},
                        {"daily", day, 20, 40, 80}};
  for (const auto& [what, gap, days, fewest, most] : cases) {
    CAPTURE(what);
    World world;
    const Publisher news{every(gap, world.clock.now() - 20 * gap, 20 * gap + days * day), ""};
    world.sites[home] = [&](const FetchRequest& request) {
      return honest(request, news.document(world.clock.now()));
    };
    world.list({home});
    world.live(days * day);
    CHECK(world.number("entries") >= 10 + days * day / gap - 1);
    CHECK(world.number("missed_entries") == 0);
    CHECK(world.number("usual_gap") == gap);
    CHECK(world.asked[home] >= fewest);
    CHECK(world.asked[home] <= most);
    CHECK(world.told("feed_silent").empty());
  }
}

TEST_CASE("a feed that falls silent is told of once, one that rests at weekends is not") {
  World world;
  Publisher news;
  const Timestamp start = world.clock.now();  // a Tuesday
  for (int i = -21; i < 28; ++i) {
    if ((i % 7 + 7) % 7 == 4 || (i % 7 + 7) % 7 == 5) continue;
    for (const int at : {8, 11, 14, 17}) news.times.push_back(start + i * day + at * hour);
  }
  world.sites[home] = [&](const FetchRequest& request) {
    return honest(request, news.document(world.clock.now()));
  };
  world.list({home});
  world.live(28 * day);
  CHECK(world.told("feed_silent").empty());
  world.live(30 * day);
  CHECK(world.told("feed_silent").size() == 1);
  CHECK(world.told("feed_failing").empty());
}

TEST_CASE("a server that says \"not modified\" for ever is caught and fetched whole from then on") {
  World world;
  const Publisher news{every(5 * hour, world.clock.now() - 100 * hour, 40 * day), ""};
  bool lies = true;
  world.sites[home] = [&](const FetchRequest& request) {
    const FetchResponse response = honest(request, news.document(world.clock.now()));
    return lies && !request.validators.etag.empty() ? answer_of(304) : response;
  };
  world.list({home});
  world.live(16 * day);
  CHECK(std::get<std::string>(world.cell("notes")).find("not to be trusted") != std::string::npos);
  const std::int64_t before = world.number("entries");
  world.live(5 * day);
  CHECK(world.number("entries") - before >= 5 * 24 / 5 - 1);
  CHECK(world.told("feed_failing").empty());
}

TEST_CASE("a document that was cut short keeps its entries and gives no validators") {
  World world;
  const Publisher news{every(5 * hour, world.clock.now() - 100 * hour, 100 * hour), ""};
  bool cuts = true;
  std::vector<std::string> sent;
  world.sites[home] = [&](const FetchRequest& request) {
    sent.push_back(request.validators.etag);
    std::string body = news.document(world.clock.now());
    // The server's validators are those of the whole document.
    FetchResponse response = honest(request, body);
    if (cuts) response.body = body.substr(0, body.find("</item>") + 7);
    return response;
  };
  world.list({home});
  static_cast<void>(world.pass());
  CHECK(world.number("entries") == 1);
  cuts = false;
  world.live(2 * day);
  REQUIRE(sent.size() >= 3);
  CHECK(sent[1].empty());
  CHECK_FALSE(sent[2].empty());
  CHECK(world.number("entries") == 10);
}

TEST_CASE("an honest server is fetched whole once a week, and never doubted") {
  World world;
  const Publisher news{every(day, world.clock.now() - 20 * day, 60 * day), ""};
  int whole = 0;
  world.sites[home] = [&](const FetchRequest& request) {
    const FetchResponse response = honest(request, news.document(world.clock.now()));
    whole += response.status == 200;
    return response;
  };
  world.list({home});
  world.live(30 * day);
  CHECK(whole <= 1 + 30 + 5);
  CHECK(std::holds_alternative<std::monostate>(world.cell("notes")));
}

TEST_CASE(
    "a feed that is dead for a day is told of once, goes on being asked, and its return is told") {
  World world;
  const Publisher news{every(hour, world.clock.now() - 30 * hour, 60 * day), ""};
  bool up = true;
  world.sites[home] = [&](const FetchRequest& request) -> FetchResult {
    if (!up) return fault(FaultKind::no_answer, "the server is too slow");
    return honest(request, news.document(world.clock.now()));
  };
  world.list({home});
  world.live(2 * day);
  up = false;
  world.live(hour);
  up = true;
  world.live(day);
  CHECK(world.told("feed_failing").empty());
  up = false;
  world.live(30 * hour);
  REQUIRE(world.told("feed_failing").size() == 1);
  CHECK(world.told("feed_failing")[0].find("the server is too slow") != std::string::npos);
  const int asked = world.asked[home];
  world.live(10 * day);
  CHECK(world.asked[home] - asked >= 8);
  CHECK(world.asked[home] - asked <= 13);
  CHECK(world.told("feed_recovered").empty());
  up = true;
  world.live(2 * day);
  CHECK(world.told("feed_failing").size() == 1);
  CHECK(world.told("feed_recovered").size() == 1);
  CHECK(std::get<std::string>(world.cell("status")) == "ok");
  CHECK(world.number("missed_entries") > 200);  // of some 250
  CHECK(world.number("missed_entries") < 300);
}

TEST_CASE("when no feed at all answers it is our network, and no feed is blamed") {
  World world;
  const Publisher news{every(hour, world.clock.now() - 30 * hour, 60 * day), ""};
  std::vector<std::string> urls;
  bool up = true;
  for (int i = 0; i < 40; ++i) {
    urls.push_back("https://h" + std::to_string(i) + ".example/feed");
    world.sites[urls.back()] = [&](const FetchRequest& request) -> FetchResult {
      if (!up) return fault(FaultKind::no_answer, "the name of the host cannot be looked up");
      return honest(request, news.document(world.clock.now()));
    };
  }
  world.list(urls);
  static_cast<void>(world.pass());
  world.clock.advance(std::chrono::hours{2});
  up = false;
  CHECK(world.pass().failed_feeds.size() == 40);
  CHECK(world.pass().feeds_due == 0);  // not at once again
  Reader reader{world.file};
  CHECK(reader.rows("SELECT 1 FROM v_feeds WHERE status <> 'ok' OR failed_polls > 0").rows.empty());
  up = true;
  world.clock.advance(std::chrono::hours{1});
  CHECK(world.pass().failed_feeds.empty());
}

TEST_CASE("bad answers and refusals of our own do not look like a network that is down") {
  struct Case {
    FaultKind kind;
    const char* message;
    const char* advice;
  };
  const Case cases[] = {
      {FaultKind::answered, "the answer is longer than 9 bytes", "look at the address"},
      {FaultKind::refused, "the address 10.0.0.1, port 80, is not public", "allow_private"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.message);
    World world;
    std::vector<std::string> urls;
    for (int i = 0; i < 40; ++i) {
      urls.push_back("https://h" + std::to_string(i) + ".example/feed");
      world.sites[urls.back()] = [&](const FetchRequest&) -> FetchResult {
        return fault(each.kind, each.message);
      };
    }
    world.list(urls);
    CHECK(world.pass().failed_feeds.size() == 40);
    Reader reader{world.file};
    const auto blamed =
        reader.rows("SELECT last_error, advice FROM v_feeds WHERE failed_polls = 1");
    REQUIRE(blamed.rows.size() == 40);
    CHECK(std::get<std::string>(blamed.rows[0][0]) == each.message);
    CHECK(std::get<std::string>(blamed.rows[0][1]).find(each.advice) != std::string::npos);
  }
}

TEST_CASE("hosts that give bad answers are a sign of life for those that give none") {
  World world;
  std::vector<std::string> urls;
  for (int i = 0; i < 20; ++i) {
    urls.push_back("https://h" + std::to_string(i) + ".example/feed");
    const FaultKind kind = i < 12 ? FaultKind::no_answer : FaultKind::answered;
    world.sites[urls.back()] = [=](const FetchRequest&) -> FetchResult {
      return fault(kind, "no feed came");
    };
  }
  world.list(urls);
  CHECK(world.pass().failed_feeds.size() == 20);
  Reader reader{world.file};
  CHECK(reader.rows("SELECT 1 FROM v_feeds WHERE failed_polls = 1").rows.size() == 20);
}

TEST_CASE("what a server or a publisher asks for is kept to") {
  World world;
  Publisher news{every(hour, world.clock.now() - 30 * hour, 90 * day), "<ttl>360</ttl>"};
  world.sites[home] = [&](const FetchRequest& request) {
    return honest(request, news.document(world.clock.now()));
  };
  world.list({home});
  world.live(4 * day);
  CHECK(world.asked[home] <= 16);  // also after a 304, which brings no ttl
  CHECK(world.asked[home] >= 14);

  world.sites[home] = [&](const FetchRequest&) {
    FetchResponse busy = answer_of(503);
    busy.retry_after = 30 * day;
    return busy;
  };
  world.live(7 * hour);
  const int asked = world.asked[home];
  REQUIRE(world.told("feed_failing").size() == 1);
  CHECK(world.told("feed_failing")[0].find("wants to be left alone until") != std::string::npos);
  world.live(29 * day);
  CHECK(world.asked[home] == asked);
  world.live(5 * day);
  CHECK(world.asked[home] == asked + 1);
}

TEST_CASE("a feed that its host never lets be asked is told of, though it gave no bad answer") {
  World world;
  const Publisher news{every(hour, world.clock.now() - 30 * hour, 30 * day), ""};
  bool refuses = true;
  world.sites["https://a.example/robots.txt"] = [&](const FetchRequest&) {
    return answer_of(refuses ? 429 : 404);
  };
  world.sites[home] = [&](const FetchRequest& request) {
    return honest(request, news.document(world.clock.now()));
  };
  world.list({home});
  world.live(20 * hour);
  CHECK(std::get<std::string>(world.cell("status")) == "new");  // a short wait is no news
  world.live(4 * day);
  CHECK(world.asked[home] == 0);
  REQUIRE(world.told("feed_failing").size() == 1);
  CHECK(world.told("feed_failing")[0].find("to be left alone") != std::string::npos);
  refuses = false;
  world.live(2 * day);
  CHECK(std::get<std::string>(world.cell("status")) == "ok");
  CHECK(world.told("feed_recovered").size() == 1);
}

TEST_CASE("a 304 that nobody asked for is a fault") {
  World world;
  world.sites[home] = [](const FetchRequest&) { return answer_of(304); };
  world.list({home});
  CHECK(world.pass().failed_feeds.size() == 1);
  CHECK(std::get<std::string>(world.cell("status")) == "failing");
}

}  // namespace stakeout
