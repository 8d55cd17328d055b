#include "extractors/feeds/json_feed.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "extractors/feeds/bounds.h"
#include "extractors/feeds/json_text.h"
#include "extractors/feeds/markup.h"
#include "extractors/feeds/parse_feed.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using Id = JsonText::Id;
using Kind = JsonText::Kind;

class JsonFeedReader {
 public:
  JsonFeedReader(const JsonText& json, std::string_view utf8, const Base& base, Warnings& warnings)
      : json_{json}, utf8_{utf8}, base_{base}, warnings_{warnings} {}

  Feed read() {
    constexpr Id root = 0;
    Feed feed;
    feed.format =
        text_at(root, "version").find("version/1.1") != std::string::npos ? "json1.1" : "json1.0";
    feed.cut_short = json_.is_cut_short();
    feed.title = plain(text_at(root, "title"));
    feed.link = link_at(root, "home_page_url");
    feed.description = plain(text_at(root, "description"));
    feed.language = text_at(root, "language");
    std::string author = author_of(root);
    bound_line(author, "the feed's author", warnings_);
    EntryBounds bounds{warnings_};
    for (const Id item : json_.elements(json_.find(root, "items"))) {
      if (json_.kind(item) != Kind::object) {
        warn(item, "an entry that is no object");
        continue;
      }
      if (feed.entries.size() == most_entries) {
        warnings_.add("only the first " + std::to_string(most_entries) + " entries are taken");
        break;
      }
      Entry entry = read_entry(item);
      if (!bounds.take(entry)) continue;
      feed.entries.push_back(std::move(entry));
      if (feed.entries.back().author.empty()) feed.entries.back().author = author;
      // The format has no date of the feed's own.
      if (const auto& time = feed.entries.back().updated) {
        feed.updated = std::max(feed.updated.value_or(*time), *time);
      }
    }
    return feed;
  }

 private:
  static std::string plain(const std::string& text) { return ascii_collapsed(text); }

  void warn(Id value, const std::string& message) {
    warnings_.add_at(utf8_, json_.offset(value), message);
  }

  // A string, or a number or a truth value as its text; empty for anything else.
  std::string text_at(Id object, std::string_view name) const {
    const Id value = json_.find(object, name);
    return value == JsonText::none ? std::string{} : without_control_characters(json_.text(value));
  }

  std::string link_at(Id object, std::string_view name) {
    std::string link = absolute_address(text_at(object, name), base_);
    if (!base_ && !link.empty() && !has_scheme(link)) {
      warn(json_.find(object, name),
           "a relative link, and no base is known: " + link.substr(0, 40));
    }
    if (!is_dangerous_address(link)) return link;
    warn(json_.find(object, name),
         "a link that leads to no page was dropped: " + link.substr(0, 40));
    return {};
  }

  std::optional<Timestamp> instant_at(Id object, std::string_view name) {
    const std::string text = text_at(object, name);
    if (ascii_trimmed(text).empty()) return std::nullopt;
    const auto date = parse_date_time(text);
    if (date) return instant_of(*date);
    warn(json_.find(object, name), date.error().message);
    return std::nullopt;
  }

  // The names of "authors" (1.1) or of "author" (1.0), which some mix up: a list, an object or a
  // string.
  std::string author_of(Id object) const {
    for (const std::string_view name : {"authors", "author"}) {
      const Id value = json_.find(object, name);
      if (value == JsonText::none) continue;
      std::string names;
      for (const Id author : json_.elements(value)) {
        const std::string one = person(author);
        if (!one.empty()) names += (names.empty() ? "" : ", ") + one;
      }
      if (names.empty()) names = person(value);
      if (!names.empty()) return names;
    }
    return {};
  }

  std::string person(Id author) const {
    if (json_.kind(author) != Kind::object) {
      return plain(without_control_characters(json_.text(author)));
    }
    const std::string name = plain(text_at(author, "name"));
    return name.empty() ? text_at(author, "url") : name;
  }

  Entry read_entry(Id item) {
    Entry entry;
    entry.id = plain(text_at(item, "id"));
    entry.title = plain(text_at(item, "title"));
    entry.link = link_at(item, "url");
    if (entry.link.empty()) entry.link = link_at(item, "external_url");
    entry.published = instant_at(item, "date_published");
    entry.updated = instant_at(item, "date_modified");
    entry.author = author_of(item);
    entry.summary = escaped_for_html(text_at(item, "summary"));
    entry.content = html_with_absolute_addresses(text_at(item, "content_html"), base_);
    if (entry.content.empty()) entry.content = escaped_for_html(text_at(item, "content_text"));
    for (const Id tag : json_.elements(json_.find(item, "tags"))) {
      entry.categories.push_back(plain(without_control_characters(json_.text(tag))));
    }
    std::erase(entry.categories, "");
    for (const Id attachment : json_.elements(json_.find(item, "attachments"))) {
      if (entry.enclosures.size() > most_enclosures) break;  // EntryBounds warns of the rest
      add_enclosure(entry, attachment);
    }
    return entry;
  }

  void add_enclosure(Entry& entry, Id attachment) {
    Enclosure enclosure{link_at(attachment, "url"), text_at(attachment, "mime_type"),
                        size_in_bytes(text_at(attachment, "size_in_bytes"))};
    if (!enclosure.url.empty()) entry.enclosures.push_back(std::move(enclosure));
  }

  // "123", and "1.5e6", which is a number of JSON, too.
  static std::optional<std::int64_t> size_in_bytes(const std::string& text) {
    double bytes = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bytes);
    const bool is_size =
        error == std::errc{} && end == text.data() + text.size() && bytes >= 0 && bytes < 9e15;
    return is_size ? std::optional{static_cast<std::int64_t>(bytes)} : std::nullopt;
  }

  const JsonText& json_;
  std::string_view utf8_;
  const Base& base_;
  Warnings& warnings_;
};

}  // namespace

bool looks_like_json(std::string_view utf8) {
  return ascii_trimmed(utf8.substr(0, 1'000)).starts_with('{');
}

Result<Feed> read_json_feed(std::string_view utf8, const Base& base, Warnings& warnings) {
  constexpr std::size_t longest = 0xFFFF'FFF0;
  if (utf8.size() > longest) return fail("too long for a JSON feed");
  constexpr Id root = 0;
  const JsonText json{utf8, warnings};
  if (json.kind(root) != Kind::object) return fail("not JSON");
  const Id items = json.find(root, "items");
  const Id version = json.find(root, "version");
  const bool is_feed =
      (version != JsonText::none && json.text(version).find("jsonfeed.org") != std::string::npos) ||
      (items != JsonText::none && json.kind(items) == Kind::list);
  if (!is_feed) return fail("a JSON document that is no feed");
  return JsonFeedReader{json, utf8, base, warnings}.read();
}

}  // namespace stakeout
