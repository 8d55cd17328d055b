#include <algorithm>
#include <charconv>
#include <iostream>
#include <limits>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include "alerts/plain_words.h"
#include "app/commands/feeds.h"
#include "app/edit_distance.h"
#include "app/feed_list_file.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/text/ascii.h"
#include "storage/reader.h"

namespace stakeout {
namespace {

struct RemoveWords {
  std::shared_ptr<FeedListWords> list = std::make_shared<FeedListWords>();
  std::vector<std::string> feeds;
};

bool is_id(const std::string& word) {
  return !word.empty() && std::ranges::all_of(word, is_ascii_digit);
}

// The address of a feed of the database.
std::string url_of_id(const Session& session, const std::string& word) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
  Reader reader{session.existing_database()};
  const Table table = error == std::errc{}
                          ? reader.rows("SELECT url FROM v_feeds WHERE id = ?1", {Cell{id}})
                          : Table{};
  if (table.rows.empty())
    throw CommandError{1, "no feed has the id " + word + "; see them with: stakeout feeds list"};
  return cell_text(table.rows.front().front());
}

// "; the nearest listed one is ...", or nothing when the list is empty.
std::string nearest_to(const std::string& url, const std::vector<std::string>& listed) {
  constexpr std::size_t compared = 300;  // bytes of each
  std::size_t least = std::numeric_limits<std::size_t>::max();
  std::string nearest;
  for (const std::string& candidate : listed) {
    const std::size_t distance =
        edit_distance(candidate.substr(0, compared), url.substr(0, compared));
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest.empty() ? " (it lists no feed)" : "; the nearest listed one is " + nearest;
}

std::string listed_url(const FeedListText& text, const std::string& url,
                       const std::filesystem::path& file) {
  const std::vector<std::string> found = text.find(url);
  if (found.empty()) {
    throw CommandError{1, plain_words(url) + " is not listed in " + file.string() +
                              plain_words(nearest_to(url, text.urls())) + "; nothing was removed"};
  }
  if (found.size() > 1) {
    std::string each;
    for (const std::string& candidate : found) each += ' ' + plain_words(candidate);
    throw CommandError{
        1, plain_words(url) + " may be one of several; name it as it is listed:" + each};
  }
  return found.front();
}

void run_remove(const Session& session, const RemoveWords& words) {
  const std::filesystem::path file = words.list->list(session);
  std::vector<std::string> urls;
  for (const std::string& word : words.feeds)
    urls.push_back(is_id(word) ? url_of_id(session, word) : word);
  std::vector<std::string> removed;
  edit_feed_list(file, words.list->dry_run, [&](FeedListText& text) {
    removed.clear();
    for (const std::string& url : urls) removed.push_back(listed_url(text, url, file));
    for (const std::string& url : removed) text.remove(url);
  });
  for (const std::string& url : removed) {
    std::cout << (words.list->dry_run ? "would remove " : "removed ") << plain_words(url)
              << " from " << file.string() << "; what is stored of it stays in the database\n";
  }
}

}  // namespace

void add_feeds_remove(CLI::App& feeds, Session& session) {
  CLI::App* command =
      feeds.add_subcommand("remove", "Takes feeds off the feed list; what is stored of them stays");
  const auto words = std::make_shared<RemoveWords>();
  command->add_option("FEED", words->feeds, "Its address, or its id in `feeds list`")
      ->type_name("URL|ID")
      ->required();
  add_list_option(*command, words->list);
  add_dry_run_option(*command, words->list);
  command->callback([&session, words] { run_remove(session, *words); });
}

}  // namespace stakeout
