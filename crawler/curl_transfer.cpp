#include "crawler/curl_transfer.h"

#include <array>
#include <cstring>
#include <new>
#include <utility>

#include <curl/curl.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "crawler/fetch_failure.h"
#include "crawler/response_head.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_head = 64U << 10U;
// What may come over an exchange's connection beyond its body: headers, chunk sizes, encryption,
// and with HTTP/2 the bodies of others.
constexpr std::uint64_t most_overhead = 32U << 20U;

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

bool may_reach(const IpAddress& address, int port, const FetchOptions& options) {
  if (is_public_address(address)) return true;
  for (const AddressRange& range : options.allow_private) {
    if (range.contains(address, port)) return true;
  }
  return false;
}

FetchFault refusal_of(const IpAddress& address, int port) {
  return {"the address " + to_string(address) + ", port " + std::to_string(port) +
              ", is not public (see allow_private)",
          FaultKind::refused};
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

std::chrono::milliseconds elapsed_of(CURL* easy) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &microseconds);
  return std::chrono::milliseconds{microseconds / 1'000};
}

extern "C" {

curl_socket_t stakeout_open_socket(void* data, curlsocktype, curl_sockaddr* target) noexcept {
  if (!static_cast<CurlTransfer*>(data)->may_connect(*target)) return CURL_SOCKET_BAD;
  return socket(target->family, target->socktype | SOCK_CLOEXEC, target->protocol);
}

std::size_t stakeout_take_header(char* data, std::size_t, std::size_t size, void* user) noexcept {
  return static_cast<CurlTransfer*>(user)->take_header_line({data, size}) ? size : 0;
}

std::size_t stakeout_take_body(char* data, std::size_t, std::size_t size, void* user) noexcept {
  switch (static_cast<CurlTransfer*>(user)->take_body({data, size})) {
    case CurlTransfer::Taken::all:
      return size;
    case CurlTransfer::Taken::none_yet:
      return CURL_WRITEFUNC_PAUSE;
    case CurlTransfer::Taken::stop:
      break;
  }
  return 0;
}

int stakeout_note_request(CURL*, curl_infotype type, char* data, std::size_t size,
                          void* user) noexcept {
  if (type == CURLINFO_HEADER_OUT) static_cast<CurlTransfer*>(user)->note_request({data, size});
  return 0;
}

}  // extern "C"

}  // namespace

void FreeCurlHandle::operator()(void* easy) const noexcept {
  curl_easy_cleanup(easy);
}

void FreeCurlList::operator()(curl_slist* list) const noexcept {
  curl_slist_free_all(list);
}

CurlHandle make_curl_handle(const FetchOptions& options) {
  CurlHandle handle{curl_easy_init()};
  if (!handle) throw std::bad_alloc{};
  CURL* easy = handle.get();
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
  if (options.keep_requests) {
    // Libcurl tells what it sends only to those who listen to everything.
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, stakeout_note_request);
  }
  return handle;
}

const std::string& CurlTransfer::proxy() const {
  return request_.proxy ? *request_.proxy : options_.proxy;
}

std::optional<FetchFault> CurlTransfer::refusal_by_url() const {
  if (proxy().empty()) return std::nullopt;
  const auto address = address_in(request_.url);
  const int port = request_.url.port();
  if (!address || may_reach(*address, port, options_)) return std::nullopt;
  return refusal_of(*address, port);
}

void CurlTransfer::add_header(const std::string& name, const std::string& value) {
  if (value.empty()) return;
  const std::string line = name + ": " + without_controls(value);
  // The new list begins with the old one, which append() still owns when it fails.
  if (curl_slist* longer = curl_slist_append(headers_.get(), line.c_str())) {
    static_cast<void>(headers_.release());
    headers_.reset(longer);
  }
}

void CurlTransfer::begin(CurlHandle handle) {
  easy_ = std::move(handle);
  CURL* easy = easy_.get();
  add_header("Accept", request_.accept);
  add_header("Accept-Encoding", "gzip, br, zstd");
  add_header("From", options_.from);
  add_header("If-None-Match", request_.validators.etag);
  add_header("If-Modified-Since", request_.validators.last_modified);
  const bool ask_for_delta = request_.accept_delta && !request_.validators.etag.empty();
  if (ask_for_delta) add_header("A-IM", "feed");

  curl_easy_setopt(easy, CURLOPT_URL, request_.url.text().c_str());
  // An empty string, unlike none, keeps libcurl from asking the environment.
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy().c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
  const std::size_t announced = request_.cut_long_body ? 0 : request_.max_body;
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(announced));
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
}

CurlHandle CurlTransfer::take_handle() {
  curl_easy_setopt(easy_.get(), CURLOPT_FRESH_CONNECT, 0L);
  return std::move(easy_);
}

bool CurlTransfer::may_connect(const curl_sockaddr& target) {
  if (!proxy().empty()) return true;
  const auto address = address_of(target);
  if (address && may_reach(address->first, address->second, options_)) return true;
  refusal_ = address ? refusal_of(address->first, address->second)
                     : FetchFault{"neither an IPv4 nor an IPv6 address", FaultKind::refused};
  return false;
}

bool CurlTransfer::take_header_line(std::string_view line) {
  if (head_is_whole_) {
    // Interim answers (1xx) have heads of their own; the last one counts. What else comes behind a
    // head are trailers, which we have no use for.
    if (!is_interim_head(head_)) return true;
    head_.clear();
    head_is_whole_ = false;
  }
  if (head_.size() + line.size() > longest_head) {
    refuse("the headers of the answer are longer than 64 KiB");
    return false;
  }
  head_ += line;
  head_is_whole_ = line == "\r\n" || line == "\n";
  if (head_is_whole_) refuse(fault_of_head(head_));
  return refusal_.message.empty();
}

// The last one counts: a proxy may have been asked for a tunnel before, and the request may have
// been made again. It comes in one piece.
void CurlTransfer::note_request(std::string_view head) {
  request_head_ = without_headers(head, "proxy-");
}

CurlTransfer::Taken CurlTransfer::take_body(std::string_view bytes) {
  switch (body_.take(bytes, find_header(head_, "content-encoding"))) {
    case BodyReader::Taken::all:
      return Taken::all;
    case BodyReader::Taken::none:
      is_paused_ = true;
      return Taken::none_yet;
    case BodyReader::Taken::stop:
      break;
  }
  refuse(body_.error(), kind_of_stop());
  return Taken::stop;
}

FaultKind CurlTransfer::kind_of_stop() const {
  return body_.is_too_long() ? FaultKind::too_long : FaultKind::answered;
}

int CurlTransfer::resume() {
  is_paused_ = false;
  // It hands over what it held back; the transfer would go on without that after a fault.
  return curl_easy_pause(easy_.get(), CURLPAUSE_CONT);
}

bool CurlTransfer::is_flood() {
  const std::uint64_t received = received_by(easy_.get());
  if (!received_before_) received_before_ = received;
  if (received <= *received_before_ + request_.max_body + most_overhead) return false;
  refuse(request_.url.host() + " sends without end, and hardly any answer");
  return true;
}

// A server may close a connection that it has kept, or have left something on it, just when it is
// used again (RFC 9112, 9.3.1).
bool CurlTransfer::begin_again(int code) {
  long connects = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &connects);
  const bool is_fault = code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR ||
                        code == CURLE_SEND_ERROR || code == CURLE_UNSUPPORTED_PROTOCOL ||
                        code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_HTTP2;
  if (connects > 0 || !is_fault || !head_.empty() || !refusal_.message.empty() || is_again_ ||
      elapsed_of(easy_.get()) >= options_.connect_timeout)
    return false;
  is_again_ = true;
  curl_easy_setopt(easy_.get(), CURLOPT_FRESH_CONNECT, 1L);
  return true;
}

tl::unexpected<FetchFault> CurlTransfer::failure(int code) const {
  if (!refusal_.message.empty()) return tl::unexpected<FetchFault>{refusal_};
  if (is_paused_) {
    return fault(FaultKind::answered, "there was no room for so large an answer beside the others");
  }
  return tl::unexpected<FetchFault>{
      describe_failure(easy_.get(), code, !head_.empty(), request_.url, options_)};
}

FetchResult CurlTransfer::result(int code, Timestamp now) {
  const bool cut_short = body_.is_cut();
  if (code != CURLE_OK && !cut_short) return failure(code);
  if (!head_is_whole_) return failure(CURLE_PARTIAL_FILE);
  if (!cut_short) {
    const auto ended = body_.finish();
    if (!ended) return fault(kind_of_stop(), ended.error().message);
  }
  FetchResponse response;
  read_head(head_, now, response);
  if (response.status == 304 && request_.validators == Validators{}) {
    return fault(FaultKind::answered,
                 request_.url.host() +
                     " says that nothing has changed, but was not asked whether (HTTP status 304)");
  }
  response.head = std::move(head_);
  response.request_head = std::move(request_head_);
  response.body = body_.take_body();
  response.fetched_at = now;
  const char* address = nullptr;
  curl_easy_getinfo(easy_.get(), CURLINFO_PRIMARY_IP, &address);
  if (address != nullptr) response.address = address;
  response.elapsed = elapsed_of(easy_.get());
  return response;
}

}  // namespace stakeout
