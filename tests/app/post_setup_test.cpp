// From the settings of a digest to a webhook and an Atom file.
#include <deque>

#include <doctest/doctest.h>

#include "app/post/setup.h"
#include "tests/storage/alert_store.h"
#include "tests/support/loopback_server.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;

// A store, settings that send its news by webhook and Atom file, and what the hook answers in turn.
struct Desk : AlertStore {
  LoopbackServer server;
  std::deque<ServedResponse> answers;
  std::vector<std::string> keys;  // of the messages, in the order in which they came
  LoopbackServer::Route route = server.route("/hook", [this](const ServedRequest& request) {
    keys.push_back(request.headers.at("idempotency-key"));
    if (answers.empty()) return ServedResponse{};
    const ServedResponse answer = answers.front();
    answers.pop_front();
    return answer;
  });
  std::string feed = (directory.path() / "desk.atom").string();
  Settings settings = settings_of("");

  [[nodiscard]] Settings settings_of(const std::string& more) const {
    const auto path = directory.write(
        "stakeout.toml", "[[digest]]\nname = \"desk\"\nwebhook = [\"" + server.url("/hook") +
                             "\"]\natom = \"" + feed + "\"\n" + more);
    auto read = load_settings(path, {});
    REQUIRE(read.has_value());
    return *read;
  }

  Desk() {
    std::vector<Subscription> subscriptions;
    for (const Recipient& to : recipients_of(settings.digests.front())) {
      Subscription subscription;
      subscription.to = to;
      subscriptions.push_back(subscription);
    }
    store.sync_subscriptions(subscriptions);
    save("a", "Lantern Works sold cameras to the city.", {"Lantern Works"});
  }

  std::vector<Outcome> send() {
    const PostSetup setup = set_up_post(settings);
    CHECK(setup.fault.empty());
    Outbox outbox{file};
    Reader reader{file};
    Sender sender{setup.plan, outbox, reader, [this] { return now; }};
    std::vector<Outcome> outcomes;
    for (const SentMessage& each : sender.send_now(setup.plan.digests.front(), {}))
      outcomes.push_back(each.result.outcome);
    return outcomes;
  }
};

}  // namespace

TEST_CASE("a digest without mail goes to its webhook and its feed, once to each") {
  Desk desk;
  CHECK(desk.send() == std::vector{Outcome::done, Outcome::done});
  CHECK(desk.send().empty());
  CHECK(desk.keys.size() == 1);
  CHECK(std::filesystem::exists(desk.feed));
}

TEST_CASE("a webhook that fails first, then dies, gets the message again under its key") {
  Desk desk;
  desk.answers = {{.status = 503}, {.hang_up = true}};
  CHECK(desk.send() == std::vector{Outcome::later, Outcome::done});
  CHECK(desk.send() == std::vector{Outcome::later});
  CHECK(desk.send() == std::vector{Outcome::done});
  REQUIRE(desk.keys.size() == 3);
  CHECK(desk.keys[0] == desk.keys[1]);
  CHECK(desk.keys[1] == desk.keys[2]);
}

TEST_CASE("a secret that cannot be read is told, and the other channels go on") {
  const Desk desk;
  const PostSetup setup = set_up_post(desk.settings_of("webhook_secret_file = \"missing\"\n"));
  CHECK(setup.fault.find("missing") != std::string::npos);
  CHECK(setup.plan.channels.contains("atom"));
  CHECK_FALSE(setup.plan.channels.contains("webhook desk"));
}

TEST_CASE("readers by mail need a mail server, whatever other channels there are") {
  const Desk desk;
  const PostSetup setup = set_up_post(desk.settings_of("to = [\"ann@example.org\"]\n"));
  CHECK(setup.fault.find("smtp.url") != std::string::npos);
  CHECK(setup.plan.channels.size() == 2);
}

}  // namespace stakeout
