#include "alerts/sender.h"

#include <deque>

#include <doctest/doctest.h>

#include "tests/storage/alert_store.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;

// A way to readers that keeps what it is given, and does what the test wants.
class FakeChannel final : public Channel {
 public:
  SendResult send(const OutgoingDigest& digest, const std::stop_token&) override {
    given.push_back(digest);
    if (on_send) on_send();
    const auto answer = answers.find(digest.recipient);
    if (answer == answers.end() || answer->second.empty()) return {};
    const SendResult result = answer->second.front();
    answer->second.pop_front();
    return result;
  }
  [[nodiscard]] std::chrono::milliseconds time_limit() const override {
    return std::chrono::seconds{1};
  }

  std::vector<OutgoingDigest> given;
  std::map<std::string, std::deque<SendResult>> answers;  // by recipient; then all is done
  std::function<void()> on_send;
};

const std::string ann = "ann@example.org";
const std::string ben = "ben@example.org";

// Two readers of one digest, and a store that tells of Lantern Works. It is Monday, 06:00 UTC.
struct Post : AlertStore {
  FakeChannel channel;
  SenderPlan plan;
  Outbox outbox{file};
  Reader database{file};
  int articles = 0;

  explicit Post(const std::string& schedule) {
    store.sync_subscriptions({reader(ann), reader(ben)});
    DigestPlan digest;
    digest.name = "daily";
    digest.schedule_text = schedule;
    if (!schedule.empty()) digest.schedule = parse_schedule(schedule).value();
    digest.max_bytes = 90'000;
    digest.to = {{"daily", "mail", ann}, {"daily", "mail", ben}};
    plan.digests.push_back(digest);
    plan.channels["mail"] = &channel;
    plan.host = "example.org";
    plan.zone = "UTC";
  }

  // One more alert, of a story of its own.
  void news() {
    const std::string name = "n" + std::to_string(++articles);
    save(name, "Text number " + name + " that is like no other " + std::to_string(articles * 7919),
         {"Lantern Works"});
  }
  // A sender as after a start of the program.
  Sender sender() {
    return {plan, outbox, database, [this] { return now; }};
  }
  SendReport send_due() { return sender().send_due({}); }
  // What was sent since the last call: "RECIPIENT COUNT".
  Lines sent() {
    Lines lines;
    for (const OutgoingDigest& digest : channel.given)
      lines.push_back(digest.recipient + " " + std::to_string(digest.digest.alerts));
    channel.given.clear();
    return lines;
  }
  void at(const char* time) { now = parse_rfc3339(time).value(); }
};

}  // namespace

TEST_CASE("a digest goes out at its time to each reader, and what was sent is not sent again") {
  Post p{"daily 07:00"};
  p.news();
  CHECK(p.send_due().empty());
  p.at("2024-10-07T06:59:59Z");
  p.news();
  CHECK(p.send_due().empty());
  p.at("2024-10-07T07:00:00Z");
  CHECK(p.send_due().size() == 2);
  CHECK(p.sent() == Lines{ann + " 2", ben + " 2"});
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T23:00:00Z");
  CHECK(p.send_due().empty());
  p.at("2024-10-08T07:00:00Z");
  p.send_due();
  CHECK(p.sent() == Lines{ann + " 1", ben + " 1"});
  CHECK(rows(p.file,
             "SELECT count(*), count(DISTINCT alert_id || recipient) FROM v_deliveries "
             "WHERE state = 'sent'") == Lines{"6|6"});
}

TEST_CASE("missed runs are made up once") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-11T03:00:00Z");
  p.send_due();
  CHECK(p.sent() == Lines{ann + " 1", ben + " 1"});
  p.news();
  CHECK(p.send_due().empty());
  p.at("2024-10-11T07:00:00Z");
  CHECK(p.send_due().size() == 2);
}

TEST_CASE("a clock that jumps sends nothing twice, and the schedule recovers") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2034-01-01T12:00:00Z");
  CHECK(p.send_due().size() == 2);
  p.sent();
  p.at("2024-10-07T06:30:00Z");
  CHECK(p.send_due().empty());
  p.at("2024-10-07T07:00:00Z");
  CHECK(p.send_due().empty());  // all was sent
  p.news();
  p.at("2024-10-08T07:00:00Z");
  p.send_due();
  CHECK(p.sent() == Lines{ann + " 1", ben + " 1"});
  // A small step back, over the time that it went out.
  p.news();
  p.at("2024-10-08T06:59:00Z");
  CHECK(p.send_due().empty());
  p.at("2024-10-08T07:00:01Z");
  CHECK(p.send_due().empty());
  p.at("2024-10-09T07:00:00Z");
  CHECK(p.send_due().size() == 2);
}

TEST_CASE("a changed schedule counts from the change on") {
  Post p{"mondays 08:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T07:30:00Z");
  p.plan.digests[0].schedule_text = "daily 07:00";
  p.plan.digests[0].schedule = parse_schedule("daily 07:00").value();
  CHECK(p.send_due().empty());
  p.at("2024-10-08T07:00:00Z");
  CHECK(p.send_due().size() == 2);
}

TEST_CASE("without a schedule a digest goes out when a person says so") {
  Post p{""};
  p.news();
  p.at("2024-10-20T07:00:00Z");
  CHECK(p.send_due().empty());
  CHECK(p.sender().send_now(p.plan.digests[0], {}).size() == 2);
  CHECK(p.sender().send_now(p.plan.digests[0], {}).empty());
}

TEST_CASE("nothing is said when there is nothing, unless that is asked for") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.at("2024-10-08T07:00:00Z");
  CHECK(p.send_due().empty());
  p.plan.digests[0].sends_when_empty = true;
  p.at("2024-10-09T07:00:00Z");
  CHECK(p.send_due().size() == 2);
  CHECK(p.channel.given[0].digest.subject == "nothing new");
  CHECK(p.channel.given[0].message_id != p.channel.given[1].message_id);
  CHECK(p.send_due().empty());
}

TEST_CASE("what goes out at once is one message a story, in the story's thread") {
  Post p{"at once"};
  p.news();
  p.news();
  CHECK(p.send_due().size() == 4);
  const std::string first = p.channel.given[0].message_id;
  CHECK(p.channel.given[0].recipient == ann);
  REQUIRE(p.channel.given[0].story);
  CHECK(p.channel.given[0].watch == "Lantern Works");
  CHECK(p.channel.given[2].recipient == ann);
  CHECK(p.channel.given[0].story != p.channel.given[2].story);
  CHECK(p.channel.given[0].thread.empty());
  p.sent();
  p.save("copy", "Text number n1 that is like no other", {"Glasshouse Systems"},
         {{1, 0.9, "the same words"}});
  p.send_due();
  REQUIRE(p.channel.given.size() == 2);
  CHECK(p.channel.given[0].thread == std::vector<std::string>{first});
}

TEST_CASE("one refused reader holds up nobody, and is told of") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T07:00:00Z");
  p.channel.answers[ann] = {{Outcome::never, "550 nobody"}};
  const SendReport report = p.send_due();
  REQUIRE(report.size() == 2);
  CHECK(report[0].result.outcome == Outcome::never);
  CHECK(report[1].result.outcome == Outcome::done);
  CHECK(rows(p.file, "SELECT recipient, state, last_error FROM v_deliveries ORDER BY 1") ==
        Lines{ann + "|failed|550 nobody", ben + "|sent|NULL"});
  p.at("2024-10-08T07:00:00Z");
  CHECK(p.send_due().empty());
}

TEST_CASE("what is put off is tried for a day under one id, with longer and longer pauses") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T07:00:00Z");
  for (int i = 0; i < 20; ++i) p.channel.answers[ann].push_back({Outcome::later, "451 later"});
  const Timestamp start = p.now;
  Sender sender = p.sender();
  int tries = 0;
  Outcome last = Outcome::done;
  for (int rounds = 0; last != Outcome::never && rounds < 50; ++rounds) {
    for (const SentMessage& message : sender.send_due({})) {
      if (message.to.address != ann) continue;
      ++tries;
      last = message.result.outcome;
    }
    if (last == Outcome::later) p.now = p.outbox.next_attempt(p.now).value();
  }
  CHECK(last == Outcome::never);
  CHECK(tries == 12);
  CHECK(p.now - start == 86'400);
  std::vector<std::string> ids;
  for (const OutgoingDigest& digest : p.channel.given) {
    if (digest.recipient == ann) ids.push_back(digest.message_id);
  }
  CHECK(std::ranges::count(ids, ids.front()) == 12);
  CHECK(rows(p.file, "SELECT state, attempts FROM v_deliveries WHERE recipient = '" + ann + "'") ==
        Lines{"failed|12"});
}

TEST_CASE("a server that nobody reaches is left alone for all, and costs no message a try") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T07:00:00Z");
  p.channel.answers[ann] = {{Outcome::not_reached, "no way"}, {Outcome::not_reached, "no way"}};
  Sender sender = p.sender();
  CHECK(sender.send_due({}).size() == 1);
  CHECK(sender.send_due({}).empty());
  p.now = p.now + 60;
  CHECK(sender.send_due({}).size() == 1);
  p.now = p.now + 60;
  CHECK(sender.send_due({}).empty());
  p.now = p.now + 60;
  CHECK(sender.send_due({}).size() == 2);
  CHECK(rows(p.file, "SELECT state, attempts FROM v_deliveries ORDER BY recipient") ==
        Lines{"sent|1", "sent|1"});
}

TEST_CASE("what a crash left half-way goes out again under its id") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T07:00:00Z");
  struct Crash {};
  p.channel.on_send = [] { throw Crash{}; };
  CHECK_THROWS_AS(p.send_due(), Crash);
  const std::string id = p.channel.given.at(0).message_id;
  p.channel.given.clear();
  p.channel.on_send = nullptr;
  p.send_due();
  CHECK(p.channel.given.at(0).message_id == id);
  CHECK(p.sent() == Lines{ann + " 1", ben + " 1"});
  CHECK(p.send_due().empty());
}

TEST_CASE("what is taken back before it is sent is not sent, and a correction goes out") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  REQUIRE(p.store.reject_mention(1, "another firm", p.now));
  p.at("2024-10-07T07:00:00Z");
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-08T07:00:00Z");
  CHECK(p.send_due().size() == 2);
  p.channel.given.clear();
  REQUIRE(p.store.reject_mention(2, "another firm", p.now));
  p.at("2024-10-09T07:00:00Z");
  CHECK(p.send_due().size() == 2);
  CHECK(p.channel.given.at(0).digest.subject.find("Correction: ") != std::string::npos);
}

TEST_CASE("a reader who is no longer in the settings is sent nothing more") {
  Post p{"daily 07:00"};
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T07:00:00Z");
  p.channel.answers[ann] = {{Outcome::later, "451 later"}};
  p.send_due();
  p.plan.digests[0].to.erase(p.plan.digests[0].to.begin());
  p.at("2024-10-08T07:00:00Z");
  CHECK(p.send_due().empty());
}

TEST_CASE("the next thing to do is the next run, or an earlier retry") {
  Post p{"daily 07:00"};
  CHECK(p.sender().next_due() == parse_rfc3339("2024-10-07T07:00:00Z").value());
  CHECK(p.send_due().empty());
  p.news();
  p.at("2024-10-07T07:00:00Z");
  p.channel.answers[ann] = {{Outcome::later, "451 later"}};
  p.send_due();
  CHECK(p.sender().next_due() == p.now + 60);
}

}  // namespace stakeout
