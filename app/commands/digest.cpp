#include "alerts/digest.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "alerts/compose.h"
#include "alerts/mail_channel.h"
#include "app/commands/commands.h"
#include "app/commands/crawl_words.h"
#include "app/commands/listing.h"
#include "app/crawl/system_clock.h"
#include "app/file_lock.h"
#include "app/logging.h"
#include "app/output.h"
#include "app/post/setup.h"
#include "app/session.h"
#include "extractors/values/partial_date.h"

namespace stakeout {
namespace {

struct DigestWords {
  std::string name;
  std::string since;
  std::string format = "text";
  bool preview = false;  // the default
  bool send = false;
  bool again = false;
  bool outbox = false;
};

std::optional<Timestamp> since_of(const std::string& words) {
  if (words.empty()) return std::nullopt;
  if (const auto time = parse_rfc3339(words)) return *time;
  const auto date = parse_partial_date(words);
  if (!date) {
    throw CommandError{
        2, "--since: '" + words + "' is no date such as 2024-09-27 or 2024-09-27T13:05:00Z"};
  }
  return Timestamp{std::chrono::sys_seconds{date->first_day()}.time_since_epoch().count()};
}

// An empty digest after a first crawl is no empty database.
void tell_past(Reader& reader) {
  const std::string past =
      cell_text(reader.rows("SELECT count(*) FROM v_quiet_alerts").rows.front().front());
  if (past == "0") return;
  print_note(past +
             " things are of the past, from the feeds' first reading: see stakeout contracts, "
             "stakeout alerts --past");
}

// The digest that is meant: the one of this name, or the only one there is; nullptr: one of all
// alerts.
const DigestPlan* plan_of(const PostSetup& setup, const std::string& name) {
  if (!name.empty()) {
    if (const DigestPlan* plan = setup.find(name); plan != nullptr) return plan;
    std::string known;
    for (const DigestPlan& each : setup.plan.digests)
      known += (known.empty() ? "" : ", ") + each.name;
    throw CommandError{2, "there is no digest '" + name + "' in the settings; " +
                              (known.empty() ? "they have none" : "they have: " + known)};
  }
  return setup.plan.digests.size() == 1 ? &setup.plan.digests.front() : nullptr;
}

// What a digest would be now: of what waits for any of its readers; or again of what they had since
// then.
DigestScope scope_of(const DigestPlan& plan, Reader& reader, std::optional<Timestamp> since) {
  DigestScope scope;
  scope.alerts.emplace();
  for (const Recipient& to : plan.to) {
    const auto alerts = reader.alerts_for(to, plan.mutes, since);
    scope.alerts->insert(scope.alerts->end(), alerts.begin(), alerts.end());
  }
  return scope;
}

// The mail as it would go to the first reader.
std::string as_mail(const Settings& settings, const DigestPlan& plan, const Digest& digest) {
  const Timestamp now = SystemClock{}.now();
  const auto from = parse_mailbox(settings.smtp.from);
  const Mailbox sender = from ? *from : Mailbox{"Stakeout", "stakeout@localhost"};
  OutgoingDigest outgoing;
  outgoing.digest = digest;
  outgoing.name = plan.name;
  const auto reader = std::ranges::find(plan.to, "mail", &Recipient::channel);
  const Recipient to =
      reader == plan.to.end() ? Recipient{plan.name, "mail", sender.address} : *reader;
  outgoing.recipient = to.address;
  outgoing.message_id = Outbox::id_without_alerts(to, sender.domain(), now);
  outgoing.made_at = now;
  outgoing.watch = digest.watch;
  outgoing.max_bytes = plan.max_bytes;
  return mail_of(outgoing, sender);
}

void show(const Session& session, const DigestWords& words) {
  const auto since = since_of(words.since);
  const Settings settings = settings_for(session, {});
  const PostSetup setup = set_up_post(settings);
  const DigestPlan* const plan = plan_of(setup, words.name);
  Reader reader{session.existing_database()};
  DigestScope scope;
  scope.since = since;
  if (plan != nullptr) scope = scope_of(*plan, reader, since);
  const Digest digest = compose_digest(reader, scope);
  if (digest.alerts == 0 && !session.quiet) tell_past(reader);
  if (words.format == "eml") {
    DigestPlan all;
    all.name = "all";
    all.max_bytes = static_cast<std::size_t>(DigestSettings{}.max_size);
    std::cout << as_mail(settings, plan == nullptr ? all : *plan, digest);
  } else {
    std::cout << (words.format == "html" ? render_html(digest) : render_text(digest));
  }
}

// The messages of a digest, or of all: those that are not sent first, then the latest.
void list_outbox(const Session& session, const DigestWords& words, const ListingOptions& options) {
  Reader reader{session.existing_database()};
  const std::size_t limit = options.checked_filter().limit;
  Table messages = reader.rows(
      "SELECT digest, recipient, state, count(*) AS alerts, max(attempts) AS attempts, "
      "last_error, max(sent_at) AS sent_at, "
      "channel, message_id FROM v_deliveries "
      "WHERE ?1 IN ('', digest) GROUP BY digest, channel, recipient, state, message_id "
      "ORDER BY state = 'sent', max(id) DESC LIMIT ?2",
      {words.name, static_cast<std::int64_t>(limit)});
  if (messages.rows.empty() && options.form() == OutputForm::table) {
    if (!session.quiet)
      print_note("there are no messages: nothing waits for a reader, and nothing was sent");
    return;
  }
  print_listing(std::move(messages), options, session);
}

// "desk: ann@example.org: sent, 12 alerts"; how many were not sent is added to `failed`.
void print(const SendReport& report, int& failed) {
  for (const SentMessage& message : report) {
    std::cout << message.to.digest << ": " << message.to.address << ": ";
    if (message.result.outcome == SendResult::Outcome::done) {
      std::cout << "sent, " << message.alerts << (message.alerts == 1 ? " alert\n" : " alerts\n");
      continue;
    }
    ++failed;
    std::cout << message.result.why;
    if (message.retry_at) std::cout << "; again at " << to_rfc3339(*message.retry_at);
    std::cout << '\n';
  }
}

// Sends the digest of that name, or all there are.
void send(Session& session, const DigestWords& words) {
  const Settings settings = settings_for(session, {});
  const PostSetup setup = set_up_post(settings);
  const DigestPlan* const only = plan_of(setup, words.name);
  if (setup.plan.digests.empty())
    throw CommandError{2, "the settings have no [[digest]] that could be sent"};
  if (!setup.fault.empty() && setup.plan.channels.empty()) throw CommandError{1, setup.fault};
  const auto database = session.existing_database();
  const FileLock lock{database, send_lock_suffix};
  if (lock.is_taken()) {
    throw CommandError{
        1, "another stakeout is sending from " + database.string() + " at the moment; try again"};
  }
  Outbox outbox{database};
  Reader reader{database};
  const SystemClock clock;
  Sender sender{setup.plan, outbox, reader, [&] { return clock.now(); }};
  SendReport all;
  for (const DigestPlan& digest : setup.plan.digests) {
    if (only != nullptr && &digest != only) continue;
    if (words.again) {
      for (const Recipient& to : digest.to) outbox.revive(to);
    }
    for (SentMessage& message : sender.send_now(digest, {})) all.push_back(std::move(message));
  }
  int failed = 0;
  print(all, failed);
  if (!setup.fault.empty()) {
    print_failure(session, setup.fault);
    if (all.empty()) session.exit_code = 1;
  }
  if (all.empty() && setup.fault.empty() && !session.quiet) print_note("nothing waits to be sent");
  if (failed > 0) session.exit_code = static_cast<std::size_t>(failed) == all.size() ? 1 : 3;
}

}  // namespace

void add_digest_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "digest", "What is new and what has changed, as one message: shown, or sent");
  const auto words = std::make_shared<DigestWords>();
  command->add_option("NAME", words->name,
                      "A [[digest]] of the settings; without it the only one there is, or one of "
                      "all alerts");
  CLI::Option* const preview =
      command->add_flag("--preview,--dry-run", words->preview,
                        "Print what waits for its readers, and send nothing (the default)");
  CLI::Option* const since = command->add_option(
      "--since", words->since, "Instead the alerts raised since this date or instant, sent or not");
  CLI::Option* const format =
      command->add_option("--format", words->format, "text, html, or the whole mail as eml")
          ->check(CLI::IsMember({"text", "html", "eml"}))
          ->capture_default_str();
  CLI::Option* const send_flag =
      command
          ->add_flag("--send", words->send,
                     "Send it now, whatever its schedule says; without NAME all there are")
          ->excludes(preview)
          ->excludes(since)
          ->excludes(format);
  command->add_flag("--again", words->again, "With --send: also what was given up before")
      ->needs(send_flag);
  const auto listing = std::make_shared<ListingOptions>();
  CLI::Option* const outbox =
      command
          ->add_flag("--outbox", words->outbox,
                     "List its messages instead: to whom, in what state, and why not yet")
          ->excludes(preview)
          ->excludes(since)
          ->excludes(format)
          ->excludes(send_flag);
  add_form_options(*command, listing);
  add_limit_option(*command, listing);
  for (const char* name : {"--json", "--csv", "--limit"}) command->get_option(name)->needs(outbox);
  command->callback([&session, words, listing] {
    if (words->outbox) {
      list_outbox(session, *words, *listing);
    } else if (words->send) {
      send(session, *words);
    } else {
      show(session, *words);
    }
  });
}

}  // namespace stakeout
