#include "crawler/fetcher_curl.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <deque>
#include <mutex>
#include <span>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>

#include <curl/curl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crawler/body_reader.h"
#include "crawler/fetch_failure.h"
#include "crawler/response_head.h"
#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using CurlMulti = std::unique_ptr<CURLM, FreeWith<curl_multi_cleanup>>;
using CurlEasy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, FreeWith<curl_slist_free_all>>;

constexpr std::size_t longest_head = 64U << 10U;
constexpr int longest_sleep_ms = 3'600'000;
// What may come over an exchange's connection beyond its body: headers, chunk sizes, encryption,
// and with HTTP/2 the bodies of others.
constexpr std::uint64_t most_overhead = 32U << 20U;
constexpr std::chrono::milliseconds flood_check_interval{200};

// One exchange on its way. Owned by the network thread; libcurl's callbacks get a pointer to it.
struct Transfer {
  FetchRequest request;
  Fetcher::Done done;
  const FetchOptions* options = nullptr;
  CurlEasy easy;
  CurlList headers;
  std::string head;
  bool head_is_whole = false;
  BodyReader body{request};
  std::string refusal;    // why we stopped it ourselves, or would not connect
  bool is_again = false;  // the second try; see may_try_again()
  bool is_paused = false;
  // What the socket had received when it was first looked at: of earlier exchanges on it.
  std::optional<std::uint64_t> received_before;
};

// Empty: none.
const std::string& proxy_of(const Transfer& transfer) {
  return transfer.request.proxy ? *transfer.request.proxy : transfer.options->proxy;
}

void add_header(CurlList& list, const std::string& name, const std::string& value) {
  if (value.empty()) return;
  const std::string line = name + ": " + without_controls(value);
  // The new list begins with the old one, which append() still owns when it fails.
  if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
    static_cast<void>(list.release());
    list.reset(longer);
  }
}

// An address that is about to be connected to; nullopt unless it is IPv4 or IPv6.
std::optional<std::pair<IpAddress, int>> address_of(const curl_sockaddr& target) {
  if (target.family == AF_INET && target.addrlen >= sizeof(sockaddr_in)) {
    sockaddr_in v4{};
    std::memcpy(&v4, &target.addr, sizeof v4);
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
    return std::pair{IpAddress::from_v4(bytes), static_cast<int>(ntohs(v4.sin_port))};
  }
  if (target.family == AF_INET6 && target.addrlen >= sizeof(sockaddr_in6)) {
    // curl_sockaddr ends with a sockaddr; for IPv6 the address goes on behind it.
    sockaddr_in6 v6{};
    const auto* start = reinterpret_cast<const unsigned char*>(&target);
    std::memcpy(&v6, start + offsetof(curl_sockaddr, addr), sizeof v6);
    IpAddress::Bytes bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return std::pair{IpAddress::from_v6(bytes), static_cast<int>(ntohs(v6.sin6_port))};
  }
  return std::nullopt;
}

// The bytes that a transfer's connection has received since it was made; 0 when it has none.
std::uint64_t received_by(CURL* easy) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  tcp_info info{};
  socklen_t size = sizeof info;
  const bool known = curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
                     socket != CURL_SOCKET_BAD &&
                     getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0;
  return known ? info.tcpi_bytes_received : 0;
}

bool may_reach(const IpAddress& address, int port, const FetchOptions& options) {
  if (is_public_address(address)) return true;
  for (const AddressRange& range : options.allow_private) {
    if (range.contains(address, port)) return true;
  }
  return false;
}

std::string refusal_of(const IpAddress& address, int port) {
  return "the address " + to_string(address) + ", port " + std::to_string(port) +
         ", is not public (see allow_private)";
}

extern "C" {

curl_socket_t stakeout_open_socket(void* data, curlsocktype, curl_sockaddr* target) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  if (proxy_of(transfer).empty()) {
    const auto address = address_of(*target);
    if (!address || !may_reach(address->first, address->second, *transfer.options)) {
      transfer.refusal = address ? refusal_of(address->first, address->second)
                                 : "neither an IPv4 nor an IPv6 address";
      return CURL_SOCKET_BAD;
    }
  }
  return socket(target->family, target->socktype | SOCK_CLOEXEC, target->protocol);
}

std::size_t stakeout_take_header(char* data, std::size_t, std::size_t size, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view line{data, size};
  if (transfer.head_is_whole) {
    // Interim answers (1xx) have heads of their own; the last one counts. What else comes behind a
    // head are trailers, which we have no use for.
    if (!is_interim_head(transfer.head)) return size;
    transfer.head.clear();
    transfer.head_is_whole = false;
  }
  if (transfer.head.size() + size > longest_head) {
    transfer.refusal = "the headers of the answer are longer than 64 KiB";
    return 0;
  }
  transfer.head += line;
  transfer.head_is_whole = line == "\r\n" || line == "\n";
  if (transfer.head_is_whole) transfer.refusal = fault_of_head(transfer.head);
  return transfer.refusal.empty() ? size : 0;
}

std::size_t stakeout_take_body(char* data, std::size_t, std::size_t size, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  switch (transfer.body.take({data, size}, find_header(transfer.head, "content-encoding"))) {
    case BodyReader::Taken::all:
      return size;
    case BodyReader::Taken::none:
      transfer.is_paused = true;
      return CURL_WRITEFUNC_PAUSE;
    case BodyReader::Taken::stop:
      break;
  }
  transfer.refusal = transfer.body.error();
  return 0;
}

}  // extern "C"

// The options that no exchange changes.
void set_up(CURL* easy, const FetchOptions& options) {
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  if (!options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(options.connect_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
                   static_cast<long>(options.silence_timeout.count()));
  curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 300L);
  // A name server that does not answer holds up its own exchange: without this libcurl waits for
  // the thread that asks it, and all exchanges and the end of the program with it.
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, stakeout_open_socket);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, stakeout_take_header);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, stakeout_take_body);
}

// The options of one exchange.
void prepare(Transfer& transfer) {
  CURL* easy = transfer.easy.get();
  const FetchRequest& request = transfer.request;
  add_header(transfer.headers, "Accept", request.accept);
  add_header(transfer.headers, "Accept-Encoding", "gzip, br, zstd");
  add_header(transfer.headers, "From", transfer.options->from);
  add_header(transfer.headers, "If-None-Match", request.validators.etag);
  add_header(transfer.headers, "If-Modified-Since", request.validators.last_modified);
  const bool ask_for_delta = request.accept_delta && !request.validators.etag.empty();
  if (ask_for_delta) add_header(transfer.headers, "A-IM", "feed");

  curl_easy_setopt(easy, CURLOPT_URL, request.url.text().c_str());
  // An empty string, unlike none, keeps libcurl from asking the environment.
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy_of(transfer).c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
  const std::size_t announced = request.cut_long_body ? 0 : request.max_body;
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(announced));
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
}

std::chrono::milliseconds elapsed_of(CURL* easy) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &microseconds);
  return std::chrono::milliseconds{microseconds / 1'000};
}

std::string message_of(const Transfer& transfer, CURLcode code) {
  if (!transfer.refusal.empty()) return transfer.refusal;
  if (transfer.is_paused) return "there was no room for so large an answer beside the others";
  return describe_failure(transfer.easy.get(), code, !transfer.head.empty(), transfer.request.url,
                          *transfer.options);
}

// Whether an exchange failed for what was there before it: a server may close a connection that it
// has kept, or have left something on it, just when it is used again (RFC 9112, 9.3.1).
bool may_try_again(const Transfer& transfer, CURLcode code) {
  long connects = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_NUM_CONNECTS, &connects);
  const bool is_fault = code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR ||
                        code == CURLE_SEND_ERROR || code == CURLE_UNSUPPORTED_PROTOCOL ||
                        code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_HTTP2;
  return connects == 0 && is_fault && transfer.head.empty() && transfer.refusal.empty() &&
         !transfer.is_again && elapsed_of(transfer.easy.get()) < transfer.options->connect_timeout;
}

// What came of an exchange that libcurl has ended.
Result<FetchResponse> result_of(Transfer& transfer, CURLcode code, Timestamp now) {
  const bool cut_short = transfer.body.is_cut();
  if (code != CURLE_OK && !cut_short) return fail(message_of(transfer, code));
  if (!transfer.head_is_whole) return fail(message_of(transfer, CURLE_PARTIAL_FILE));
  if (!cut_short) {
    const auto ended = transfer.body.finish();
    if (!ended) return fail(ended.error().message);
  }
  FetchResponse response;
  read_head(transfer.head, now, response);
  if (response.status == 304 && transfer.request.validators == Validators{}) {
    return fail(transfer.request.url.host() +
                " says that nothing has changed, but was not asked whether (HTTP status 304)");
  }
  response.head = std::move(transfer.head);
  response.body = transfer.body.take_body();
  response.fetched_at = now;
  const char* address = nullptr;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_PRIMARY_IP, &address);
  if (address != nullptr) response.address = address;
  response.elapsed = elapsed_of(transfer.easy.get());
  return response;
}

// The address that a URL spells out, in any of the ways in which resolvers read one, or as a name
// of this machine (RFC 6761, 6.3). An Error: a name that has to be looked up.
Result<IpAddress> address_in(const Url& url) {
  std::string host = url.host();
  if (host.ends_with('.')) {
    host.erase(host.find_last_not_of('.') + 1);
    // Without the dot it may be a number: "127.1." was a name until now.
    if (const auto bare = parse_url("http://" + host + "/")) host = bare->host();
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost" || host.ends_with(".localhost")) host = "127.0.0.1";
  return parse_ip_address(host);
}

// With a proxy no address is seen when connecting; what is spelled out in the URL can still be
// told.
std::optional<std::string> refusal_by_url(const Transfer& transfer) {
  if (proxy_of(transfer).empty()) return std::nullopt;
  const Url& url = transfer.request.url;
  const auto address = address_in(url);
  const int port = url.port();
  if (!address || may_reach(*address, port, *transfer.options)) return std::nullopt;
  return refusal_of(*address, port);
}

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
    auto transfer = std::make_unique<Transfer>();
    transfer->request = std::move(request);
    transfer->done = std::move(done);
    transfer->options = &options_;
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
  using TransferPtr = std::unique_ptr<Transfer>;

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
      if (const auto refusal = refusal_by_url(*transfer)) {
        transfer->done(fail(*refusal));
        continue;
      }
      transfer->easy = take_handle();
      prepare(*transfer);
      CURL* easy = transfer->easy.get();
      under_way_.emplace(easy, std::move(transfer));
      curl_multi_add_handle(multi_.get(), easy);
    }
  }

  CurlEasy take_handle() {
    if (!idle_.empty()) {
      CurlEasy easy = std::move(idle_.back());
      idle_.pop_back();
      return easy;
    }
    CurlEasy easy{curl_easy_init()};
    if (!easy) throw std::bad_alloc{};
    set_up(easy.get(), options_);
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

  void end(CURL* easy, CURLcode code) {
    const auto found = under_way_.find(easy);
    Transfer& transfer = *found->second;
    if (may_try_again(transfer, code)) {
      curl_multi_remove_handle(multi_.get(), easy);
      transfer.is_again = true;
      curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
      curl_multi_add_handle(multi_.get(), easy);
      return;
    }
    auto result = result_of(transfer, code, clock_.now());
    curl_multi_remove_handle(multi_.get(), easy);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 0L);
    idle_.push_back(std::move(transfer.easy));
    const TransferPtr ended = std::move(found->second);
    under_way_.erase(found);
    ended->done(std::move(result));
  }

  // Lets the transfers go on that wait for room; those that still have none pause again.
  void resume_paused() {
    std::vector<CURL*> paused;
    for (const auto& [easy, transfer] : under_way_) {
      if (transfer->is_paused) paused.push_back(easy);
    }
    for (CURL* easy : paused) {
      under_way_.at(easy)->is_paused = false;
      // It hands over what it held back; the transfer would go on without that after a fault.
      const CURLcode code = curl_easy_pause(easy, CURLPAUSE_CONT);
      if (code != CURLE_OK) end(easy, code);
    }
  }

  // Ends what brings in much more than a body may hold: chunk extensions, say, count nowhere else.
  // Nothing wakes the thread for this; a flood does.
  void end_floods() {
    const SteadyTime now = clock_.steady();
    if (now - floods_looked_for_ < flood_check_interval) return;
    floods_looked_for_ = now;
    std::vector<CURL*> floods;
    for (const auto& [easy, transfer] : under_way_) {
      const std::uint64_t received = received_by(easy);
      if (!transfer->received_before) transfer->received_before = received;
      if (received > *transfer->received_before + transfer->request.max_body + most_overhead)
        floods.push_back(easy);
    }
    for (CURL* easy : floods) {
      Transfer& transfer = *under_way_.at(easy);
      transfer.refusal = transfer.request.url.host() + " sends without end, and hardly any answer";
      end(easy, CURLE_ABORTED_BY_CALLBACK);
    }
  }

  // Whatever is left ends with an Error, also what `done` starts meanwhile.
  void end_all() {
    const auto give_up = [](Transfer& transfer) {
      transfer.done(fail("the fetcher has been stopped"));
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
  std::vector<CurlEasy> idle_;

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
