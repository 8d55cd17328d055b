#include <iostream>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include "alerts/plain_words.h"
#include "app/commands/feeds.h"
#include "app/feed_list_file.h"
#include "app/session.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

struct AddWords {
  std::shared_ptr<FeedListWords> list = std::make_shared<FeedListWords>();
  std::vector<std::string> urls;
  std::vector<std::string> tags;
  std::string title;
};

std::string checked_tag(const std::string& given) {
  const std::string tag = clean_feed_word(given);
  if (tag.empty()) throw CommandError{2, "--tag: an empty tag"};
  if (tag.starts_with('~') || tag.starts_with('!')) {
    throw CommandError{2, "--tag: '" + tag +
                              "': a tag cannot begin with ~, which marks a title, or !; give the "
                              "name of a feed with --title"};
  }
  return tag;
}

// What the words of the command ask for. All of them are looked at before anything is changed.
std::vector<ListedFeed> asked_feeds(const AddWords& words) {
  ListedFeed feed;
  feed.title = clean_feed_word(words.title);
  for (const std::string& tag : words.tags) add_feed_tag(feed, checked_tag(tag));
  std::vector<ListedFeed> feeds;
  for (const std::string& given : words.urls) {
    feed.url = ascii_trimmed(given);
    if (const auto fault = fault_of_feed_address(feed.url)) {
      throw CommandError{
          2, *fault + "; nothing was added (a feed's address looks like https://example.org/feed)"};
    }
    feeds.push_back(feed);
  }
  if (feeds.size() > 1 && !feed.title.empty())
    throw CommandError{2, "--title names one feed; add the others in a command of their own"};
  return feeds;
}

std::string as_said(const AddedFeed& added, const std::filesystem::path& file) {
  std::string more;
  for (const std::string& tag : added.tags) more += (more.empty() ? " " : ", ") + tag;
  if (!more.empty()) more = "; tags:" + more;
  if (!added.title.empty()) more += "; title: " + added.title;
  switch (added.change) {
    case ListChange::added:
      return "added " + added.url + " to " + file.string() + more;
    case ListChange::merged:
      return added.url + " is listed already; new on its line" + more;
    case ListChange::listed:
      return added.url + " is listed already";
  }
  return {};
}

void run_add(const Session& session, const AddWords& words) {
  const std::vector<ListedFeed> feeds = asked_feeds(words);
  const std::filesystem::path file = words.list->list(session);
  std::vector<AddedFeed> done;
  edit_feed_list(file, false, [&](FeedListText& text) {
    done.clear();
    for (const ListedFeed& feed : feeds) {
      auto added = text.add(feed, OldTitle::replace);
      if (!added) throw CommandError{2, added.error().message + "; nothing was added"};
      done.push_back(std::move(*added));
    }
  });
  std::string fresh;
  for (const AddedFeed& added : done) {
    std::cout << plain_words(as_said(added, file)) << '\n';
    if (added.change == ListChange::added) fresh += ' ' + added.url;
  }
  if (!fresh.empty())
    std::cout << "not asked yet; look at it with: stakeout feeds check" << fresh << '\n';
}

}  // namespace

void add_feeds_add(CLI::App& feeds, Session& session) {
  CLI::App* command = feeds.add_subcommand("add", "Adds feeds to the feed list");
  const auto words = std::make_shared<AddWords>();
  command->add_option("URL", words->urls, "The address of a feed")->required();
  command->add_option("--tag", words->tags, "A tag for them; may be given again")
      ->expected(1)
      ->take_all();
  command->add_option("--title", words->title, "The name that the list gives the feed");
  add_list_option(*command, words->list);
  command->callback([&session, words] { run_add(session, *words); });
}

}  // namespace stakeout
