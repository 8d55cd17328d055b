#include "storage/contract_history.h"

#include <doctest/doctest.h>

#include "tests/storage/deal_claims.h"

using namespace stakeout;
using namespace stakeout::sample;

TEST_CASE("the states of a deal become events, told once") {
  const DealClaim begun = signed_on(in_state(report("2024-10-01"), Status::signed_), "2024-09-27");
  DealClaim stopped = in_state(report("2024-10-21"), Status::stop_work);
  stopped.history = {{Status::stop_work, date("2024-10-08"), "stopped on October 8"}};
  const DealClaim background = in_state(report("2024-12-20"), Status::stop_work);
  const DealClaim resumed = in_state(report("2025-09-02"), Status::resumed);
  const DealClaim retold = in_state(report("2025-09-05"), Status::signed_);
  const MergedDeal deal = merged({begun, stopped, background, resumed, retold});
  CHECK(told(deal.events) == Lines{"status - > signed 2024-09-27",
                                   "status signed > stop_work 2024-10-08",
                                   "status stop_work > resumed -"});
  CHECK(deal.status == Status::resumed);
  CHECK(deal.events[1].quote == "stopped on October 8");
}

TEST_CASE("one late article can tell the whole history") {
  DealClaim late = signed_on(in_state(report("2025-09-04"), Status::resumed), "2024-09-27");
  late.history = {{Status::signed_, date("2024-09-27"), ""},
                  {Status::stop_work, date("2024-10"), ""},
                  {Status::resumed, date("2025-08-30"), ""}};
  CHECK(told(merged({late}).events) == Lines{"status - > signed 2024-09-27",
                                             "status signed > stop_work 2024-10",
                                             "status stop_work > resumed 2025-08-30"});
}

TEST_CASE("a beginning without a date comes before what can only happen to a deal") {
  DealClaim stopped = in_state(report("2025-01-01"), Status::signed_);
  stopped.history = {{Status::signed_, std::nullopt, ""}, {Status::stop_work, date("2024-10"), ""}};
  stopped.status = Status::stop_work;
  CHECK(told(merged({stopped}).events) ==
        Lines{"status - > signed -", "status signed > stop_work 2024-10"});
}

TEST_CASE("what an article tells as ended came before its end, whatever day it is told on") {
  DealClaim late = in_state(report("2025-09-04"), Status::resumed);
  late.history = {{Status::signed_, date("2024-09-27"), ""},
                  {Status::stop_work, std::nullopt, ""},
                  {Status::resumed, date("2025-08-30"), ""}};
  const MergedDeal deal = merged({late});
  CHECK(told(deal.events) == Lines{"status - > signed 2024-09-27", "status signed > stop_work -",
                                   "status stop_work > resumed 2025-08-30"});
  CHECK(deal.status == Status::resumed);
}

TEST_CASE("a month is over before what was reported after it, not before what came in it") {
  DealClaim stopped = in_state(report("2024-10-21"), Status::stop_work);
  stopped.history = {{Status::stop_work, date("2024-10-08"), ""}};
  DealClaim held = in_state(report("2025-09-02"), Status::under_review);
  held.history = {{Status::under_review, date("2024-10"), ""}};
  CHECK(told(merged({stopped, held}).events) ==
        Lines{"status - > stop_work 2024-10-08", "status stop_work > under_review 2024-10"});
}

TEST_CASE("what ended came before its first end, however precisely others know its day") {
  const auto telling = [](const char* reported, std::vector<StatusReport> history) {
    DealClaim c = in_state(report(reported), history.back().status);
    c.history = std::move(history);
    return c;
  };
  const StatusReport halt{Status::stop_work, std::nullopt, ""};
  const auto on = [](Status status, const char* day) {
    return StatusReport{status, date(day), ""};
  };
  const StatusReport resumed = on(Status::resumed, "2025-03-15");
  const StatusReport ended = on(Status::cancelled, "2025-03-20");
  const auto told_of = [](const std::string& day) {
    return Lines{"status - > stop_work " + day, "status stop_work > resumed 2025-03-15",
                 "status resumed > cancelled 2025-03-20"};
  };
  CHECK(told(merged({telling("2025-04-01", {halt, resumed, ended})}).events) == told_of("-"));
  const DealClaim vague = telling("2025-04-01", {on(Status::stop_work, "2025-03"), ended});
  const DealClaim exact = telling("2025-04-02", {on(Status::stop_work, "2025-03-10"), resumed});
  CHECK(told(merged({vague, exact}).events) == told_of("2025-03-10"));
  const DealClaim closed =
      telling("2025-04-03", {on(Status::stop_work, "2025-03"), resumed, ended});
  CHECK(told(merged({telling("2025-03-31", {on(Status::stop_work, "2025-03")}), closed}).events) ==
        told_of("2025-03"));
  const MergedDeal late = merged({telling("2025-03-05", {halt}), telling("2025-03-16", {resumed}),
                                  telling("2025-03-21", {ended}),
                                  telling("2025-04-04", {on(Status::stop_work, "2025")})});
  CHECK(told(late.events) == told_of("2025"));
  CHECK(late.events.front().reported_at == "2025-03-05");
}

TEST_CASE("a deal of which the year is known came after the plans of that year") {
  DealClaim plan = in_state(report("2024-03-02"), Status::proposed);
  plan.history = {{Status::proposed, date("2024-03-01"), ""}};
  const DealClaim begun = signed_on(in_state(report("2025-01-05"), Status::signed_), "2024");
  CHECK(told(merged({plan, begun}).events) ==
        Lines{"status - > proposed 2024-03-01", "status proposed > signed 2024"});
}

TEST_CASE("an order to stop work outranks the review that it serves") {
  const MergedDeal deal = merged({in_state(report("2024-10-08"), Status::stop_work),
                                  in_state(report("2024-10-21"), Status::under_review)});
  CHECK(deal.status == Status::stop_work);
}

TEST_CASE("an award that is upheld is an event of its contract, even when it was awarded before") {
  const DealClaim begun = signed_on(in_state(report("2024-10-01"), Status::awarded), "2024-09-27");
  DealClaim stopped = in_state(report("2024-10-21"), Status::stop_work);
  DealClaim upheld = in_state(report("2025-02-03"), Status::awarded);
  upheld.history = {{Status::awarded, date("2025-02-01"), "it stays", true}};
  const MergedDeal deal = merged({begun, stopped, upheld});
  CHECK(told(deal.events) == Lines{"status - > awarded 2024-09-27", "status awarded > stop_work -",
                                   "status stop_work > awarded 2025-02-01"});
  CHECK(deal.status == Status::awarded);
  CHECK(told(merged({begun, upheld}).events) ==
        Lines{"status - > awarded 2024-09-27", "status awarded > awarded 2025-02-01"});
}

TEST_CASE("a protest that is denied and the work that goes on are one event") {
  const DealClaim begun = signed_on(in_state(report("2024-10-01"), Status::awarded), "2024-09-27");
  const DealClaim stopped = in_state(report("2024-10-21"), Status::stop_work);
  DealClaim denied = in_state(report("2025-02-03"), Status::resumed);
  denied.history = {{Status::awarded, date("2025-02-01"), "denied", true},
                    {Status::resumed, std::nullopt, "goes on"}};
  CHECK(told(merged({begun, stopped, denied}).events) ==
        Lines{"status - > awarded 2024-09-27", "status awarded > stop_work -",
              "status stop_work > resumed 2025-02-01"});
}

TEST_CASE("the day of signing of an extension is no day of signing of the deal") {
  const DealClaim known = in_state(report("2024-02-01"), Status::signed_);
  DealClaim renewed = signed_on(in_state(report("2024-10-03"), Status::extended), "2024-10-01");
  renewed.history = {{Status::extended, date("2024-10-01"), ""}};
  CHECK_FALSE(merged({known, renewed}).signed_on);
  CHECK(told(merged({known, renewed}).events) ==
        Lines{"status - > signed -", "status signed > extended 2024-10-01"});
  // Where nothing else is known it is the one.
  CHECK(merged({renewed}).signed_on == date("2024-10-01"));
  CHECK(told(merged({renewed}).events) == Lines{"status - > extended 2024-10-01"});
}
