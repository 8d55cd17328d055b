#include "crawler/fetch_failure.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

#include "crawler/response_head.h"

namespace stakeout {
namespace {

// What is known of an exchange that libcurl gave up.
struct Facts {
  int code = 0;
  long os_error = 0;       // an errno, 0 when there is none
  long verify_result = 0;  // what OpenSSL found wrong with the certificate
  bool is_resolved = false;
  bool is_connected = false;
  bool is_encrypted = false;  // the TLS handshake is done
  bool has_answer = false;
  std::chrono::milliseconds elapsed{0};
};

long number_of(CURL* easy, CURLINFO info) {
  long value = 0;
  curl_easy_getinfo(easy, info, &value);
  return value;
}

std::chrono::microseconds time_of(CURL* easy, CURLINFO info) {
  curl_off_t value = 0;
  curl_easy_getinfo(easy, info, &value);
  return std::chrono::microseconds{value};
}

Facts facts_of(CURL* easy, int code, bool has_answer) {
  const bool is_kept = number_of(easy, CURLINFO_NUM_CONNECTS) == 0;
  const char* address = nullptr;  // empty until there is a connection
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
  Facts facts;
  facts.code = code;
  facts.os_error = number_of(easy, CURLINFO_OS_ERRNO);
  facts.verify_result = number_of(easy, CURLINFO_SSL_VERIFYRESULT);
  facts.is_connected = has_answer || is_kept || (address != nullptr && *address != '\0');
  facts.is_resolved = facts.is_connected || time_of(easy, CURLINFO_NAMELOOKUP_TIME_T).count() > 0;
  facts.is_encrypted =
      has_answer || is_kept || time_of(easy, CURLINFO_APPCONNECT_TIME_T).count() > 0;
  facts.has_answer = has_answer;
  facts.elapsed =
      std::chrono::duration_cast<std::chrono::milliseconds>(time_of(easy, CURLINFO_TOTAL_TIME_T));
  return facts;
}

std::string place_of(const Url& url) {
  return url.host() + ", port " + std::to_string(url.port());
}

std::string seconds(std::chrono::milliseconds time) {
  const auto count = time.count();
  return count % 1'000 == 0 ? std::to_string(count / 1'000) + " s" : std::to_string(count) + " ms";
}

std::string os_reason(long error) {
  return error == 0 ? std::string{}
                    : std::string{" ("} + std::strerror(static_cast<int>(error)) + ")";
}

bool is_whole_time_up(const Facts& facts, const FetchOptions& options) {
  return facts.elapsed + std::chrono::milliseconds{50} >= options.timeout;
}

std::string timeout_text(const Facts& facts, const Url& url, const FetchOptions& options) {
  const std::string connecting =
      " within " + seconds(std::min(options.connect_timeout, options.timeout));
  if (!facts.is_resolved) return "no name server told the address of " + url.host() + connecting;
  if (!facts.is_connected) return "no connection to " + place_of(url) + connecting;
  if (url.scheme() == "https" && !facts.is_encrypted) {
    return "no encrypted connection to " + place_of(url) + connecting;
  }
  if (is_whole_time_up(facts, options)) {
    return url.host() + " did not finish its answer within " + seconds(options.timeout) +
           " (see timeout in the settings)";
  }
  return url.host() + " sent " + (facts.has_answer ? "next to " : "") + "nothing for " +
         seconds(options.silence_timeout);
}

std::string certificate_fault(long verify_result) {
  switch (verify_result) {
    case X509_V_OK:
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "is for another host";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "is not valid yet (is the clock of this machine right?)";
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "has expired (is the clock of this machine right?)";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
      return "is signed by itself, not by an authority known here (see ca_file in the settings)";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "comes from no authority known here (see ca_file in the settings)";
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return "is too weak to be trusted";
    case X509_V_ERR_CERT_REVOKED:
      return "was revoked";
    default:
      return std::string{"cannot be trusted: "} + X509_verify_cert_error_string(verify_result);
  }
}

std::string broken_off_text(const Facts& facts, const Url& url) {
  const char* when = facts.has_answer ? " in the middle of its answer" : " without an answer";
  return url.host() + " broke off the connection" + when;
}

std::string nonsense_text(const Url& url) {
  return "what " + place_of(url) + " answers is damaged, or not HTTP";
}

// A certificate that cannot be trusted is no answer of the host's: anybody on the way may show one.
// Nor is silence in the middle of an answer a sign of life.
FaultKind kind_of(const Facts& facts, const FetchOptions& options) {
  if (facts.code == CURLE_OPERATION_TIMEDOUT && !is_whole_time_up(facts, options))
    return FaultKind::no_answer;
  if (facts.code == CURLE_FILESIZE_EXCEEDED) return FaultKind::too_long;
  const bool is_nonsense =
      facts.code == CURLE_UNSUPPORTED_PROTOCOL || facts.code == CURLE_WEIRD_SERVER_REPLY;
  return facts.has_answer || is_nonsense ? FaultKind::answered : FaultKind::no_answer;
}

std::string words_of(const Facts& facts, const Url& url, const FetchOptions& options) {
  switch (facts.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "there is no address for the name " + url.host() +
             " (is it spelled right, and do name servers answer?)";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "there is no address for the name of the proxy (see proxy in the settings)";
    case CURLE_PROXY:
      return "the proxy did not let the request through (see proxy in the settings)";
    case CURLE_COULDNT_CONNECT:
      return "no connection to " + place_of(url) + os_reason(facts.os_error);
    case CURLE_OPERATION_TIMEDOUT:
      return timeout_text(facts, url, options);
    case CURLE_PEER_FAILED_VERIFICATION:
      return "the certificate of " + url.host() + " " + certificate_fault(facts.verify_result);
    case CURLE_SSL_CONNECT_ERROR:
      return place_of(url) + " does not speak TLS, or no version of it that is safe";
    case CURLE_SSL_CACERT_BADFILE:
      return "the certificate authorities cannot be read (see ca_file in the settings)";
    case CURLE_RECV_ERROR:
      // Faults of the answer, bad chunks say, have this code too.
      if (facts.has_answer && facts.os_error == 0) return nonsense_text(url);
      return broken_off_text(facts, url);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return broken_off_text(facts, url);
    case CURLE_PARTIAL_FILE:
      return "the answer of " + url.host() + " ended early";
    case CURLE_FILESIZE_EXCEEDED:
      return "the answer is longer than is read";
    case CURLE_OUT_OF_MEMORY:  // libcurl's word for a header line beyond its limit
      return "a header of the answer is too long";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return nonsense_text(url);
    default:
      return "the exchange with " + url.host() +
             " failed: " + without_controls(curl_easy_strerror(static_cast<CURLcode>(facts.code)));
  }
}

}  // namespace

FetchFault describe_failure(void* easy, int code, bool has_answer, const Url& url,
                            const FetchOptions& options) {
  const Facts facts = facts_of(easy, code, has_answer);
  return {words_of(facts, url, options), kind_of(facts, options)};
}

}  // namespace stakeout
