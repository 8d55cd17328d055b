#include "storage/entity_rows.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>

#include "storage/local_bodies.h"

namespace stakeout {

namespace {

// "alias|alias\ncontext|context"
std::string spellings_of(const Entity& entity) {
  std::string out;
  for (const std::string& alias : entity.aliases) out += alias + "|";
  out += '\n';
  for (const std::string& word : entity.context) out += word + "|";
  return out;
}

// Writes the row of an entity of the watchlist, if it differs.
void write_listed(Connection& connection, const Entity& entity) {
  run(connection,
      "INSERT INTO entities (kind, name, category, country, parent, wikidata, listed, spellings, "
      "past_revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, (SELECT max(id) FROM revisions)) "
      "ON CONFLICT (kind, name) DO UPDATE SET name = excluded.name, category = "
      "excluded.category, "
      "country = excluded.country, parent = excluded.parent, wikidata = excluded.wikidata, "
      "past_revision = iif(listed, past_revision, excluded.past_revision), listed = 1, "
      "spellings = excluded.spellings "
      "WHERE (name COLLATE BINARY, category, country, parent, wikidata, listed, spellings) IS NOT "
      "(excluded.name, excluded.category, excluded.country, excluded.parent, excluded.wikidata, "
      "1, excluded.spellings)",
      word_of(entity.kind), entity.name, given(entity.category), given(entity.country),
      given(entity.parent), given(entity.wikidata), spellings_of(entity));
}

// Notes the row of that name as one on the watchlist. False when there is none.
bool note_listed(Connection& connection, const Entity& entity) {
  const auto id = find_integer(connection, "SELECT id FROM entities WHERE kind = ? AND name = ?",
                               word_of(entity.kind), entity.name);
  if (id) run(connection, "INSERT OR IGNORE INTO temp.on_watchlist VALUES (?)", *id);
  return id.has_value();
}

// An entity whose name is new, and which has an alias that was the name of a row, goes on in that
// row: it was renamed, and what was told of it is told.
void rename_row(Connection& connection, const Entity& entity) {
  for (const std::string& alias : entity.aliases) {
    const int renamed = run(connection,
                            "UPDATE entities SET name = ?3 WHERE kind = ?1 AND name = ?2 AND id "
                            "NOT IN (SELECT id FROM temp.on_watchlist)",
                            word_of(entity.kind), alias, entity.name);
    if (renamed > 0) return;
  }
}

}  // namespace

void sync_entity_rows(Connection& connection, const std::vector<Entity>& entities) {
  // Only rows that differ are written, so that a start with the same watchlist writes nothing.
  run(connection, "CREATE TEMP TABLE IF NOT EXISTS on_watchlist (id INTEGER PRIMARY KEY)");
  run(connection, "DELETE FROM temp.on_watchlist");
  std::vector<const Entity*> unknown;
  for (const Entity& entity : entities) {
    if (!note_listed(connection, entity)) unknown.push_back(&entity);
  }
  for (const Entity* entity : unknown) {
    rename_row(connection, *entity);
    note_listed(connection, *entity);
  }
  for (const Entity& entity : entities) {
    write_listed(connection, entity);
    note_listed(connection, entity);
  }
  run(connection,
      "UPDATE entities SET listed = 0 WHERE listed = 1 AND id NOT IN (SELECT id FROM "
      "temp.on_watchlist)");
}

std::vector<Entity> edited_entity_rows(Connection& connection,
                                       const std::vector<Entity>& watchlist) {
  std::set<std::string> known;
  Query q{connection, "SELECT kind, name, spellings FROM entities WHERE listed"};
  while (q.next()) known.insert(q.text(0) + '\n' + q.text(1) + '\n' + q.text(2));
  std::vector<Entity> edited;
  std::ranges::copy_if(watchlist, std::back_inserter(edited), [&](const Entity& entity) {
    const std::string kind{word_of(entity.kind)};
    return !known.contains(kind + '\n' + entity.name + '\n' + spellings_of(entity));
  });
  return edited;
}

std::int64_t entity_row(Connection& connection, EntityKind kind, const std::string& name,
                        bool listed) {
  if (const auto id = find_integer(
          connection, "SELECT id FROM entities WHERE kind = ? AND name = ?", word_of(kind), name)) {
    return *id;
  }
  return insert(connection, "INSERT INTO entities (kind, name, listed) VALUES (?, ?, ?)",
                word_of(kind), name, listed);
}

namespace {

std::optional<std::int64_t> listed_parent(Connection& connection, std::int64_t agency) {
  return find_integer(
      connection,
      "SELECT p.id FROM entities e JOIN entities p ON p.kind = e.kind AND p.name = e.parent "
      "WHERE e.id = ?",
      agency);
}

// The city or county of a body whose name says so.
std::optional<std::int64_t> local_government(Connection& connection, std::int64_t agency) {
  std::string name;
  {
    Query q{connection, "SELECT name FROM entities WHERE id = ? AND kind = 'agency'", agency};
    if (!q.next()) return std::nullopt;
    name = q.text(0);
  }
  std::optional<std::int64_t> first;
  for (const std::string& whole : governments_of(name)) {
    const auto known = find_integer(
        connection, "SELECT id FROM entities WHERE kind = 'agency' AND name = ? AND id <> ?", whole,
        agency);
    if (known && (!first || *known < *first)) first = known;
  }
  return first;
}

}  // namespace

const std::vector<std::int64_t>& AgencyLines::line_of(std::int64_t agency) {
  const auto [slot, is_new] = lines_.try_emplace(agency);
  if (!is_new) return slot->second;
  std::vector<std::int64_t> line{agency};
  // A watchlist may name two bodies as each other's parent.
  constexpr std::size_t max_depth = 16;
  while (line.size() < max_depth) {
    auto parent = listed_parent(connection_, line.back());
    if (!parent) parent = local_government(connection_, line.back());
    if (!parent || std::find(line.begin(), line.end(), *parent) != line.end()) break;
    line.push_back(*parent);
  }
  return slot->second = std::move(line);
}

}  // namespace stakeout
