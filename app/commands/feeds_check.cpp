#include <algorithm>
#include <iostream>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/commands/feeds.h"
#include "app/commands/listing.h"
#include "app/crawl/feed_check.h"
#include "app/crawl/network_options.h"
#include "app/crawl/system_clock.h"
#include "app/feed_list_file.h"
#include "app/output.h"
#include "app/progress.h"
#include "app/session.h"

namespace stakeout {
namespace {

struct CheckWords {
  std::shared_ptr<FeedListWords> list = std::make_shared<FeedListWords>();
  std::shared_ptr<ListingOptions> form = std::make_shared<ListingOptions>();
  std::vector<std::string> urls;
};

std::vector<Url> given_urls(const std::vector<std::string>& words) {
  std::vector<Url> urls;
  for (const std::string& word : words) {
    if (const auto fault = fault_of_feed_address(word)) throw CommandError{2, *fault};
    urls.push_back(parse_url(word).value());
  }
  return urls;
}

std::vector<Url> listed_urls(const std::filesystem::path& file) {
  std::vector<Url> urls;
  for (const ListedFeed& feed : read_feed_list(file).feeds)
    urls.push_back(parse_url(feed.url).value());
  if (urls.empty())
    throw CommandError{1, file.string() + " names no feed; add one with: stakeout feeds add URL"};
  return urls;
}

Cell text_cell(const std::string& text) {
  return text.empty() ? Cell{} : Cell{text};
}

template <class T>
Cell number_cell(const std::optional<T>& number) {
  return number ? Cell{static_cast<std::int64_t>(*number)} : Cell{};
}

Cell time_cell(const std::optional<Timestamp>& time) {
  return time ? Cell{to_rfc3339(*time)} : Cell{};
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

// The validators that a repeated request can send, in HTTP's names.
std::string validators_of(const FeedCheck& check) {
  std::vector<std::string> names;
  if (!check.validators.etag.empty()) names.emplace_back("etag");
  if (!check.validators.last_modified.empty()) names.emplace_back("last-modified");
  return names.empty() ? "none" : joined(names, ", ");
}

// "15min", "6h": no finer than a person needs it.
std::string as_duration(std::int64_t seconds) {
  const std::int64_t minutes = (seconds + 30) / 60;
  if (minutes < 120) return std::to_string(minutes) + "min";
  return std::to_string((minutes + 30) / 60) + "h";
}

Table full_table(const std::vector<FeedCheck>& checks) {
  Table table;
  table.columns = {"url",      "outcome", "status",     "final_url",   "moved_for_good", "format",
                   "entries",  "newest",  "validators", "conditional", "robots",         "interval",
                   "warnings", "bytes",   "encoding",   "offers",      "first_warning"};
  for (const FeedCheck& check : checks) {
    const bool is_conditional =
        !check.validators.etag.empty() || !check.validators.last_modified.empty();
    table.rows.push_back(
        {check.url, check.outcome, number_cell(check.status), text_cell(check.final_url),
         check.final_url.empty() ? Cell{} : Cell{check.moved_for_good ? "yes" : "no"},
         text_cell(check.format), number_cell(check.entries), time_cell(check.newest),
         check.is_good ? Cell{validators_of(check)} : Cell{},
         check.is_good ? Cell{is_conditional ? "yes" : "no"} : Cell{}, text_cell(check.robots),
         number_cell(check.interval),
         check.is_good ? Cell{static_cast<std::int64_t>(check.warnings.size())} : Cell{},
         number_cell(check.bytes), text_cell(check.encoding), text_cell(joined(check.offers, " ")),
         check.warnings.empty() ? Cell{} : Cell{check.warnings.front()}});
  }
  return table;
}

// For the terminal: what a person looks for first, the words at the end of the line. Where
// redirects led only when there were any.
Table short_table(const std::vector<FeedCheck>& checks) {
  const bool any_redirect =
      std::ranges::any_of(checks, [](const FeedCheck& check) { return !check.final_url.empty(); });
  Table table;
  table.columns = {"url",        "status",   "format", "entries",  "newest",
                   "validators", "interval", "bytes",  "encoding", "outcome"};
  if (any_redirect) table.columns.insert(table.columns.begin() + 1, "final_url");
  for (const FeedCheck& check : checks) {
    const std::string robots = check.robots.starts_with("allows") || check.robots.empty()
                                   ? std::string{}
                                   : "; robots.txt: " + check.robots;
    table.rows.push_back(
        {check.url, number_cell(check.status), text_cell(check.format), number_cell(check.entries),
         time_cell(check.newest), check.is_good ? Cell{validators_of(check)} : Cell{},
         check.interval ? Cell{as_duration(*check.interval)} : Cell{}, number_cell(check.bytes),
         text_cell(check.encoding), check.outcome + robots});
    if (any_redirect)
      table.rows.back().insert(table.rows.back().begin() + 1, text_cell(check.final_url));
  }
  return table;
}

int exit_code_of(const std::vector<FeedCheck>& checks) {
  const auto good = std::ranges::count(checks, true, &FeedCheck::is_good);
  if (good == static_cast<std::ptrdiff_t>(checks.size())) return 0;
  return good == 0 ? 1 : 3;
}

int run_check(const Session& session, const CheckWords& words) {
  const Settings settings = session.settings();
  const std::vector<Url> urls =
      words.urls.empty() ? listed_urls(words.list->list(session)) : given_urls(words.urls);
  const SystemClock clock;
  CurlFetcher fetcher{fetch_options(settings.fetch), clock};
  Progress progress{session};
  CrawlReport report;
  report.feeds_due = urls.size();
  const Proxies proxies{settings.feed_settings};
  const auto show = [&](std::size_t done) {
    report.feeds_done = done;
    progress.show(report);
  };
  const auto checks = check_feeds(urls, settings.fetch, proxies, fetcher, clock, show);
  progress.clear();
  const OutputForm form = words.form->form();
  print_table(std::cout, form == OutputForm::table ? short_table(checks) : full_table(checks),
              form);
  return exit_code_of(checks);
}

}  // namespace

void add_feeds_check(CLI::App& feeds, Session& session) {
  CLI::App* command =
      feeds.add_subcommand("check", "Fetches feeds once, stores nothing, and says what came");
  const auto words = std::make_shared<CheckWords>();
  command->add_option("URL", words->urls,
                      "Addresses, listed or not; without any, every listed feed");
  add_list_option(*command, words->list);
  add_form_options(*command, words->form);
  command->callback([&session, words] { session.exit_code = run_check(session, *words); });
}

}  // namespace stakeout
