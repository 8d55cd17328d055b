#include "app/commands/unknown_names.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <spdlog/spdlog.h>

#include "app/crawl/plan.h"
#include "app/output.h"
#include "app/watchlist_check.h"
#include "extractors/facts/categories.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// People give the first word of a name; shorter ones are like too many others.
constexpr std::size_t shortest_first_word = 5;

// Words that somebody may have meant, each with the name that it stands for.
using Meant = std::map<std::string, std::string>;

void add_meant(Meant& meant, const std::string& word, const std::string& name) {
  meant.try_emplace(fold_case(word), name);
  const std::size_t end = word.find(' ');
  if (end != std::string::npos && end >= shortest_first_word)
    meant.try_emplace(fold_case(word.substr(0, end)), name);
}

std::string nearest_of(const Meant& meant, const std::string& given) {
  std::vector<std::string> words;
  for (const auto& [word, name] : meant) words.push_back(word);
  const std::string near = nearest_word(words, fold_case(given));
  return near.empty() ? std::string{} : meant.at(near);
}

std::string with_nearest(const std::string& what, const std::string& near) {
  return what + (near.empty() ? "" : "; did you mean '" + near + "'?");
}

void tell(const std::string& what, const std::string& near) {
  spdlog::warn("{}", with_nearest(what, near));
}

// The names and aliases of the watchlist.
Meant listed_names(const Watchlist& watchlist, EntityKind kind) {
  Meant meant;
  for (const Entity& entity : watchlist.entities()) {
    if (entity.kind != kind) continue;
    add_meant(meant, entity.name, entity.name);
    for (const auto& alias : entity.aliases) add_meant(meant, alias, entity.name);
  }
  return meant;
}

Meant categories(const Watchlist& watchlist) {
  Meant meant;
  for (const Category& each : known_categories())
    meant.try_emplace(std::string{each.word}, std::string{each.word});
  for (const Entity& entity : watchlist.entities())
    if (!entity.category.empty()) meant.try_emplace(entity.category, entity.category);
  return meant;
}

Meant feed_tags(const FeedList& feeds) {
  Meant meant;
  for (const ListedFeed& feed : feeds.feeds)
    for (const std::string& tag : feed.tags) meant.try_emplace(fold_case(tag), tag);
  return meant;
}

// One [[digest]] with its place in the settings, whose words are held against what is known.
class DigestCheck {
 public:
  DigestCheck(const Settings& settings, std::size_t index, std::vector<std::string>& unknown)
      : settings_{settings}, index_{index}, unknown_{unknown} {}

  // `end` is the rest of "'X' is ...".
  template <class IsKnown>
  void check(const std::string& key, const std::vector<std::string>& words, const IsKnown& is_known,
             const Meant& meant, const std::string& end) {
    for (const std::string& word : words) {
      if (is_known(word)) continue;
      unknown_.push_back(
          with_nearest(place_of(key) + ": '" + word + "' is " + end, nearest_of(meant, word)));
    }
  }

 private:
  [[nodiscard]] std::string place_of(const std::string& key) const {
    const std::string full = "digest[" + std::to_string(index_) + "]." + key;
    const auto line = std::ranges::find(settings_.lines, full, &SettingLine::key);
    return (line == settings_.lines.end() ? std::string{} : line->origin + ": ") + key;
  }

  const Settings& settings_;
  std::size_t index_;
  std::vector<std::string>& unknown_;
};

}  // namespace

void tell_unknown_name(const std::string& name, EntityKind kind, const Watchlist& watchlist,
                       Reader& reader) {
  if (name.empty() || watchlist.find(kind, name) != nullptr) return;
  const std::string word{word_of(kind)};
  if (!reader.rows("SELECT 1 FROM entities WHERE kind = ?1 AND name = ?2", {word, name})
           .rows.empty())
    return;
  Meant meant = listed_names(watchlist, kind);
  for (const auto& row : reader.rows("SELECT name FROM entities WHERE kind = ?1", {word}).rows)
    add_meant(meant, cell_text(row.front()), cell_text(row.front()));
  tell("no " + word + " '" + name + "' is on the watchlist or in the database",
       nearest_of(meant, name));
}

void tell_unknown_tag(const std::string& tag, Reader& reader) {
  if (tag.empty()) return;
  Meant meant;
  for (const auto& row : reader.rows("SELECT DISTINCT tag FROM feed_tags").rows) {
    if (cell_text(row.front()) == tag) return;
    meant.try_emplace(fold_case(cell_text(row.front())), cell_text(row.front()));
  }
  tell("no feed has the tag '" + tag + "'", nearest_of(meant, tag));
}

std::vector<std::string> unknown_in_digests(const Settings& settings, const Watchlist& watchlist,
                                            const FeedList* feeds) {
  std::vector<std::string> unknown;
  const Meant vendors = listed_names(watchlist, EntityKind::vendor);
  const Meant agencies = listed_names(watchlist, EntityKind::agency);
  const Meant known_words = categories(watchlist);
  const Meant known_tags = feeds == nullptr ? Meant{} : feed_tags(*feeds);
  // A name, or an alias of one; the first word of a name is neither.
  const auto is_listed = [&](EntityKind kind) {
    return [&watchlist, kind](const std::string& name) {
      return watchlist.find(kind, canonical_name(watchlist, kind, name)) != nullptr;
    };
  };
  const auto is_among = [](const Meant& meant) {
    return [&meant](const std::string& word) { return meant.contains(fold_case(word)); };
  };
  for (std::size_t i = 0; i < settings.digests.size(); ++i) {
    const DigestSettings& digest = settings.digests[i];
    DigestCheck check{settings, i, unknown};
    check.check("vendors", digest.vendors, is_listed(EntityKind::vendor), vendors,
                "no vendor of the watchlist");
    check.check("mute_vendors", digest.mute_vendors, is_listed(EntityKind::vendor), vendors,
                "no vendor of the watchlist, and mutes only what is found under this very name");
    check.check("agencies", digest.agencies, is_listed(EntityKind::agency), agencies,
                "no agency of the watchlist");
    check.check("categories", digest.categories, is_among(known_words), known_words, "no category");
    if (feeds != nullptr)
      check.check("tags", digest.tags, is_among(known_tags), known_tags, "the tag of no feed");
  }
  return unknown;
}

}  // namespace stakeout
