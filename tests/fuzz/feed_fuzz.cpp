// Any bytes at all as a feed: what is read is clean text, and links are never dangerous ones.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "extractors/feeds/addresses.h"
#include "extractors/feeds/feed_links.h"
#include "extractors/feeds/parse_feed.h"
#include "extractors/feeds/warnings.h"
#include "extractors/feeds/xml_recovery.h"
#include "extractors/text/unicode.h"

namespace {

void check_text(const std::string& text) {
  assert(stakeout::is_valid_utf8(text));
  assert(stakeout::without_control_characters(text) == text);
}

void check_entry(const stakeout::Entry& entry) {
  for (const std::string* text :
       {&entry.id, &entry.title, &entry.link, &entry.author, &entry.summary, &entry.content}) {
    check_text(*text);
  }
  assert(!stakeout::is_dangerous_address(entry.link));
  for (const std::string& category : entry.categories) check_text(category);
  for (const stakeout::Enclosure& enclosure : entry.enclosures) {
    check_text(enclosure.url);
    assert(!stakeout::is_dangerous_address(enclosure.url));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const auto feed = stakeout::parse_feed(bytes, {"https://a.example/b/", {}});
  if (feed) {
    for (const std::string* text :
         {&feed->format, &feed->title, &feed->link, &feed->description, &feed->language}) {
      check_text(*text);
    }
    assert(!feed->format.empty() && feed->warnings.size() <= 51);
    for (const stakeout::Entry& entry : feed->entries) check_entry(entry);
  }
  // Closing what is open and quoting what is bare costs a bounded factor.
  stakeout::Warnings warnings;
  const stakeout::RecoveredXml recovered = stakeout::recovered_xml(bytes, warnings);
  assert(recovered.xml.size() <= 16 * size + 64);
  (void)stakeout::find_feed_links(bytes, "https://a.example/");
  return 0;
}
