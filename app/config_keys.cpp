#include "app/config_keys.h"

#include <string>

#include "crawler/proxy.h"

namespace stakeout {
namespace {

// A proxy that was checked; empty: none.
std::string proxy_of(const Value& value) {
  const std::string& text = text_of(value);
  return text.empty() || text == "direct" ? std::string{} : parse_proxy(text).value();
}

const KnownKey general_table[] = {
    {"feeds", Kind::path, "feeds.txt", [](Settings& s, const Value& v) { s.feeds = text_of(v); }},
    {"watchlist", Kind::paths, "",
     [](Settings& s, const Value& v) {
       s.watchlist.assign(texts_of(v).begin(), texts_of(v).end());
     }},
    {"database", Kind::path, "stakeout.db",
     [](Settings& s, const Value& v) { s.database = text_of(v); }},
    {"archive", Kind::path, "", [](Settings& s, const Value& v) { s.archive = text_of(v); }},
    {"fetch.contact", Kind::text, "",
     [](Settings& s, const Value& v) { s.fetch.contact = text_of(v); }},
    {"fetch.proxy", Kind::proxy, "",
     [](Settings& s, const Value& v) { s.fetch.proxy = proxy_of(v); }},
    {"fetch.proxy_file", Kind::path, "",
     [](Settings& s, const Value& v) { s.fetch.proxy_file = text_of(v); }},
    {"fetch.connections", Kind::count, "64",
     [](Settings& s, const Value& v) { s.fetch.connections = count_of(v); }},
    {"fetch.per_host_connections", Kind::count, "2",
     [](Settings& s, const Value& v) { s.fetch.per_host_connections = count_of(v); }},
    {"fetch.per_host_delay", Kind::duration, "1s",
     [](Settings& s, const Value& v) { s.fetch.per_host_delay = duration_of(v); }},
    {"fetch.timeout", Kind::time_limit, "60s",
     [](Settings& s, const Value& v) { s.fetch.timeout = duration_of(v); }},
    {"fetch.max_body", Kind::size, "8MiB",
     [](Settings& s, const Value& v) { s.fetch.max_body = parse_size(text_of(v)).value(); }},
    {"fetch.allow_private", Kind::address_ranges, "",
     [](Settings& s, const Value& v) { s.fetch.allow_private = texts_of(v); }},
    {"fetch.look_again", Kind::intervals, "2h 12h 2d 1w 4w",
     [](Settings& s, const Value& v) { s.fetch.look_again = durations_of(v); }},
    {"fetch.look_again_others", Kind::intervals, "1d 1w",
     [](Settings& s, const Value& v) { s.fetch.look_again_others = durations_of(v); }},
    {"fetch.ca_file", Kind::path, "",
     [](Settings& s, const Value& v) { s.fetch.ca_file = text_of(v); }},
    {"retention.texts", Kind::keeping_time, "forever",
     [](Settings& s, const Value& v) { s.retention.texts = keeping_time_of(v); }},
    {"retention.feed_texts", Kind::keeping_time, "90d",
     [](Settings& s, const Value& v) { s.retention.feed_texts = keeping_time_of(v); }},
    {"smtp.url", Kind::mail_server, "",
     [](Settings& s, const Value& v) { s.smtp.url = text_of(v); }},
    {"smtp.sendmail", Kind::path, "",
     [](Settings& s, const Value& v) { s.smtp.sendmail = text_of(v); }},
    {"smtp.from", Kind::mailbox, "", [](Settings& s, const Value& v) { s.smtp.from = text_of(v); }},
    {"smtp.username", Kind::text, "",
     [](Settings& s, const Value& v) { s.smtp.username = text_of(v); }},
    {"smtp.password_file", Kind::path, "",
     [](Settings& s, const Value& v) { s.smtp.password_file = text_of(v); }},
    {"smtp.tls", Kind::tls_use, "", [](Settings& s, const Value& v) { s.smtp.tls = text_of(v); }},
    {"smtp.ca_file", Kind::path, "",
     [](Settings& s, const Value& v) { s.smtp.ca_file = text_of(v); }},
    {"smtp.timeout", Kind::time_limit, "60s",
     [](Settings& s, const Value& v) { s.smtp.timeout = duration_of(v); }},
    {"metrics.listen", Kind::metrics_address, "",
     [](Settings& s, const Value& v) { s.metrics.listen = text_of(v); }},
};

const DigestKey digest_table[] = {
    {"name", Kind::text, [](DigestSettings& d, const Value& v) { d.name = text_of(v); }},
    {"to", Kind::mail_addresses, [](DigestSettings& d, const Value& v) { d.to = texts_of(v); }},
    {"schedule", Kind::schedule,
     [](DigestSettings& d, const Value& v) { d.schedule = text_of(v); }},
    {"when_empty", Kind::when_empty,
     [](DigestSettings& d, const Value& v) { d.when_empty = text_of(v); }},
    {"max_size", Kind::size,
     [](DigestSettings& d, const Value& v) { d.max_size = parse_size(text_of(v)).value(); }},
    {"vendors", Kind::texts, [](DigestSettings& d, const Value& v) { d.vendors = texts_of(v); }},
    {"categories", Kind::texts,
     [](DigestSettings& d, const Value& v) { d.categories = texts_of(v); }},
    {"agencies", Kind::texts, [](DigestSettings& d, const Value& v) { d.agencies = texts_of(v); }},
    {"tags", Kind::texts, [](DigestSettings& d, const Value& v) { d.tags = texts_of(v); }},
    {"kinds", Kind::texts, [](DigestSettings& d, const Value& v) { d.kinds = texts_of(v); }},
    {"mute_vendors", Kind::texts,
     [](DigestSettings& d, const Value& v) { d.mute_vendors = texts_of(v); }},
    {"mute_kinds", Kind::texts,
     [](DigestSettings& d, const Value& v) { d.mute_kinds = texts_of(v); }},
    {"mute_stories", Kind::story_numbers,
     [](DigestSettings& d, const Value& v) { d.mute_stories = numbers_of(v); }},
    {"min_amount", Kind::amount,
     [](DigestSettings& d, const Value& v) { d.min_amount = parse_amount(text_of(v)).value(); }},
    {"currency", Kind::currency,
     [](DigestSettings& d, const Value& v) { d.currency = text_of(v); }},
    {"webhook", Kind::post_addresses,
     [](DigestSettings& d, const Value& v) { d.webhook = texts_of(v); }},
    {"webhook_secret_file", Kind::path,
     [](DigestSettings& d, const Value& v) { d.webhook_secret_file = text_of(v); }},
    {"push", Kind::post_addresses, [](DigestSettings& d, const Value& v) { d.push = texts_of(v); }},
    {"push_token_file", Kind::path,
     [](DigestSettings& d, const Value& v) { d.push_token_file = text_of(v); }},
    {"atom", Kind::path, [](DigestSettings& d, const Value& v) { d.atom = text_of(v); }},
};

const FeedKey feed_table[] = {
    {"url", Kind::text, [](FeedSettings& f, const Value& v) { f.url = text_of(v); }},
    {"proxy", Kind::feed_proxy, [](FeedSettings& f, const Value& v) { f.proxy = proxy_of(v); }},
    {"proxy_file", Kind::path, [](FeedSettings& f, const Value& v) { f.proxy_file = text_of(v); }},
};

}  // namespace

std::span<const KnownKey> known_keys() {
  return general_table;
}

std::span<const DigestKey> digest_keys() {
  return digest_table;
}

std::span<const FeedKey> feed_keys() {
  return feed_table;
}

}  // namespace stakeout
