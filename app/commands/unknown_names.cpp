#include "app/commands/unknown_names.h"

#include <map>
#include <string_view>
#include <vector>

#include <spdlog/spdlog.h>

#include "app/output.h"
#include "app/watchlist_check.h"
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

void tell(const std::string& what, const std::string& near) {
  spdlog::warn("{}{}", what, near.empty() ? "" : "; did you mean '" + near + "'?");
}

}  // namespace

void tell_unknown_name(const std::string& name, EntityKind kind, const Watchlist& watchlist,
                       Reader& reader) {
  if (name.empty() || watchlist.find(kind, name) != nullptr) return;
  const std::string word{word_of(kind)};
  if (!reader.rows("SELECT 1 FROM entities WHERE kind = ?1 AND name = ?2", {word, name})
           .rows.empty())
    return;
  Meant meant;
  for (const Entity& entity : watchlist.entities()) {
    if (entity.kind != kind) continue;
    add_meant(meant, entity.name, entity.name);
    for (const auto& alias : entity.aliases) add_meant(meant, alias, entity.name);
  }
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

}  // namespace stakeout
