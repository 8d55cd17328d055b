#include "alerts/push.h"

#include <algorithm>
#include <utility>

#include "alerts/digest_cut.h"
#include "alerts/mail_encoding.h"
#include "alerts/plain_words.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_body = 2'000;  // bytes; ntfy makes a file of more than 4,096
constexpr std::size_t most_lines = 8;

std::string short_text(const Digest& digest) {
  std::string out;
  for (const DigestSection& section : digest.sections) {
    out += (out.empty() ? "" : "\n") + plain_words(section.heading) + "\n";
    for (const DigestGroup& group : section.groups) {
      for (const DigestLine& line : group.lines) {
        out += "- " + (group.heading.empty() ? "" : plain_words(group.heading) + ": ") +
               plain_words(line.text) + "\n";
      }
    }
  }
  if (out.empty()) out = plain_words(digest.subject) + "\n";
  return valid_utf8(out + (digest.more.empty() ? "" : "\n" + plain_words(digest.more) + "\n"));
}

// Where the first line that leads to the web does.
std::string first_url(const Digest& digest) {
  for (const DigestSection& section : digest.sections) {
    for (const DigestGroup& group : section.groups) {
      for (const DigestLine& line : group.lines) {
        const bool is_plain =
            std::ranges::all_of(line.url, [](char c) { return c > ' ' && c <= '~'; });
        if (is_plain && line.url.starts_with("http")) return line.url;
      }
    }
  }
  return {};
}

// A header on one line.
std::string one_line(std::string_view name, std::string_view value) {
  std::string header = text_header(name, value);
  std::erase_if(header, [](char c) { return c == '\r' || c == '\n'; });
  return header;
}

}  // namespace

WebPost push_of(const OutgoingDigest& outgoing) {
  const Digest& digest = outgoing.digest;
  const bool is_urgent = std::ranges::any_of(digest.sections, &DigestSection::is_warning);
  WebPost post{outgoing.recipient, {}, {}};
  post.headers = {"Content-Type: text/plain; charset=utf-8", one_line("Title", digest.subject),
                  std::string{"Priority: "} + (is_urgent ? "4" : "3"),
                  std::string{"Tags: "} + (is_urgent ? "warning" : "newspaper"),
                  "Idempotency-Key: " + outgoing.message_id};
  const std::string url = first_url(digest);
  if (!url.empty()) post.headers.push_back("Click: " + url);
  post.body = render_within(first_lines(digest, most_lines), longest_body, short_text);
  return post;
}

PushChannel::PushChannel(std::string token, std::chrono::milliseconds time_limit)
    : token_{std::move(token)}, time_limit_{time_limit} {}

SendResult PushChannel::send(const OutgoingDigest& digest, const std::stop_token& stop) {
  WebPost post = push_of(digest);
  if (!token_.empty()) post.headers.push_back("Authorization: Bearer " + token_);
  return post_to_web(post, time_limit_, stop);
}

}  // namespace stakeout
