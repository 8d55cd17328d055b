// Any bytes at all as a feed list: what is read can be written in both forms and read again as the
// same, and the text that is changed keeps every byte that nobody asked to be changed.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/feed_list.h"
#include "app/feed_list_export.h"
#include "app/feed_list_text.h"
#include "extractors/feeds/opml.h"

namespace {

using namespace stakeout;

bool same(ListedFeed a, ListedFeed b) {
  std::ranges::sort(a.tags);
  std::ranges::sort(b.tags);
  return a.url == b.url && a.title == b.title && a.tags == b.tags;
}

void check_export(const FeedList& list) {
  const FeedList again = parse_feed_list(as_urls(list), "f");
  assert(std::ranges::equal(again.feeds, list.feeds, same));
  const auto opml = parse_opml(as_opml(list, {}, {}));
  assert(opml.has_value() && opml->warnings.empty());
  assert(opml->outlines.size() >= list.feeds.size());
  for (std::size_t i = 0; i < list.feeds.size(); ++i)
    assert(opml->outlines[i].url == list.feeds[i].url);
}

void check_change(std::string_view bytes, const FeedList& list) {
  FeedListText text{bytes};
  assert(text.bytes() == bytes);
  for (const ListedFeed& feed : list.feeds) {
    const auto known = text.add(feed, OldTitle::keep);
    assert(known.has_value() && known->change == ListChange::listed);
  }
  assert(text.bytes() == bytes);
  const ListedFeed fresh{"https://fuzz.example/never/listed", "T", {"new tag"}};
  const auto added = text.add(fresh, OldTitle::keep);
  assert(added.has_value());
  const FeedList longer = parse_feed_list(text.bytes(), "f");
  const auto is_fresh = [&](const ListedFeed& feed) { return same(feed, fresh); };
  if (added->change == ListChange::added) {
    assert(text.bytes().starts_with(bytes));
    assert(std::ranges::any_of(longer.feeds, is_fresh));
    assert(text.remove(fresh.url));
  }
  for (const ListedFeed& feed : list.feeds) assert(text.remove(feed.url));
  assert(parse_feed_list(text.bytes(), "f").feeds.size() <=
         (added->change == ListChange::added ? 0U : 1U));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const FeedList list = parse_feed_list(bytes, "f");
  check_export(list);
  if (!has_utf16_mark(bytes)) check_change(bytes, list);
  return 0;
}
