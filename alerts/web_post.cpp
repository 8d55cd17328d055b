#include "alerts/web_post.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include <curl/curl.h>

#include "alerts/plain_words.h"
#include "alerts/server_url.h"
#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;
using Easy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
using List = std::unique_ptr<curl_slist, FreeWith<curl_slist_free_all>>;

constexpr std::size_t longest_reply = 300;  // of an answer, in a line for a person
constexpr std::array refusals = {400L, 405L, 410L, 413L, 414L, 415L, 422L};

// Keeps the beginning of an answer, and takes the rest.
std::size_t take_reply(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& reply = *static_cast<std::string*>(data);
  reply.append(bytes,
               std::min(size * count, longest_reply - std::min(longest_reply, reply.size())));
  return size * count;
}

int give_up(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(data)->stop_requested() ? 1 : 0;
}

List header_list(const std::vector<std::string>& headers) {
  List list{curl_slist_append(nullptr, "Expect:")};
  for (const std::string& header : headers) {
    if (curl_slist* const longer = curl_slist_append(list.get(), header.c_str());
        longer != nullptr && longer != list.get()) {
      static_cast<void>(list.release());
      list.reset(longer);
    }
  }
  return list;
}

SendResult result_of(long status, const std::string& server, const std::string& reply) {
  if (status >= 200 && status < 300) return {};
  std::string why = server + " answered " + std::to_string(status);
  const std::string said = plain_words(reply);
  if (!said.empty()) why += ": " + said;
  if (status >= 300 && status < 400)
    return {Outcome::never, why + " (a redirect is not followed: name the address it leads to)"};
  const bool is_final = std::ranges::find(refusals, status) != refusals.end();
  return {is_final ? Outcome::never : Outcome::later, why};
}

}  // namespace

SendResult post_to_web(const WebPost& post, std::chrono::milliseconds time_limit,
                       const std::stop_token& stop) {
  const Easy easy{curl_easy_init()};
  if (!easy) return {Outcome::not_reached, "libcurl cannot be set up"};
  const List headers = header_list(post.headers);
  std::string reply;
  curl_easy_setopt(easy.get(), CURLOPT_URL, post.url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(easy.get(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy.get(), CURLOPT_USERAGENT, "stakeout");
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(time_limit.count()));
  curl_easy_setopt(easy.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(post.body.size()));
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, post.body.data());
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, take_reply);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &reply);
  curl_easy_setopt(easy.get(), CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy.get(), CURLOPT_XFERINFOFUNCTION, give_up);
  curl_easy_setopt(easy.get(), CURLOPT_XFERINFODATA, &stop);
  const CURLcode code = curl_easy_perform(easy.get());
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  const std::string server = parse_server_url(post.url).host;
  // Once there is a status the message has arrived, whatever became of the answer's body.
  if (code == CURLE_OK || status >= 200) return result_of(status, server, reply);
  curl_off_t sent = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_SIZE_UPLOAD_T, &sent);
  const bool is_out = sent == static_cast<curl_off_t>(post.body.size());
  if (code == CURLE_ABORTED_BY_CALLBACK)
    return {Outcome::not_reached, "stopped while it was being sent", is_out};
  const std::string why = server + ": " + curl_easy_strerror(code);
  if (!is_out) return {Outcome::not_reached, why};
  return {Outcome::later, why, true};
}

Result<void> check_post_url(const std::string& url) {
  const ServerUrl parts = parse_server_url(url);
  const bool is_web = parts.scheme == "http" || parts.scheme == "https";
  const bool is_plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c <= '~'; });
  if (!url.starts_with(parts.scheme + "://") || !is_web || !is_plain)
    return fail("'" + url +
                "' is no address to post to; write one such as "
                "\"https://example.org/hooks/stakeout\"");
  if (!parts.user.empty() || !parts.password.empty())
    return fail("an address to post to has no login in it");
  return {};
}

}  // namespace stakeout
