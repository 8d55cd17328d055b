#include "crawler/fetcher_curl.h"

#include <atomic>
#include <cstddef>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>

#include <curl/curl.h>

#include "crawler/curl_transfer.h"
#include "crawler/response_head.h"
#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using CurlMulti = std::unique_ptr<CURLM, FreeWith<curl_multi_cleanup>>;

constexpr int longest_sleep_ms = 3'600'000;
constexpr std::chrono::milliseconds flood_check_interval{200};

}  // namespace

std::string user_agent(std::string_view version, std::string_view contact) {
  std::string agent = "stakeout/" + std::string{version};
  if (!contact.empty()) agent += " (+" + without_controls(contact) + ")";
  return agent;
}

class CurlFetcher::Impl {
 public:
  Impl(FetchOptions options, const Clock& clock) : options_{std::move(options)}, clock_{clock} {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
      throw std::runtime_error{"libcurl cannot be set up"};
    }
    multi_.reset(curl_multi_init());
    if (!multi_) throw std::runtime_error{"libcurl cannot be set up"};
    // A crawl goes round its hosts: a connection is wanted again after all the others had theirs.
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 4L * options_.connections);
    thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
  }

  ~Impl() {
    thread_.request_stop();
    curl_multi_wakeup(multi_.get());
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void start(FetchRequest request, Done done) {
    auto transfer = std::make_unique<CurlTransfer>(std::move(request), std::move(done), options_);
    {
      const std::lock_guard lock{mutex_};
      inbox_.push_back(std::move(transfer));
    }
    wake();
  }

  void resume() {
    resume_ = true;
    wake();
  }

 private:
  using TransferPtr = std::unique_ptr<CurlTransfer>;

  // The network thread looks at what is new by itself before it sleeps.
  void wake() {
    if (std::this_thread::get_id() != thread_.get_id()) curl_multi_wakeup(multi_.get());
  }

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      take_inbox();
      begin_waiting();
      if (resume_.exchange(false)) resume_paused();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      end_floods();
      if (end_finished()) continue;  // places are free, and `done` may have started more
      if (resume_) continue;
      curl_multi_poll(multi_.get(), nullptr, 0, longest_sleep_ms, nullptr);
    }
    end_all();
  }

  void take_inbox() {
    const std::lock_guard lock{mutex_};
    for (TransferPtr& transfer : inbox_) waiting_.push_back(std::move(transfer));
    inbox_.clear();
  }

  void begin_waiting() {
    while (!waiting_.empty() &&
           under_way_.size() < static_cast<std::size_t>(options_.connections)) {
      TransferPtr transfer = std::move(waiting_.front());
      waiting_.pop_front();
      if (const auto refusal = transfer->refusal_by_url()) {
        transfer->done(tl::unexpected<FetchFault>{*refusal});
        continue;
      }
      transfer->begin(take_handle());
      CURL* easy = transfer->handle();
      under_way_.emplace(easy, std::move(transfer));
      curl_multi_add_handle(multi_.get(), easy);
    }
  }

  CurlHandle take_handle() {
    if (idle_.empty()) return make_curl_handle(options_);
    CurlHandle easy = std::move(idle_.back());
    idle_.pop_back();
    return easy;
  }

  bool end_finished() {
    bool any = false;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;  // before the message goes with the handle
      end(message->easy_handle, code);
      any = true;
    }
    return any;
  }

  void end(CURL* easy, int code) {
    const auto found = under_way_.find(easy);
    CurlTransfer& transfer = *found->second;
    if (transfer.begin_again(code)) {
      curl_multi_remove_handle(multi_.get(), easy);
      curl_multi_add_handle(multi_.get(), easy);
      return;
    }
    auto result = transfer.result(code, clock_.now());
    curl_multi_remove_handle(multi_.get(), easy);
    idle_.push_back(transfer.take_handle());
    const TransferPtr ended = std::move(found->second);
    under_way_.erase(found);
    ended->done(std::move(result));
  }

  // Lets the transfers go on that wait for room; those that still have none pause again.
  void resume_paused() {
    std::vector<CURL*> paused;
    for (const auto& [easy, transfer] : under_way_) {
      if (transfer->is_paused()) paused.push_back(easy);
    }
    for (CURL* easy : paused) {
      const int code = under_way_.at(easy)->resume();
      if (code != CURLE_OK) end(easy, code);
    }
  }

  // Nothing wakes the thread for this; a flood does.
  void end_floods() {
    const SteadyTime now = clock_.steady();
    if (now - floods_looked_for_ < flood_check_interval) return;
    floods_looked_for_ = now;
    std::vector<CURL*> floods;
    for (const auto& [easy, transfer] : under_way_) {
      if (transfer->is_flood()) floods.push_back(easy);
    }
    for (CURL* easy : floods) end(easy, CURLE_ABORTED_BY_CALLBACK);
  }

  // Whatever is left ends with an Error, also what `done` starts meanwhile.
  void end_all() {
    const auto give_up = [](const CurlTransfer& transfer) {
      transfer.done(fault(FaultKind::refused, "the fetcher has been stopped"));
    };
    for (auto& [easy, transfer] : under_way_) {
      curl_multi_remove_handle(multi_.get(), easy);
      give_up(*transfer);
    }
    under_way_.clear();
    for (take_inbox(); !waiting_.empty(); take_inbox()) {
      const TransferPtr transfer = std::move(waiting_.front());
      waiting_.pop_front();
      give_up(*transfer);
    }
  }

  const FetchOptions options_;
  const Clock& clock_;
  CurlMulti multi_;

  std::mutex mutex_;  // guards inbox_
  std::deque<TransferPtr> inbox_;

  std::atomic<bool> resume_{false};  // paused transfers are to be asked again

  // The network thread's own.
  SteadyTime floods_looked_for_{};
  std::deque<TransferPtr> waiting_;
  std::unordered_map<CURL*, TransferPtr> under_way_;
  std::vector<CurlHandle> idle_;

  std::jthread thread_;  // last: it uses all of the above
};

CurlFetcher::CurlFetcher(FetchOptions options, const Clock& clock)
    : impl_{std::make_unique<Impl>(std::move(options), clock)} {}

CurlFetcher::~CurlFetcher() = default;

void CurlFetcher::start(FetchRequest request, Done done) {
  impl_->start(std::move(request), std::move(done));
}

void CurlFetcher::resume() {
  impl_->resume();
}

}  // namespace stakeout
