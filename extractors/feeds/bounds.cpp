#include "extractors/feeds/bounds.h"

#include <array>
#include <cstdio>
#include <utility>

#include <xxhash.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20U;  // of all entries
// What an address that is still relative may grow by when its base becomes known.
constexpr std::size_t room_for_base = 1'000;
constexpr std::size_t kept_of_id = 200;

std::string hash_of_id(std::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  std::array<char, 33> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx%016llx",
                static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return digits.data();
}

std::size_t size_of(const Entry& entry) {
  std::size_t size = sizeof(Entry) + entry.id.size() + entry.title.size() + entry.link.size() +
                     entry.author.size() + entry.summary.size() + entry.content.size();
  for (const std::string& category : entry.categories) size += sizeof(category) + category.size();
  for (const Enclosure& enclosure : entry.enclosures)
    size += sizeof(enclosure) + enclosure.url.size() + enclosure.type.size() + room_for_base;
  return size;
}

}  // namespace

void bound_line(std::string& text, std::string_view what, Warnings& warnings) {
  if (text.size() <= longest_line) return;
  std::string cut = shortened(text, longest_line);
  if (cut == text) return;
  text = std::move(cut);
  warnings.add(std::string{what} + " is too long: cut to " + std::to_string(longest_line) +
               " characters");
}

void bound_description(Feed& feed, Warnings& warnings) {
  bound_line(feed.title, "the feed's title", warnings);
  bound_line(feed.description, "the feed's description", warnings);
  if (feed.link.size() > longest_address) {
    warnings.add("the feed's link is too long: dropped");
    feed.link.clear();
  }
  if (feed.language.size() > longest_word) {
    warnings.add("the feed's language is too long: dropped");
    feed.language.clear();
  }
}

bool EntryBounds::take(Entry& entry) {
  ++number_;
  bound_id(entry.id);
  bound_line(entry.title, of_entry("the title"), warnings_);
  bound_line(entry.author, of_entry("the author"), warnings_);
  bound_address(entry.link, "the link");
  bound_text(entry.summary, "the summary");
  bound_text(entry.content, "the content");
  bound_lists(entry);
  const std::size_t size = size_of(entry);
  if (bytes_ + size <= most_bytes) {
    bytes_ += size;
    return true;
  }
  if (!std::exchange(is_full_, true)) {
    warnings_.add(of_entry("the feed is too long: the rest") +
                  " on and whatever has no room is left out");
  }
  return false;
}

std::string EntryBounds::of_entry(std::string_view what) const {
  return std::string{what} + " of entry " + std::to_string(number_);
}

void EntryBounds::bound_id(std::string& id) {
  if (id.size() <= longest_address) return;
  warnings_.add(of_entry("the id") + " is too long: a hash stands for it");
  id = hash_of_id(id) + ":" + std::string{first_bytes(id, kept_of_id)};
}

void EntryBounds::bound_address(std::string& address, std::string_view what) {
  if (address.size() <= longest_address) return;
  warnings_.add(of_entry(what) + " is too long: dropped, " + std::to_string(address.size()) +
                " bytes");
  address.clear();
  address.shrink_to_fit();
}

void EntryBounds::bound_text(std::string& html, std::string_view what) {
  if (html.size() <= longest_text) return;
  std::string_view kept = first_bytes(html, longest_text);
  const std::size_t tag = kept.rfind('<');
  if (tag != kept.npos && kept.find('>', tag) == kept.npos) kept = kept.substr(0, tag);
  html.resize(kept.size());
  html.shrink_to_fit();
  warnings_.add(of_entry(what) + " is too long: cut to " + std::to_string(html.size()) + " bytes");
}

void EntryBounds::bound_lists(Entry& entry) {
  for (Enclosure& enclosure : entry.enclosures) {
    bound_address(enclosure.url, "an enclosure");
    if (enclosure.type.size() > longest_word) enclosure.type.clear();
  }
  std::erase_if(entry.enclosures, [](const Enclosure& each) { return each.url.empty(); });
  if (entry.enclosures.size() > most_enclosures) {
    warnings_.add(of_entry("enclosures") + " beyond the first " + std::to_string(most_enclosures) +
                  " were left out");
    entry.enclosures.resize(most_enclosures);
  }
  for (std::string& category : entry.categories) {
    if (category.size() <= longest_word) continue;
    warnings_.add(of_entry("a category") + " is too long: cut to " + std::to_string(longest_word) +
                  " bytes");
    category = std::string{first_bytes(category, longest_word)};
  }
  if (entry.categories.size() > most_categories) {
    warnings_.add(of_entry("categories") + " beyond the first " + std::to_string(most_categories) +
                  " were left out");
    entry.categories.resize(most_categories);
  }
}

}  // namespace stakeout
