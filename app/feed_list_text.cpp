#include "app/feed_list_text.h"

#include <algorithm>
#include <utility>

#include "extractors/text/canonical_url.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  return line;
}

// What closes the quote of a line that leaves it open: a backslash at the end must not escape it.
std::string closing_quote(std::string_view line, std::size_t end) {
  const std::size_t last = line.substr(0, end).find_last_not_of('\\');
  return (end - last) % 2 == 0 ? "\\\"" : "\"";
}

}  // namespace

FeedListText::FeedListText(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end);
    const bool has_mark = lines_.empty() && line.starts_with(mark);
    // The mark is a line of its own here, so that places in lines are places in their words.
    if (has_mark) lines_.push_back({std::string{mark}, {}});
    const std::string_view rest = line.substr(has_mark ? mark.size() : 0);
    if (rest.empty()) return;
    lines_.push_back({std::string{rest}, parse_feed_line(without_line_end(rest))});
    if (line.ends_with("\r\n")) line_end_ = "\r\n";

    note_last_line();
  }
}

void FeedListText::note_last_line() {
  const FeedLine& parsed = lines_.back().parsed;
  if (parsed.kind != FeedLine::Kind::feed) return;
  Places& places = by_address_[parsed.address];
  places.push_back(lines_.size() - 1);
  if (places.size() > 1) return;
  by_document_[canonical_url(parse_url(parsed.address).value())].push_back(parsed.address);
}

void FeedListText::append(std::string_view words) {
  std::string& last = lines_.empty() ? line_end_ : lines_.back().bytes;
  if (!last.empty() && last != mark && !last.ends_with('\n')) last += line_end_;
  lines_.push_back({std::string{words} + line_end_, parse_feed_line(words)});
  note_last_line();
}

std::vector<std::string> FeedListText::find(std::string_view url) const {
  const auto parsed = parse_url(url);
  if (!parsed) return {};
  std::vector<std::string> found;
  const auto spelling = [&](const std::string& address) {
    if (const auto same = by_address_.find(address); same != by_address_.end())
      found.push_back(lines_[same->second.front()].parsed.feed.url);
  };
  spelling(parsed->text());
  if (!found.empty()) return found;
  const auto document = by_document_.find(canonical_url(*parsed));
  if (document != by_document_.end()) std::ranges::for_each(document->second, spelling);
  return found;
}

Result<AddedFeed> FeedListText::add(const ListedFeed& feed, OldTitle old_title) {
  if (const auto fault = fault_of_feed_address(feed.url)) return fail(*fault);
  const std::vector<std::string> listed = find(feed.url);
  if (!listed.empty())
    return merge(by_address_.at(parse_url(listed.front()).value().text()), feed, old_title);
  const std::string line = written_feed_line(feed);
  if (line.size() > longest_feed_line) {
    return fail("'" + feed.url.substr(0, 100) + "...': its line would be longer than " +
                std::to_string(longest_feed_line) + " bytes");
  }
  append(line);
  return AddedFeed{ListChange::added, feed.url, feed.tags, feed.title};
}

AddedFeed FeedListText::merge(const Places& places, const ListedFeed& feed, OldTitle old_title) {
  ListedFeed known = lines_[places.front()].parsed.feed;
  std::size_t titled = lines_.size();  // the line whose title holds
  for (const std::size_t place : places) {
    const FeedLine& line = lines_[place].parsed;
    for (const std::string& tag : line.feed.tags) add_feed_tag(known, tag);
    if (titled == lines_.size() && line.title && !line.feed.title.empty()) {
      titled = place;
      known.title = line.feed.title;
    }
  }
  AddedFeed added{ListChange::listed, known.url, {}, {}};
  for (const std::string& tag : feed.tags) {
    if (add_feed_tag(known, tag)) added.tags.push_back(tag);
  }
  const bool is_titled = titled < lines_.size();
  if (feed.title != known.title && (!is_titled || old_title == OldTitle::replace))
    added.title = feed.title;
  if (added.tags.empty() && added.title.empty()) return added;
  added.change = ListChange::merged;
  if (is_titled && !added.title.empty()) replace_title(lines_[titled], added.title);
  insert_words(places.front(), {known.url, is_titled ? std::string{} : added.title, added.tags});
  return added;
}

void FeedListText::replace_title(Line& line, const std::string& title) const {
  const LinePart part = line.parsed.title.value();
  line.bytes.replace(part.begin, part.end - part.begin, written_feed_word("~" + title));
  line.parsed = parse_feed_line(without_line_end(line.bytes));
}

void FeedListText::insert_words(std::size_t place, const ListedFeed& more) {
  Line& line = lines_[place];
  const std::size_t end = line.parsed.words.back().end;
  const std::string quote = line.parsed.has_open_quote ? closing_quote(line.bytes, end) : "";
  const std::string words = quote + written_feed_line(more).substr(more.url.size());
  if (words == quote) return;
  if (line.bytes.size() + words.size() > longest_feed_line) {
    append(written_feed_line(more));  // a feed that is given twice has the tags of both lines
    return;
  }
  line.bytes.insert(end, words);
  line.parsed = parse_feed_line(without_line_end(line.bytes));
}

std::vector<std::string> FeedListText::urls() const {
  std::vector<std::string> urls;
  for (const Line& line : lines_) {
    if (line.parsed.kind == FeedLine::Kind::feed) urls.push_back(line.parsed.feed.url);
  }
  return urls;
}

bool FeedListText::remove(std::string_view url) {
  const auto parsed = parse_url(url);
  const auto found = parsed ? by_address_.find(parsed->text()) : by_address_.end();
  if (found == by_address_.end()) return false;
  for (const std::size_t place : found->second) lines_[place] = {};
  by_address_.erase(found);
  return true;
}

std::string FeedListText::bytes() const {
  std::string out;
  for (const Line& line : lines_) out += line.bytes;
  return out;
}

}  // namespace stakeout
