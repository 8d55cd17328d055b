#include "storage/outbox.h"

#include <doctest/doctest.h>

#include "tests/storage/alert_store.h"

using namespace stakeout;
using namespace stakeout::sample;

namespace {

using Outcome = AttemptEnd::Outcome;

const Recipient desk = {"daily", "mail", "desk@example.org"};
const Recipient other = {"daily", "mail", "other@example.org"};

// A store in which two articles have made alerts for two readers: 1 and 2, of two stories.
struct Post : AlertStore {
  Outbox outbox{file};

  Post() {
    store.sync_subscriptions({reader(desk.address), reader(other.address)});
    save("one", "Words of their own about a vendor", {"Lantern Works"});
    save("two", "And quite other words of another", {"Glasshouse Systems"});
  }

  // The one message that is to be sent to a reader.
  OutboxMessage begin(const Recipient& to) {
    for (const MessagePlace& place : outbox.messages_due(now)) {
      if (place.to.address != to.address) continue;
      auto message = outbox.begin(place);
      REQUIRE(message);
      return *message;
    }
    FAIL("there is no message for ", to.address);
    return {};
  }

  [[nodiscard]] Lines states(const Recipient& to) const {
    return rows(file,
                "SELECT alert_id, state, attempts, last_error FROM v_deliveries WHERE "
                "recipient = '" +
                    to.address + "' ORDER BY id");
  }
};

}  // namespace

TEST_CASE("what waits for a reader becomes one message, and what comes later is not in it") {
  Post p;
  CHECK(p.outbox.messages_due(p.now).empty());
  CHECK(p.outbox.make_messages(desk, "host.example", false, p.now) == 1);
  CHECK(p.outbox.make_messages(desk, "host.example", false, p.now) == 0);
  p.save("three", "A third text that nobody has read", {"Lantern Works"});
  CHECK(p.outbox.has_new(desk));
  const OutboxMessage message = p.begin(desk);
  CHECK(message.alerts == std::vector<std::int64_t>{1, 2});
  CHECK(message.attempts == 1);
  CHECK(message.made_at == p.now);
  CHECK_FALSE(message.may_have_arrived);
  CHECK(message.id.starts_with("<d.20241007T060000Z."));
  CHECK(message.id.ends_with("@host.example>"));
  CHECK(p.states(desk) == Lines{"1|sending|1|NULL", "2|sending|1|NULL", "3|queued|0|NULL"});
  p.outbox.end(message, {}, p.now);
  CHECK(p.states(desk) == Lines{"1|sent|1|NULL", "2|sent|1|NULL", "3|queued|0|NULL"});
  CHECK(p.states(other) == Lines{"1|queued|0|NULL", "2|queued|0|NULL", "3|queued|0|NULL"});
}

TEST_CASE("two readers and two runs have messages of different ids") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  p.outbox.make_messages(other, "h", false, p.now);
  p.save("three", "A third text that nobody has read", {"Lantern Works"});
  p.outbox.make_messages(desk, "h", false, p.now);
  CHECK(rows(p.file, "SELECT count(DISTINCT message_id) FROM v_deliveries") == Lines{"3"});
}

TEST_CASE("a message that a crash left half-way goes out again under its id, and says so") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  const OutboxMessage before = p.begin(desk);
  Outbox after_crash{p.file};
  const auto due = after_crash.messages_due(p.now + 60);
  REQUIRE(due.size() == 1);
  const auto again = after_crash.begin(due[0]);
  REQUIRE(again);
  CHECK(again->id == before.id);
  CHECK(again->made_at == before.made_at);
  CHECK(again->alerts == before.alerts);
  CHECK(again->attempts == 2);
  CHECK(again->may_have_arrived);
}

TEST_CASE("a refused message waits for its time, and stays out of reach once it may have arrived") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  p.outbox.end(p.begin(desk), {Outcome::again, "450 later", p.now + 60}, p.now);
  CHECK(p.states(desk).front() == "1|queued|1|450 later");
  CHECK(p.outbox.messages_due(p.now + 59).empty());
  CHECK(p.outbox.messages_due(p.now, true).size() == 1);
  CHECK(p.outbox.next_attempt(p.now) == p.now + 60);
  p.now = p.now + 60;
  p.outbox.end(p.begin(desk), {Outcome::again, "no answer", p.now + 60, true}, p.now);
  CHECK(p.states(desk).front() == "1|sending|2|no answer");
  p.now = p.now + 60;
  p.outbox.end(p.begin(desk), {Outcome::again, "450 later", p.now + 60}, p.now);
  CHECK(p.states(desk).front() == "1|sending|3|450 later");
}

TEST_CASE("an attempt that reached nobody does not count") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  p.outbox.end(p.begin(desk), {Outcome::not_reached, "no server", p.now + 60}, p.now);
  CHECK(p.states(desk).front() == "1|queued|0|no server");
}

TEST_CASE("what has failed is tried again when a person says so, and only then") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  p.outbox.end(p.begin(desk), {Outcome::failed, "550 nobody"}, p.now);
  CHECK(p.states(desk).front() == "1|failed|1|550 nobody");
  CHECK(p.outbox.messages_due(p.now + 999'999, true).empty());
  CHECK(p.outbox.revive(desk) == 2);
  CHECK(p.begin(desk).attempts == 1);
}

TEST_CASE("an alert that is taken back leaves the message that waits, and not one that is out") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  const MessagePlace place = p.outbox.messages_due(p.now).at(0);
  SUBCASE("it was not begun") {
    REQUIRE(p.store.reject_mention(1, "another firm", p.now));
    REQUIRE(p.store.reject_mention(2, "another firm", p.now));
    CHECK_FALSE(p.outbox.begin(place));
    CHECK(p.states(desk).empty());
  }
  SUBCASE("it was begun") {
    REQUIRE(p.outbox.begin(place));
    REQUIRE(p.store.reject_mention(1, "another firm", p.now));
    CHECK(p.states(desk).front() == "1|sending|1|NULL");
    CHECK(p.corrections() ==
          Lines{"desk@example.org|" + rows(p.file,
                                           "SELECT details FROM v_alerts WHERE kind = "
                                           "'correction'")
                                          .at(0)});
  }
}

TEST_CASE("messages by story are one for each, and a later one names those before it") {
  Post p;
  CHECK(p.outbox.make_messages(desk, "h", true, p.now) == 2);
  std::vector<std::string> sent;
  for (const MessagePlace& place : p.outbox.messages_due(p.now)) {
    const auto message = p.outbox.begin(place);
    REQUIRE(message);
    CHECK(message->story);
    CHECK(message->id.starts_with("<s." + std::to_string(message->story.value_or(0)) + "."));
    CHECK(message->thread.empty());
    p.outbox.end(*message, {}, p.now);
    sent.push_back(message->id);
  }
  p.save("four", "Words of their own about a vendor!", {"Glasshouse Systems"},
         {{1, 0.9, "the same words"}});
  CHECK(p.outbox.make_messages(desk, "h", true, p.now) == 1);
  const OutboxMessage later = p.begin(desk);
  CHECK(later.story == 1);
  CHECK(later.thread == std::vector<std::string>{sent.front()});
}

TEST_CASE("many stories at once make one message") {
  Post p;
  for (std::size_t i = 0; i < Outbox::most_stories; ++i)
    p.save("more" + std::to_string(i), "Text " + std::to_string(i * 7919), {"Lantern Works"});
  CHECK(p.outbox.make_messages(desk, "h", true, p.now) == 1);
  CHECK_FALSE(p.begin(desk).story);
}

TEST_CASE("what is in a message waits for its reader until it is sent") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  CHECK(Reader{p.file}.alerts_for(desk, {}) == std::vector<std::int64_t>{1, 2});
  p.outbox.end(p.begin(desk), {}, p.now);
  CHECK(Reader{p.file}.alerts_for(desk, {}).empty());
}

TEST_CASE("a try that a clock which was ahead put off comes by the right one") {
  Post p;
  p.outbox.make_messages(desk, "h", false, p.now);
  p.outbox.end(p.begin(desk), {Outcome::again, "450 later", p.now + 864'000}, p.now + 863'940);
  p.outbox.mend_plans(p.now, std::chrono::hours{241});
  CHECK(p.outbox.messages_due(p.now).empty());
  p.outbox.mend_plans(p.now, std::chrono::hours{5});
  CHECK(p.outbox.messages_due(p.now).size() == 1);
}

TEST_CASE("a digest's last run is kept with the schedule that it went by") {
  Post p;
  CHECK_FALSE(p.outbox.last_run("daily"));
  p.outbox.save_run("daily", {"daily 07:00", p.now});
  p.outbox.save_run("daily", {"daily 08:00", p.now + 5});
  const auto run = Outbox{p.file}.last_run("daily");
  REQUIRE(run);
  CHECK(run->schedule == "daily 08:00");
  CHECK(run->at == p.now + 5);
}

TEST_CASE("a claim that was mailed and proves wrong makes a correction") {
  Post p;
  p.save_claim("deal", "Lantern Works has signed with the Rail Police", deal(500));
  send_what_waits(p.file, p.now);
  CHECK(p.store.reject_claim(1, "a rumour", p.now));
  CHECK(rows(p.file,
             "SELECT count(*) FROM v_alerts WHERE kind = 'correction' AND details LIKE 'Rail "
             "Police%: a rumour'") == Lines{"1"});
  CHECK(rows(p.file, "SELECT count(*) FROM v_alerts WHERE kind = 'new_contract'") == Lines{"1"});
}
