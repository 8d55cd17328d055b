#include "alerts/server_url.h"

#include <memory>

#include <curl/curl.h>

#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using Handle = std::unique_ptr<CURLU, FreeWith<curl_url_cleanup>>;

std::string part_of(const Handle& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  std::string out = text;
  curl_free(text);
  return out;
}

}  // namespace

ServerUrl parse_server_url(const std::string& url) {
  const Handle parsed{curl_url()};
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return {};
  return {part_of(parsed, CURLUPART_SCHEME), part_of(parsed, CURLUPART_HOST),
          part_of(parsed, CURLUPART_USER), part_of(parsed, CURLUPART_PASSWORD)};
}

}  // namespace stakeout
