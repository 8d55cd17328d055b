#include "storage/entry_match.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "storage/hash.h"

namespace stakeout {
namespace {

// Nobody writes so many bytes twice by chance.
constexpr std::size_t long_words = 100;

// Of the known entries that share a mark so many are compared with one of the document, so that a
// feed that gives all its entries one guid does not cost the square of their number.
constexpr std::size_t most_compared = 64;

using Hash64 = std::optional<std::int64_t>;

template <class T>
bool agree(const std::optional<T>& a, const std::optional<T>& b) {
  return a && b && *a == *b;
}

template <class T>
bool differ(const std::optional<T>& a, const std::optional<T>& b) {
  return a && b && *a != *b;
}

std::optional<Timestamp> last_change(const Entry& entry) {
  return entry.updated ? entry.updated : entry.published;
}

// Whether two entries of one document are one: the same again, or an older and a newer state.
bool is_repeated(const EntryMarks& a, const EntryMarks& b) {
  if (a.link != b.link) return false;
  if (a.words == b.words && a.published == b.published) return true;
  return a.link && agree(a.guid, b.guid) &&
         (agree(a.title, b.title) || agree(a.body, b.body) || agree(a.published, b.published));
}

// The matching of one document; see match_entries().
class Matcher {
 public:
  Matcher(const std::vector<EntryMarks>& document, const std::vector<EntryMarks>& known)
      : document_{document}, known_{known}, distinctive_{document}, taken_(known.size()) {
    matches_.known.resize(document.size());
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (known[i].guid) by_guid_[*known[i].guid].all.push_back(i);
      if (known[i].link) by_link_[*known[i].link].all.push_back(i);
      if (known[i].words) by_words_[*known[i].words].all.push_back(i);
    }
  }

  EntryMatches run() {
    match(by_guid_, &EntryMarks::guid, is_surely);
    match(by_guid_, &EntryMarks::guid, [this](const EntryMarks& entry, const EntryMarks& known) {
      return distinctive_.guid(entry) && is_by_guid(entry, known);
    });
    matches_.guids_change = guids_change();
    match(by_link_, &EntryMarks::link, [this](const EntryMarks& entry, const EntryMarks& known) {
      return distinctive_.link(entry) && is_by_link(entry, known);
    });
    match(by_words_, &EntryMarks::words, is_by_words);
    return std::move(matches_);
  }

 private:
  // The known entries with one mark.
  struct Sharers {
    std::vector<std::size_t> all;
    std::size_t taken = 0;  // so many at the front are taken
  };
  using Places = std::unordered_map<std::int64_t, Sharers>;

  // Those to compare an entry with.
  std::span<const std::size_t> candidates(Sharers& sharers) const {
    auto& [all, taken] = sharers;
    while (taken < all.size() && taken_[all[taken]]) ++taken;
    return std::span{all}.subspan(taken, std::min(all.size() - taken, most_compared));
  }

  static bool is_surely(const EntryMarks& entry, const EntryMarks& known) {
    return agree(entry.link, known.link) || agree(entry.words, known.words);
  }

  static bool is_by_guid(const EntryMarks& entry, const EntryMarks& known) {
    return !differ(entry.link, known.link) || !differ(entry.title, known.title) ||
           agree(entry.body, known.body) || agree(entry.published, known.published);
  }

  [[nodiscard]] bool is_by_link(const EntryMarks& entry, const EntryMarks& known) const {
    if (!differ(entry.guid, known.guid)) {
      return !differ(entry.title, known.title) || agree(entry.body, known.body) ||
             !differ(entry.published, known.published);
    }
    return matches_.guids_change || agree(entry.words, known.words) ||
           agree(entry.body, known.body) ||
           (agree(entry.title, known.title) && agree(entry.published, known.published));
  }

  static bool is_by_words(const EntryMarks& entry, const EntryMarks& known) {
    if (!entry.guid && !entry.link) return true;
    if (agree(entry.published, known.published)) return true;
    return !differ(entry.published, known.published) && entry.is_long;
  }

  // Two entries that have kept link and words under other guids.
  [[nodiscard]] bool guids_change() {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < document_.size() && seen < 2; ++i) {
      const EntryMarks& entry = document_[i];
      if (matches_.known[i] || !entry.link || !entry.guid) continue;
      const auto places = by_link_.find(*entry.link);
      if (places == by_link_.end()) continue;
      seen += std::ranges::any_of(candidates(places->second), [&](std::size_t place) {
        return !taken_[place] && agree(entry.words, known_[place].words) &&
               differ(entry.guid, known_[place].guid);
      });
    }
    return seen == 2;
  }

  template <class Same>
  void match(Places& by_mark, Hash64 EntryMarks::*mark, const Same& same) {
    for (std::size_t i = 0; i < document_.size(); ++i) {
      const EntryMarks& entry = document_[i];
      if (matches_.known[i] || !(entry.*mark)) continue;
      const auto places = by_mark.find(*(entry.*mark));
      if (places == by_mark.end()) continue;
      for (const std::size_t place : candidates(places->second)) {
        if (taken_[place] || !same(entry, known_[place])) continue;
        matches_.known[i] = place;
        taken_[place] = true;
        break;
      }
    }
  }

  const std::vector<EntryMarks>& document_;
  const std::vector<EntryMarks>& known_;
  Distinctive distinctive_;
  Places by_guid_, by_link_, by_words_;
  std::vector<bool> taken_;  // known entries
  EntryMatches matches_;
};

}  // namespace

EntryMarks marks_of(const FeedEntry& given) {
  const Entry& entry = given.entry;
  EntryMarks marks;
  marks.guid = hash_of({entry.id});
  marks.link = hash_of({given.canonical_url.empty() ? entry.link : given.canonical_url});
  marks.title = hash_of({entry.title});
  marks.body = hash_of({entry.summary, entry.content});
  marks.words = hash_of({entry.title, entry.summary, entry.content});
  marks.published = entry.published;
  marks.is_long = entry.title.size() + entry.summary.size() + entry.content.size() >= long_words;
  if (!marks.guid && !marks.link && marks.title && entry.published) {
    marks.guid = hash_of({entry.title, to_rfc3339(*entry.published)});
  }
  return marks;
}

std::vector<std::size_t> distinct_entries(const std::vector<FeedEntry>& entries,
                                          const std::vector<EntryMarks>& marks) {
  // Entries that are one have the same link, and the same words or guid.
  using Key = std::tuple<Hash64, Hash64, bool>;
  std::map<Key, std::vector<std::size_t>> met;  // places in `kept`
  std::vector<std::size_t> kept;
  const auto find = [&](const EntryMarks& entry, const Key& key) -> std::optional<std::size_t> {
    const auto places = met.find(key);
    if (places == met.end()) return std::nullopt;
    for (const std::size_t place : places->second) {
      if (is_repeated(entry, marks[kept[place]])) return place;
    }
    return std::nullopt;
  };
  constexpr std::size_t most_places = 4;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Key by_words{marks[i].link, marks[i].words, true};
    const Key by_guid{marks[i].link, marks[i].guid, false};
    auto place = find(marks[i], by_words);
    if (!place) place = find(marks[i], by_guid);
    if (place) {
      if (last_change(entries[i].entry) > last_change(entries[kept[*place]].entry))
        kept[*place] = i;
      continue;
    }
    for (const Key& key : {by_words, by_guid}) {
      auto& places = met[key];
      if (places.size() < most_places) places.push_back(kept.size());
    }
    kept.push_back(i);
  }
  return kept;
}

Distinctive::Distinctive(const std::vector<EntryMarks>& document) {
  for (const EntryMarks& entry : document) {
    if (entry.guid) guids_.push_back(*entry.guid);
    if (entry.link) links_.push_back(*entry.link);
  }
  std::ranges::sort(guids_);
  std::ranges::sort(links_);
}

bool Distinctive::is_once(const std::vector<std::int64_t>& sorted,
                          std::optional<std::int64_t> hash) {
  if (!hash) return false;
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), *hash);
  return last - first == 1;
}

EntryMatches match_entries(const std::vector<EntryMarks>& document,
                           const std::vector<EntryMarks>& known) {
  return Matcher{document, known}.run();
}

}  // namespace stakeout
