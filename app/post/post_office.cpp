#include "app/post/post_office.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "alerts/value_words.h"
#include "app/file_lock.h"
#include "app/log_field.h"

namespace stakeout {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longest_wait{60};
// What comes within so much time of one another goes out together, at once though it is.
constexpr seconds between_rounds{5};

// Whom trouble concerns that is no single reader's.
const std::string everybody;

bool is_at_once(const DigestPlan& digest) {
  return digest.schedule && digest.schedule->is_at_once();
}

}  // namespace

PostOffice::Desk::Desk(PostOffice& office)
    : outbox{office.setup_->database, office.stop_},
      reader{office.setup_->database},
      sender{office.setup_->plan, outbox, reader, [&office] { return office.clock_.now(); },
             [&office](milliseconds at_most) {
               office.heartbeat_.sleep(office.clock_.steady() + at_most);
             }} {}

PostOffice::PostOffice(const Clock& clock, Vitals& vitals, const std::stop_token& stop,
                       Trouble trouble)
    : clock_{clock},
      trouble_{std::move(trouble)},
      heartbeat_{vitals},
      watched_{vitals,
               [this](SteadyTime now) -> std::string {
                 return heartbeat_.is_late(now) ? "the sending of digests does not get on" : "";
               }},
      on_stop_{stop,
               [this] {
                 leaving_.request_stop();
                 look();
               }},
      thread_{[this] { work(); }} {}

PostOffice::~PostOffice() {
  leaving_.request_stop();
  look();
  thread_.join();
}

void PostOffice::go_by(const Settings& settings) {
  {
    const std::lock_guard lock{mutex_};
    next_settings_ = settings;
  }
  changed_.notify_all();
}

void PostOffice::look() {
  {
    const std::lock_guard lock{mutex_};
    has_news_ = true;
  }
  changed_.notify_all();
}

void PostOffice::work() {
  while (!stop_.stop_requested()) {
    heartbeat_.work(clock_.steady());
    try {
      take_setup();
      send();
    } catch (const std::exception& error) {  // the database, no memory
      desk_.reset();
      if (!stop_.stop_requested()) set_trouble(error.what());
    }
    wait();
  }
  desk_.reset();
  heartbeat_.rest();
}

void PostOffice::take_setup() {
  std::optional<Settings> settings;
  {
    const std::lock_guard lock{mutex_};
    settings = std::exchange(next_settings_, std::nullopt);
  }
  if (!settings) settings = std::exchange(refused_settings_, std::nullopt);
  if (!settings) return;
  desk_.reset();
  try {
    setup_ = set_up_post(*settings);
  } catch (...) {  // a watchlist that cannot be read now may be in a minute
    refused_settings_ = std::move(settings);
    setup_.reset();
    throw;
  }
  refused_settings_.reset();
  forget_strangers();
}

// Trouble outlasts a change of the settings until a message gets through, but for that of readers
// whom no digest names any more.
void PostOffice::forget_strangers() {
  const auto concerns = [&](const Recipient& to, const std::string& whom) {
    return whom == everybody ? to.channel == "mail" : to.address == whom;
  };
  std::erase_if(troubles_, [&](const auto& trouble) {
    return std::ranges::none_of(setup_->plan.digests, [&](const DigestPlan& digest) {
      return std::ranges::any_of(digest.to,
                                 [&](const Recipient& to) { return concerns(to, trouble.first); });
    });
  });
}

void PostOffice::tell_trouble() {
  set_trouble(!troubles_.empty() ? troubles_.begin()->second : setup_->fault);
}

void PostOffice::send() {
  if (!setup_) return;
  if (setup_->plan.channels.empty()) {
    tell_trouble();
    return;
  }
  const FileLock lock{setup_->database, send_lock_suffix};
  if (lock.is_taken()) return;  // `digest --send` is at it
  if (!desk_) desk_ = std::make_unique<Desk>(*this);
  note(desk_->sender.send_due(stop_));
}

void PostOffice::note(const SendReport& report) {
  for (const SentMessage& message : report) {
    const std::string what = "digest '" + message.to.digest + "' (" +
                             counted(message.alerts, "alert") + ") to " + message.to.address;
    const std::string& why = message.result.why;
    const LogField digest{"digest", message.to.digest};
    const LogField recipient{"recipient", message.to.address};
    const std::string& server = message.to.channel == "mail" ? everybody : message.to.address;
    if (message.result.outcome != SendResult::Outcome::not_reached) troubles_.erase(server);
    switch (message.result.outcome) {
      case SendResult::Outcome::done:
        spdlog::info("sent {}", what);
        troubles_.erase(message.to.address);
        break;
      case SendResult::Outcome::never:
        spdlog::error("cannot send {}: {}; it is given up (see stakeout digest --outbox)", what,
                      why);
        troubles_.erase(message.to.address);
        break;
      case SendResult::Outcome::later:
        if (message.attempts == 1) spdlog::warn("cannot send {} yet: {}", what, why);
        troubles_[message.to.address] =
            "'" + message.to.digest + "' to " + message.to.address + ": " + why;
        break;
      case SendResult::Outcome::not_reached:
        troubles_[server] = why;
        break;
    }
  }
  tell_trouble();
}

// Tells of trouble once, and of its end.
void PostOffice::set_trouble(const std::string& trouble) {
  if (trouble == told_ || stop_.stop_requested()) return;
  if (!trouble.empty()) spdlog::warn("digests: {}", trouble);
  if (trouble.empty()) spdlog::info("digests get on again");
  told_ = trouble;
  trouble_(trouble.empty() ? trouble : "digests: " + trouble);
}

void PostOffice::wait() {
  const SteadyTime now = clock_.steady();
  SteadyTime deadline = now + longest_wait;
  bool wants_news = false;
  try {
    if (desk_) {
      const auto due = desk_->sender.next_due();
      if (due) {
        const std::int64_t left = std::clamp<std::int64_t>(*due - clock_.now(), 1, 60);
        deadline = std::min(deadline, now + seconds{left});
      }
      wants_news = std::ranges::any_of(setup_->plan.digests, is_at_once);
    }
  } catch (const StorageError&) {  // the next round says what is wrong
    desk_.reset();
  }
  const SteadyTime soonest = now + between_rounds;
  heartbeat_.sleep(deadline);
  std::unique_lock lock{mutex_};
  while (!stop_.stop_requested() && !next_settings_ && clock_.steady() < deadline) {
    if (has_news_ && wants_news) deadline = std::min(deadline, soonest);
    clock_.wait_until(lock, changed_, deadline);
  }
  has_news_ = false;
}

}  // namespace stakeout
