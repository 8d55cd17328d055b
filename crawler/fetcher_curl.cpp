#include "crawler/fetcher_curl.h"

#include <array>
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
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crawler/content_decoder.h"
#include "crawler/response_head.h"
#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using CurlMulti = std::unique_ptr<CURLM, FreeWith<curl_multi_cleanup>>;
using CurlEasy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, FreeWith<curl_slist_free_all>>;

constexpr std::size_t longest_head = 64U << 10U;
constexpr int longest_sleep_ms = 3'600'000;

// One exchange on its way. Owned by the network thread; libcurl's callbacks get a pointer to it.
struct Transfer {
  FetchRequest request;
  Fetcher::Done done;
  const FetchOptions* options = nullptr;
  CurlEasy easy;
  CurlList headers;
  std::string head;
  std::string body;
  std::optional<ContentDecoder> decoder;  // since the first byte of the body
  bool is_cut = false;                    // the body was longer than wanted
  std::string refusal;                    // why we stopped it ourselves, or would not connect
  std::array<char, CURL_ERROR_SIZE> curl_message{};
};

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

Result<void> append_body(Transfer& transfer, std::string_view bytes) {
  const std::size_t limit = transfer.request.max_body;
  transfer.is_cut = bytes.size() > limit - transfer.body.size();
  transfer.body += bytes.substr(0, limit - transfer.body.size());
  if (!transfer.is_cut) return {};
  return fail("the body is longer than " + std::to_string(limit) + " bytes");
}

extern "C" {

curl_socket_t stakeout_open_socket(void* data, curlsocktype, curl_sockaddr* target) noexcept {
  auto& transfer = *static_cast<Transfer*>(data);
  if (transfer.options->proxy.empty()) {
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
  // Interim answers (1xx) have heads of their own; the last one counts.
  if (line.starts_with("HTTP/")) transfer.head.clear();
  if (transfer.head.size() + size > longest_head) {
    transfer.refusal = "the headers are longer than 64 KiB";
    return 0;
  }
  transfer.head += line;
  return size;
}

std::size_t stakeout_take_body(char* data, std::size_t, std::size_t size, void* user) noexcept {
  auto& transfer = *static_cast<Transfer*>(user);
  if (!transfer.decoder) {
    auto decoder = ContentDecoder::make(find_header(transfer.head, "content-encoding"));
    if (!decoder) {
      transfer.refusal = decoder.error().message;
      return 0;
    }
    transfer.decoder = std::move(*decoder);
  }
  const auto taken = transfer.decoder->write(
      {data, size}, [&](std::string_view bytes) { return append_body(transfer, bytes); });
  if (taken) return size;
  transfer.refusal = taken.error().message;
  return 0;
}

}  // extern "C"

// The options that no exchange changes.
void set_up(CURL* easy, const FetchOptions& options) {
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
  // An empty string, unlike none, keeps libcurl from asking the environment.
  curl_easy_setopt(easy, CURLOPT_PROXY, options.proxy.c_str());
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
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
  const std::size_t announced = request.cut_long_body ? 0 : request.max_body;
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(announced));
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.curl_message.data());
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
}

std::string message_of(const Transfer& transfer, CURLcode code) {
  if (!transfer.refusal.empty()) return transfer.refusal;
  const char* message = transfer.curl_message.data();
  return without_controls(*message != '\0' ? message : curl_easy_strerror(code));
}

// What came of an exchange that libcurl has ended.
Result<FetchResponse> result_of(Transfer& transfer, CURLcode code, Timestamp now) {
  const bool cut_short = transfer.is_cut && transfer.request.cut_long_body;
  if (code != CURLE_OK && !cut_short) return fail(message_of(transfer, code));
  if (transfer.decoder && !cut_short) {
    const auto ended = transfer.decoder->finish(
        [&](std::string_view bytes) { return append_body(transfer, bytes); });
    if (!ended) return fail(ended.error().message);
  }
  FetchResponse response;
  read_head(transfer.head, now, response);
  response.head = std::move(transfer.head);
  response.body = std::move(transfer.body);
  response.fetched_at = now;
  const char* address = nullptr;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_PRIMARY_IP, &address);
  if (address != nullptr) response.address = address;
  curl_off_t microseconds = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_TOTAL_TIME_T, &microseconds);
  response.elapsed = std::chrono::milliseconds{microseconds / 1'000};
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
std::optional<std::string> refusal_by_url(const Url& url, const FetchOptions& options) {
  if (options.proxy.empty()) return std::nullopt;
  const auto address = address_in(url);
  if (!address || may_reach(*address, url.port(), options)) return std::nullopt;
  return refusal_of(*address, url.port());
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
    // The network thread looks at the inbox by itself before it sleeps.
    if (std::this_thread::get_id() != thread_.get_id()) curl_multi_wakeup(multi_.get());
  }

 private:
  using TransferPtr = std::unique_ptr<Transfer>;

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      take_inbox();
      begin_waiting();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      if (end_finished()) continue;  // places are free, and `done` may have started more
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
      if (const auto refusal = refusal_by_url(transfer->request.url, options_)) {
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
      const CURLcode code = message->data.result;
      auto node = under_way_.extract(message->easy_handle);
      Transfer& transfer = *node.mapped();
      auto result = result_of(transfer, code, clock_.now());
      curl_multi_remove_handle(multi_.get(), transfer.easy.get());
      curl_easy_setopt(transfer.easy.get(), CURLOPT_ERRORBUFFER, nullptr);
      idle_.push_back(std::move(transfer.easy));
      transfer.done(std::move(result));
      any = true;
    }
    return any;
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

  // The network thread's own.
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

}  // namespace stakeout
