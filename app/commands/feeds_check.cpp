#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "alerts/plain_words.h"
#include "app/commands/feeds.h"
#include "app/commands/feeds_layout.h"
#include "app/commands/listing.h"
#include "app/crawl/feed_check.h"
#include "app/crawl/network_options.h"
#include "app/crawl/system_clock.h"
#include "app/feed_list_file.h"
#include "app/output.h"
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

// "15 entries, the newest of 2024-10-07T06:00:00Z"
std::string entries_of(const FeedCheck& check) {
  if (!check.entries) return "";
  std::string words = std::to_string(*check.entries) + (check.entries == 1 ? " entry" : " entries");
  if (check.newest) words += ", the newest of " + to_rfc3339(*check.newest);
  return words;
}

// "HTTP 200, rss2, 5120 bytes of utf-8"
std::string document_of(const FeedCheck& check) {
  std::vector<std::string> parts;
  if (check.status) parts.push_back("HTTP " + std::to_string(*check.status));
  if (!check.format.empty()) parts.push_back(check.format);
  if (check.bytes) {
    parts.push_back(std::to_string(*check.bytes) + " bytes" +
                    (check.encoding.empty() ? "" : " of " + check.encoding));
  }
  return joined(parts, ", ");
}

// What the operator can do that the outcome does not say.
std::string advice_on(const FeedCheck& check) {
  if (check.moved_for_good) return "put " + check.final_url + " into the list";
  if (!check.offers.empty())
    return "put a feed of this page into the list: " + joined(check.offers, " ");
  if (check.outcome.find("allow_private") != std::string::npos) {
    return "if it is meant to be read there, name the address under fetch.allow_private in the "
           "settings (see docs/settings.md)";
  }
  return "";
}

// For a person: the address on a line, below it what came, whole and wrapped.
void print_check(std::ostream& out, const FeedCheck& check, std::size_t width) {
  constexpr std::size_t indent = 4;
  constexpr std::size_t most_repairs = 5;
  const auto line = [&](const std::string& name, const std::string& words) {
    if (words.empty()) return;
    print_wrapped(out, plain_words(name.empty() ? words : name + ": " + words), indent, width);
  };
  out << plain_words(check.url) << '\n';
  line("", check.outcome);
  line("what to do", advice_on(check));
  line("came from", check.final_url);
  line("", document_of(check));
  if (!check.is_good) return;
  line("", entries_of(check));
  line("validators", validators_of(check));
  if (check.interval) line("to be asked every", as_duration(*check.interval));
  line("robots.txt", check.robots);
  const std::size_t shown = std::min(most_repairs, check.warnings.size());
  for (std::size_t i = 0; i < shown; ++i) line("repair", check.warnings[i]);
  if (shown < check.warnings.size())
    line("", std::to_string(check.warnings.size() - shown) + " more repairs");
}

void print_checks(const std::vector<FeedCheck>& checks, OutputForm form) {
  if (form != OutputForm::table) {
    print_table(std::cout, full_table(checks), form);
    return;
  }
  const std::size_t width = terminal_width();
  for (const FeedCheck& check : checks) print_check(std::cout, check, width);
}

// How far the checks are: a line on stderr that is written over, on a terminal alone.
class CheckProgress {
 public:
  CheckProgress(const Session& session, std::size_t feeds)
      : enabled_{!session.quiet && isatty(STDERR_FILENO) == 1}, feeds_{feeds} {}

  void show(std::size_t done) const {
    if (enabled_) std::fprintf(stderr, "\r\033[Kfeeds %zu of %zu", done, feeds_);
  }

  void clear() const {
    if (enabled_) std::fprintf(stderr, "\r\033[K");
  }

 private:
  bool enabled_;
  std::size_t feeds_;
};

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
  const CheckProgress progress{session, urls.size()};
  const Proxies proxies{settings.feed_settings};
  const auto checks = check_feeds(urls, settings.fetch, proxies, fetcher, clock,
                                  [&](std::size_t done) { progress.show(done); });
  progress.clear();
  print_checks(checks, words.form->form());
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
