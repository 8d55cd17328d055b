#include "app/reprocess_hint.h"

#include <set>
#include <system_error>

#include "alerts/value_words.h"
#include "app/output.h"
#include "app/watchlist_trial.h"
#include "storage/reader.h"

namespace stakeout {
namespace {

// Of more names than this every article is taken to have some.
constexpr std::size_t most_names = 200;

void add_ids(const Table& table, std::set<std::string>& ids) {
  for (const auto& row : table.rows) ids.insert(cell_text(row.front()));
}

std::size_t count_all(Reader& reader) {
  const Table count = reader.rows("SELECT count(*) FROM articles WHERE revision_id IS NOT NULL");
  return static_cast<std::size_t>(std::get<std::int64_t>(count.rows.at(0).at(0)));
}

// The articles that have words of a name, or a mention by words that it had before.
std::size_t count_concerned(Reader& reader, const std::vector<Entity>& names) {
  if (names.size() > most_names) return count_all(reader);
  std::set<std::string> ids;
  for (const Entity& entity : names) {
    add_ids(articles_with_words(reader, entity.name), ids);
    for (const std::string& alias : entity.aliases)
      add_ids(articles_with_words(reader, alias), ids);
    add_ids(
        reader.rows("SELECT DISTINCT a.id FROM entities e JOIN mentions m ON m.entity_id = e.id "
                    "JOIN articles a ON a.revision_id = m.revision_id WHERE e.kind = ?1 AND "
                    "e.name = ?2",
                    {std::string{word_of(entity.kind)}, entity.name}),
        ids);
  }
  return ids.size();
}

}  // namespace

std::string reprocess_hint(const std::filesystem::path& database, const Watchlist& watchlist) {
  std::error_code error;
  if (!std::filesystem::exists(database, error)) return {};
  try {
    Reader reader{database};
    const std::vector<Entity> edited = reader.edited(watchlist.entities());
    const std::size_t articles = edited.empty() ? 0 : count_concerned(reader, edited);
    if (articles == 0) return {};
    return counted(edited.size(), "name") + " of the watchlist " +
           (edited.size() == 1 ? "is new or has" : "are new or have") + " other aliases, and " +
           counted(articles, "stored article") +
           (articles == 1 ? " has its words" : " have such words") +
           "; read them again with: stakeout reprocess";
  } catch (const StorageError&) {
    return {};  // who opens it to work with it says what is wrong
  }
}

}  // namespace stakeout
