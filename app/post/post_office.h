#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "app/crawl/vitals.h"
#include "app/post/setup.h"
#include "crawler/clock.h"
#include "storage/outbox.h"
#include "storage/reader.h"

namespace stakeout {

// Sends digests while the service crawls, in a thread of its own with connections of its own, so
// that a slow mail server holds up nothing but mail. It outlives engines and reloads: new settings
// are in force from the next message on.
//
// What is due is looked for when the next schedule or retry says so, at least once a minute, and,
// where a digest goes out at once, soon after look().
class PostOffice {
 public:
  // What is wrong with the sending; empty: nothing. Called on the office's thread when it changes.
  using Trouble = std::function<void(const std::string&)>;

  // All are borrowed. Ends with this object, or when `stop` is requested: what is being sent is
  // broken off, and goes out again under its id.
  PostOffice(const Clock& clock, Vitals& vitals, const std::stop_token& stop, Trouble trouble);
  ~PostOffice();
  PostOffice(const PostOffice&) = delete;
  PostOffice& operator=(const PostOffice&) = delete;

  // The settings in force, whose database stands. Any thread.
  void go_by(const Settings& settings);

  // There may be something new to send. Any thread.
  void look();

 private:
  // What is open while one setup is in force, until the database gives trouble.
  struct Desk {
    explicit Desk(PostOffice& office);

    Outbox outbox;
    Reader reader;
    Sender sender;
  };

  void work();
  void take_setup();
  void send();
  void note(const SendReport& report);
  void forget_strangers();
  void tell_trouble();
  void set_trouble(const std::string& trouble);
  void wait();

  const Clock& clock_;
  std::stop_source leaving_;
  const std::stop_token stop_ = leaving_.get_token();
  Trouble trouble_;
  Heartbeat heartbeat_;
  Vitals::Watched watched_;

  std::mutex mutex_;  // guards the next two
  std::optional<Settings> next_settings_;
  bool has_news_ = false;
  std::condition_variable changed_;

  // The thread's own.
  std::optional<Settings> refused_settings_;  // that could not be followed when they were tried
  std::optional<PostSetup> setup_;
  std::unique_ptr<Desk> desk_;                   // borrows the setup
  std::map<std::string, std::string> troubles_;  // by reader; of all of them under ""
  std::string told_;

  std::stop_callback<std::function<void()>> on_stop_;
  std::thread thread_;
};

}  // namespace stakeout
