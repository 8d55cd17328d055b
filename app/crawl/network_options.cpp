#include "app/crawl/network_options.h"

#include "app/version.h"

namespace stakeout {

FetchOptions fetch_options(const FetchSettings& settings, bool keep_requests) {
  FetchOptions options;
  options.user_agent = user_agent(version, settings.contact);
  options.proxy = settings.proxy;
  options.ca_file = settings.ca_file;
  options.connections = settings.connections;
  options.timeout = settings.timeout;
  options.keep_requests = keep_requests;
  for (const std::string& text : settings.allow_private)
    options.allow_private.push_back(parse_address_range(text).value());
  return options;
}

CrawlerOptions crawler_options(const FetchSettings& settings) {
  CrawlerOptions options;
  options.connections = settings.connections;
  options.per_host_connections = settings.per_host_connections;
  options.per_host_delay = settings.per_host_delay;
  options.max_page_body = static_cast<std::size_t>(settings.max_body);
  // Less than the crawler's own default: reading documents takes as much again, and twice.
  options.max_open_bytes = 64U << 20U;
  return options;
}

}  // namespace stakeout
