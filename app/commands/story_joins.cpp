#include "app/commands/story_joins.h"

namespace stakeout {

// Articles in the order in which they came out; those whose day is not known come last.
#define DAY_OF(article) "coalesce(" article ".published_at, '~')"

// CROSS JOIN keeps SQLite from going through the articles once for each article.
const char* const best_joins =
    "WITH tied AS (SELECT a.id, b.id AS other_id, j.score, j.reason, " DAY_OF("a") " AS day, "
    DAY_OF("b") " AS other_day, a.canonical_url AS url, b.canonical_url AS other_url FROM articles "
    "a CROSS JOIN story_joins j ON j.article_id = a.id CROSS JOIN articles b ON b.id = j.other_id "
    "WHERE a.story_id = ?1 AND b.story_id = ?1 AND j.rejected_at IS NULL), "
    "directed AS (SELECT id AS article_id, other_id, score, reason, day, url, other_day, other_url "
    "FROM tied WHERE (day, url) > (other_day, other_url) UNION ALL SELECT other_id, id, score, "
    "reason, other_day, other_url, day, url FROM tied WHERE (day, url) < (other_day, other_url)), "
    "ranked AS (SELECT *, row_number() OVER (PARTITION BY article_id ORDER BY score DESC, "
    "other_day, other_url) AS rank FROM directed) "
    "SELECT article_id, other_id, printf('%.2f', score) AS score, reason FROM ranked WHERE rank = "
    "1 ORDER BY day, url";

#undef DAY_OF

const char* const rejected_joins =
    "SELECT 'join' AS kind, j.rejected_article_id AS id, j.rejected_article_id AS article_id, "
    "'no copy of article ' || iif(j.article_id = j.rejected_article_id, j.other_id, j.article_id) "
    "AS what, j.why FROM articles a CROSS JOIN story_joins j ON j.article_id = a.id WHERE "
    "a.story_id = ?1 AND j.rejected_at IS NOT NULL UNION "
    "SELECT 'join', j.rejected_article_id, j.rejected_article_id, 'no copy of article ' || "
    "iif(j.article_id = j.rejected_article_id, j.other_id, j.article_id), j.why FROM articles a "
    "CROSS JOIN story_joins j ON j.other_id = a.id WHERE a.story_id = ?1 AND j.rejected_at IS NOT "
    "NULL ORDER BY 2, 4";

}  // namespace stakeout
