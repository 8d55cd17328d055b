#include "extractors/feeds/json_feed.h"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "extractors/feeds/markup.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using nlohmann::json;

// A string, or a number or a truth value as its text; empty for anything else.
std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  if (found->is_string()) return without_control_characters(found->get_ref<const std::string&>());
  return found->is_number() || found->is_boolean() ? found->dump() : std::string{};
}

const json& list_at(const json& object, const char* key) {
  static const json none = json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : none;
}

// Parses what a person would still call JSON: with comments, or cut off at the end. `error` is the
// place of the fault when there was one.
struct Lenient {
  json value;
  std::optional<std::size_t> fault;
};

// Builds the tree as far as the text goes. Inherits nlohmann's builder and differs in one point: an
// error ends the document instead of throwing it away.
class PartialReader : public nlohmann::detail::json_sax_dom_parser<json> {
 public:
  explicit PartialReader(Lenient& result)
      : json_sax_dom_parser{result.value, false}, result_{result} {}

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    result_.fault = position > 0 ? position - 1 : 0;
    return false;
  }

 private:
  Lenient& result_;
};

Lenient parse_leniently(std::string_view text) {
  Lenient result;
  PartialReader reader{result};
  json::sax_parse(text, &reader, json::input_format_t::json, false, true);
  return result;
}

class JsonFeedReader {
 public:
  JsonFeedReader(const Base& base, Warnings& warnings) : base_{base}, warnings_{warnings} {}

  Feed read(const json& root) {
    Feed feed;
    feed.format =
        text_at(root, "version").find("version/1.1") != std::string::npos ? "json1.1" : "json1.0";
    feed.title = plain(text_at(root, "title"));
    feed.link = link_at(root, "home_page_url");
    feed.description = plain(text_at(root, "description"));
    feed.language = text_at(root, "language");
    const std::string author = author_of(root);
    for (const json& item : list_at(root, "items")) {
      if (!item.is_object()) {
        warnings_.add("an entry that is no object");
        continue;
      }
      feed.entries.push_back(read_entry(item));
      if (feed.entries.back().author.empty()) feed.entries.back().author = author;
    }
    return feed;
  }

 private:
  static std::string plain(const std::string& text) { return ascii_collapsed(text); }

  std::string link_at(const json& object, const char* key) {
    std::string link = absolute_address(text_at(object, key), base_);
    if (!is_dangerous_address(link)) return link;
    warnings_.add("a link that leads to no page was dropped: " + link.substr(0, 40));
    return {};
  }

  std::optional<Timestamp> instant_at(const json& object, const char* key) {
    const std::string text = text_at(object, key);
    if (ascii_trimmed(text).empty()) return std::nullopt;
    const auto date = parse_date_time(text);
    if (date) return instant_of(*date);
    warnings_.add(date.error().message);
    return std::nullopt;
  }

  // The names of "authors" (1.1) or of "author" (1.0), which some mix up.
  static std::string author_of(const json& object) {
    std::string names;
    for (const json& author : list_at(object, "authors")) {
      const std::string name = author.is_object() ? person(author) : std::string{};
      if (!name.empty()) names += (names.empty() ? "" : ", ") + name;
    }
    if (!names.empty()) return names;
    for (const char* key : {"authors", "author"}) {
      const auto author = object.find(key);
      if (author != object.end() && author->is_object()) return person(*author);
    }
    return plain(text_at(object, "author"));
  }

  static std::string person(const json& author) {
    const std::string name = plain(text_at(author, "name"));
    return name.empty() ? text_at(author, "url") : name;
  }

  Entry read_entry(const json& item) {
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
    for (const json& tag : list_at(item, "tags")) {
      if (tag.is_string()) entry.categories.push_back(plain(tag.get<std::string>()));
    }
    std::erase(entry.categories, "");
    for (const json& attachment : list_at(item, "attachments")) {
      if (attachment.is_object()) add_enclosure(entry, attachment);
    }
    return entry;
  }

  void add_enclosure(Entry& entry, const json& attachment) {
    Enclosure enclosure{link_at(attachment, "url"), text_at(attachment, "mime_type"), std::nullopt};
    const auto size = attachment.find("size_in_bytes");
    if (size != attachment.end() && size->is_number()) {
      const auto bytes = size->get<double>();
      if (bytes >= 0 && bytes < 9e15) enclosure.length = static_cast<std::int64_t>(bytes);
    }
    if (!enclosure.url.empty()) entry.enclosures.push_back(std::move(enclosure));
  }

  const Base& base_;
  Warnings& warnings_;
};

}  // namespace

bool looks_like_json(std::string_view utf8) {
  return ascii_trimmed(utf8.substr(0, 1'000)).starts_with('{');
}

Result<Feed> read_json_feed(std::string_view utf8, const Base& base, Warnings& warnings) {
  const Lenient parsed = parse_leniently(utf8);
  if (parsed.fault) warnings.add_at(utf8, *parsed.fault, "not well-formed JSON");
  const json& root = parsed.value;
  if (!root.is_object()) return fail("not JSON", parsed.fault.value_or(0));
  const bool is_feed = text_at(root, "version").find("jsonfeed.org") != std::string::npos ||
                       (root.contains("items") && root["items"].is_array());
  if (!is_feed) return fail("a JSON document that is no feed");
  return JsonFeedReader{base, warnings}.read(root);
}

}  // namespace stakeout
