#include "alerts/webhook.h"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "alerts/digest_cut.h"
#include "alerts/mail_encoding.h"
#include "alerts/plain_words.h"
#include "alerts/web_post.h"

namespace stakeout {
namespace {

using Json = nlohmann::ordered_json;

Json words_json(const std::string& text) {
  if (text.empty()) return nullptr;
  return valid_utf8(plain_words(text));
}

Json story_json(const std::optional<std::int64_t>& story) {
  return story ? Json(*story) : Json(nullptr);
}

Json line_json(const DigestLine& line) {
  Json facts = Json::array();
  for (const std::string& fact : line.facts) facts.push_back(words_json(fact));
  return {{"text", words_json(line.text)},     {"facts", std::move(facts)},
          {"quote", words_json(line.quote)},   {"why", words_json(line.why)},
          {"source", words_json(line.source)}, {"url", words_json(line.url)},
          {"story", story_json(line.story)}};
}

Json sections_json(const Digest& digest) {
  Json sections = Json::array();
  for (const DigestSection& section : digest.sections) {
    Json groups = Json::array();
    for (const DigestGroup& group : section.groups) {
      Json lines = Json::array();
      for (const DigestLine& line : group.lines) lines.push_back(line_json(line));
      groups.push_back({{"name", words_json(group.heading)}, {"lines", std::move(lines)}});
    }
    sections.push_back({{"heading", words_json(section.heading)}, {"groups", std::move(groups)}});
  }
  return sections;
}

}  // namespace

std::string webhook_body(const OutgoingDigest& outgoing, Timestamp sent_at) {
  return render_within(outgoing.digest, outgoing.max_bytes, [&](const Digest& digest) {
    const Json body = {{"id", outgoing.message_id},
                       {"digest", words_json(outgoing.name)},
                       {"made_at", to_rfc3339(outgoing.made_at)},
                       {"sent_at", to_rfc3339(sent_at)},
                       {"subject", words_json(digest.subject)},
                       {"period", words_json(digest.period)},
                       {"alerts", digest.alerts},
                       {"watch", words_json(outgoing.watch)},
                       {"story", story_json(outgoing.story)},
                       {"sections", sections_json(digest)},
                       {"more", words_json(digest.more)}};
    return body.dump() + "\n";
  });
}

std::string signature_of(const std::string& body, const std::string& secret) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), bytes.data(), &length);
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "sha256=";
  for (unsigned int at = 0; at < length; ++at) {
    out += digits[bytes.at(at) >> 4U];
    out += digits[bytes.at(at) & 15U];
  }
  return out;
}

WebhookChannel::WebhookChannel(std::string secret, Now now, std::chrono::milliseconds time_limit)
    : secret_{std::move(secret)}, now_{std::move(now)}, time_limit_{time_limit} {}

SendResult WebhookChannel::send(const OutgoingDigest& digest, const std::stop_token& stop) {
  const Timestamp now = now_();
  WebPost post{digest.recipient, {}, webhook_body(digest, now)};
  post.headers = {"Content-Type: application/json", "Idempotency-Key: " + digest.message_id,
                  "X-Stakeout-Timestamp: " + std::to_string(now.seconds)};
  if (!secret_.empty())
    post.headers.push_back("X-Stakeout-Signature: " + signature_of(post.body, secret_));
  return post_to_web(post, time_limit_, stop);
}

}  // namespace stakeout
