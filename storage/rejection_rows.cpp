#include "storage/rejection_rows.h"

#include <map>
#include <string>
#include <vector>

#include "storage/remembered_claims.h"

namespace stakeout {
namespace {

// The articles of the story of article ?1.
const std::string story_of_1 =
    "(SELECT ?1 UNION SELECT id FROM articles WHERE story_id = (SELECT story_id FROM articles "
    "WHERE "
    "id = ?1))";

std::vector<std::int64_t> integers(Connection& connection, const std::string& sql,
                                   std::int64_t value) {
  std::vector<std::int64_t> list;
  Query q{connection, sql.c_str(), value};
  while (q.next()) list.push_back(q.integer(0));
  return list;
}

std::vector<std::int64_t> rejections_of_story(Connection& connection, std::int64_t article_id) {
  static const std::string sql =
      "SELECT m.id FROM rejected_claims x JOIN remembered_claims m ON m.id = x.remembered_id WHERE "
      "m.article_id IN " +
      story_of_1 + " ORDER BY m.id";
  return integers(connection, sql, article_id);
}

void apply_to_claims(Connection& connection, std::int64_t article_id) {
  std::map<std::int64_t, std::int64_t> rejected_by;  // claims, and the earliest rejection of each
  for (const std::int64_t id : rejections_of_story(connection, article_id)) {
    for (const std::int64_t claim :
         claims_like(connection, remembered_claim(connection, id).value())) {
      rejected_by.try_emplace(claim, id);
    }
  }
  static const std::string marked =
      "SELECT c.id FROM revisions r JOIN claims c ON c.revision_id = r.id WHERE c.rejected AND "
      "r.article_id IN " +
      story_of_1;
  for (const std::int64_t id : integers(connection, marked, article_id))
    rejected_by.try_emplace(id, 0);
  for (const auto& [claim, by] : rejected_by) {
    run(connection, "UPDATE claims SET rejected = ?2 WHERE id = ?1 AND rejected <> ?2", claim, by);
  }
}

void apply_to_mentions(Connection& connection, std::int64_t article_id) {
  static const std::string sql =
      "UPDATE mentions SET rejected = NOT rejected WHERE revision_id IN (SELECT id FROM revisions "
      "WHERE article_id IN " +
      story_of_1 +
      ") AND rejected <> EXISTS (SELECT 1 FROM rejected_mentions x WHERE x.entity_id = "
      "mentions.entity_id AND x.text = mentions.text AND x.article_id IN " +
      story_of_1 + ")";
  run(connection, sql.c_str(), article_id);
}

bool has_rows(Connection& connection, const char* sql) {
  return find_integer(connection, sql).has_value();
}

}  // namespace

void apply_rejections(Connection& connection, std::int64_t article_id) {
  // Most databases never have any.
  if (has_rows(connection, "SELECT 1 FROM rejected_claims LIMIT 1") ||
      has_rows(connection,
               "SELECT 1 FROM claims INDEXED BY claims_rejected WHERE rejected LIMIT 1")) {
    apply_to_claims(connection, article_id);
  }
  if (has_rows(connection, "SELECT 1 FROM rejected_mentions LIMIT 1") ||
      has_rows(connection,
               "SELECT 1 FROM mentions INDEXED BY mentions_rejected WHERE rejected LIMIT 1")) {
    apply_to_mentions(connection, article_id);
  }
}

}  // namespace stakeout
