#include "alerts/smtp.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <curl/curl.h>

#include "alerts/plain_words.h"
#include "alerts/server_url.h"
#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;
using Easy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
using List = std::unique_ptr<curl_slist, FreeWith<curl_slist_free_all>>;

constexpr std::size_t longest_reply = 300;  // of a server's answer, in a line for a person

// One message on its way, as libcurl's callbacks see it.
struct Exchange {
  const std::string& message;
  const std::stop_token& stop;
  std::size_t sent = 0;     // bytes that libcurl has taken
  bool mail_begun = false;  // MAIL FROM is out: from here on answers are about this message
  bool answered = false;    // after the last command or the end of the message
  bool is_over = false;     // what follows is only the leave-taking
  int code = 0;             // of the last answer
  std::string reply{};      // its last line
};

std::size_t read_message(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  const std::size_t length = std::min(size * count, exchange.message.size() - exchange.sent);
  std::memcpy(buffer, exchange.message.data() + exchange.sent, length);
  exchange.sent += length;
  exchange.answered = false;
  return length;
}

// The commands and answers, which libcurl shows to nobody else.
int watch_dialogue(CURL*, curl_infotype type, char* bytes, std::size_t size, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  const std::string_view line{bytes, size};
  if (type == CURLINFO_HEADER_OUT && line.starts_with("QUIT")) exchange.is_over = true;
  if (exchange.is_over) return 0;
  if (type == CURLINFO_HEADER_OUT) {
    if (line.starts_with("MAIL FROM:")) exchange.mail_begun = true;
    exchange.answered = false;
  } else if (type == CURLINFO_HEADER_IN && size >= 3) {
    exchange.answered = true;
    exchange.code = std::atoi(std::string{line.substr(0, 3)}.c_str());
    exchange.reply = plain_words(line.substr(0, longest_reply));
  }
  return 0;
}

int give_up(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Exchange*>(data)->stop.stop_requested() ? 1 : 0;
}

class Smtp final : public MailTransport {
 public:
  explicit Smtp(SmtpOptions options) : options_{std::move(options)} {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw std::runtime_error{"libcurl cannot be set up"};
  }

  SendResult hand_over(const std::string& from, const std::string& to, const std::string& message,
                       const std::stop_token& stop) override;
  [[nodiscard]] Result<void> try_out() override;

  [[nodiscard]] std::chrono::milliseconds time_limit() const override {
    return 2 * options_.timeout;  // its good-bye may take as long again
  }

 private:
  // `exchange` is what the callbacks of `easy` see.
  void set_up(CURL* easy, Exchange& exchange) const;
  [[nodiscard]] SendResult result_of(CURLcode code, const Exchange& exchange) const;

  SmtpOptions options_;
};

void Smtp::set_up(CURL* easy, Exchange& exchange) const {
  const std::string url = options_.url + (options_.url.ends_with('/') ? "" : "/") + options_.helo;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // a mail server is not reached by a web proxy
  curl_easy_setopt(easy, CURLOPT_USE_SSL,
                   static_cast<long>(options_.needs_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  if (!options_.username.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, options_.username.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, options_.password.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.timeout.count()));
  // Also for the good-bye, which the time limit of the whole does not reach.
  curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   static_cast<long>(options_.timeout.count() / 1000 + 1));
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, watch_dialogue);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, give_up);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &exchange);
}

SendResult Smtp::hand_over(const std::string& from, const std::string& to,
                           const std::string& message, const std::stop_token& stop) {
  const Easy easy{curl_easy_init()};
  if (!easy) return {Outcome::not_reached, "libcurl cannot be set up"};
  Exchange exchange{message, stop};
  set_up(easy.get(), exchange);
  curl_easy_setopt(easy.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_READFUNCTION, read_message);
  const List recipients{curl_slist_append(nullptr, ("<" + to + ">").c_str())};
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy.get(), CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
  curl_easy_setopt(easy.get(), CURLOPT_READDATA, &exchange);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code == CURLE_OK) return {};
  return result_of(code, exchange);
}

// A NOOP in place of a message: greeting, TLS and login come before it.
Result<void> Smtp::try_out() {
  const Easy easy{curl_easy_init()};
  if (!easy) return fail("libcurl cannot be set up");
  const std::string nothing;
  const std::stop_token nobody_stops;
  Exchange exchange{nothing, nobody_stops};
  set_up(easy.get(), exchange);
  curl_easy_setopt(easy.get(), CURLOPT_CUSTOMREQUEST, "NOOP");
  curl_easy_setopt(easy.get(), CURLOPT_NOBODY, 1L);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code == CURLE_OK) return {};
  return fail(result_of(code, exchange).why);
}

SendResult Smtp::result_of(CURLcode code, const Exchange& exchange) const {
  const std::string server = "the mail server " + parse_server_url(options_.url).host;
  if (code == CURLE_ABORTED_BY_CALLBACK) {
    return {Outcome::not_reached, "stopped while it was being sent",
            exchange.sent == exchange.message.size() && !exchange.answered};
  }
  const bool is_refused = exchange.answered && exchange.code >= 400;
  if (exchange.mail_begun && is_refused) {
    const bool is_final = exchange.code >= 500;
    return {is_final ? Outcome::never : Outcome::later, server + " said: " + exchange.reply};
  }
  if (is_refused) return {Outcome::not_reached, server + " said: " + exchange.reply};
  std::string why = server + ": " + curl_easy_strerror(code);
  if (code == CURLE_USE_SSL_FAILED)
    why = server + " offers no STARTTLS (see smtp.tls in the settings)";
  if (code == CURLE_LOGIN_DENIED)
    why = server + " takes no login of the kinds that are known here (see smtp.username)";
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    why = server + " has a certificate that is not trusted (see smtp.ca_file in the settings)";
  if (!exchange.mail_begun) return {Outcome::not_reached, why};
  return {Outcome::later, why, exchange.sent == exchange.message.size() && !exchange.answered};
}

}  // namespace

Result<void> check_smtp_url(const std::string& url) {
  const bool is_smtp = url.starts_with("smtp://") || url.starts_with("smtps://");
  if (!is_smtp || parse_server_url(url).host.empty()) {
    return fail("'" + url +
                "' is no mail server; write one such as \"smtp://mail.example.org:587\" or "
                "\"smtps://mail.example.org\"");
  }
  if (url.find('@') != std::string::npos)
    return fail("write the login into username and password_file, not into the url");
  std::string_view rest = std::string_view{url}.substr(url.find("://") + 3);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.find_first_of("/?#") != std::string_view::npos)
    return fail("'" + url + "': the address of a mail server ends after its port");
  return {};
}

bool is_local_server(const std::string& url) {
  const std::string host = parse_server_url(url).host;
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

std::unique_ptr<MailTransport> make_smtp(SmtpOptions options) {
  return std::make_unique<Smtp>(std::move(options));
}

}  // namespace stakeout
