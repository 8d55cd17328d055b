#include "storage/story_rows.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace stakeout {
namespace {

std::set<std::int64_t> candidate_ids(Connection& connection, const StoryQuery& query,
                                     std::vector<std::int64_t> articles) {
  std::ranges::sort(articles);
  std::vector<std::pair<std::size_t, std::int64_t>> ranked;
  for (auto first = articles.begin(); first != articles.end();) {
    const auto end = std::find_if(first, articles.end(), [&](auto id) { return id != *first; });
    const auto keys = static_cast<std::size_t>(end - first);
    if (keys >= query.shared_keys) ranked.emplace_back(keys, *first);
    first = end;
  }
  const std::size_t count = std::min(ranked.size(), query.candidate_limit);
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count),
                    ranked.end(), std::greater{});
  ranked.resize(count);
  std::set<std::int64_t> ids;
  for (const auto& [keys, article] : ranked) ids.insert(article);
  Query q{connection,
          "SELECT article_id FROM story_marks WHERE text_hash = ?1 AND text_hash <> 0 AND "
          "article_id <> ?2 "
          "ORDER BY article_id LIMIT ?3",
          as_signed(query.marks.text_hash), query.article_id, query.candidate_limit};
  while (q.next()) ids.insert(q.integer(0));
  return ids;
}

// The articles that a person has parted from this one.
std::vector<std::int64_t> rejected_partners(Connection& connection, std::int64_t article_id) {
  std::vector<std::int64_t> partners;
  Query q{connection,
          "SELECT other_id FROM story_joins WHERE article_id = ?1 AND rejected_at IS NOT NULL "
          "UNION ALL "
          "SELECT article_id FROM story_joins WHERE other_id = ?1 AND rejected_at IS NOT NULL",
          article_id};
  while (q.next()) partners.push_back(q.integer(0));
  return partners;
}

// Whether a person has parted articles of the two stories.
bool are_apart(Connection& connection, std::int64_t story, std::int64_t other) {
  return find_integer(connection,
                      "SELECT 1 FROM story_joins j JOIN articles a ON a.id = j.article_id JOIN "
                      "articles b ON b.id = j.other_id WHERE j.rejected_at IS NOT NULL AND "
                      "((a.story_id = ?1 AND b.story_id = ?2) OR (a.story_id = ?2 AND b.story_id = "
                      "?1)) LIMIT 1",
                      story, other)
      .has_value();
}

bool is_rejected(Connection& connection, std::int64_t a, std::int64_t b) {
  return find_integer(connection,
                      "SELECT 1 FROM story_joins WHERE article_id = ? AND other_id = ? "
                      "AND rejected_at IS NOT NULL",
                      std::min(a, b), std::max(a, b))
      .has_value();
}

void save_join(Connection& connection, std::int64_t article, const StoryLink& link, Timestamp now) {
  run(connection,
      "INSERT INTO story_joins (article_id, other_id, score, reason, joined_at) "
      "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      std::min(article, link.article_id), std::max(article, link.article_id), link.score,
      link.reason, now);
}

// Alerts of two stories that are one from now on, and tell the same.
struct TwinAlert {
  std::int64_t id = 0;
  // What was sent wins over what waits, that over what is quiet, that over what was withdrawn.
  std::int64_t rank = 0;
};

std::optional<TwinAlert> alert_with(Connection& connection, const std::string& key) {
  Query q{connection,
          "SELECT id, CASE WHEN withdrawn THEN 0 WHEN quiet THEN 1 ELSE 2 + EXISTS (SELECT 1 FROM "
          "deliveries d WHERE d.alert_id = l.id AND d.state <> 'queued') END FROM alerts l WHERE "
          "key = ?",
          key};
  if (!q.next()) return std::nullopt;
  return TwinAlert{q.integer(0), q.integer(1)};
}

// Whoever was to be sent one of the two is sent the one that stays, unless he has had the other.
// That goes, too, unless it was sent.
void drop_twin(Connection& connection, std::int64_t twin, std::int64_t stays) {
  run(connection,
      "UPDATE OR IGNORE deliveries SET alert_id = ?2 WHERE alert_id = ?1 AND state = "
      "'queued'",
      twin, stays);
  run(connection, "DELETE FROM deliveries WHERE alert_id = ? AND state = 'queued'", twin);
  run(connection,
      "DELETE FROM deliveries WHERE alert_id = ?2 AND state = 'queued' AND (digest, channel, "
      "recipient) IN (SELECT digest, channel, recipient FROM deliveries WHERE alert_id = ?1)",
      twin, stays);
  run(connection,
      "DELETE FROM alerts WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM deliveries WHERE alert_id = "
      "?1)",
      twin);
}

void move_alert(Connection& connection, const std::string& old_key, const std::string& new_key) {
  const auto own = alert_with(connection, old_key);
  const auto other = alert_with(connection, new_key);
  if (!own) return;
  if (other && other->rank >= own->rank) return drop_twin(connection, own->id, other->id);
  if (other) drop_twin(connection, other->id, own->id);
  run(connection, "UPDATE alerts SET key = ?2 WHERE id = ?1", own->id, new_key);
}

// What was raised about the story that goes is about the other from now on. Of two alerts that tell
// the same the louder one stays.
void move_alerts(Connection& connection, std::int64_t from, std::int64_t to) {
  for (const char* sort : {"new_mention:", "correction:new_mention:", "article_changed:story:"}) {
    const std::string old_prefix = sort + std::to_string(from) + ":";
    const std::string new_prefix = sort + std::to_string(to) + ":";
    std::vector<std::string> ends;
    {
      Query q{connection,
              "SELECT substr(key, length(?2) + 1) FROM alerts WHERE story_id = ?1 AND substr(key, "
              "1, length(?2)) = ?2 ORDER BY id",
              from, old_prefix};
      while (q.next()) ends.push_back(q.text(0));
    }
    for (const std::string& end : ends) move_alert(connection, old_prefix + end, new_prefix + end);
  }
  run(connection, "UPDATE alerts SET story_id = ?2 WHERE story_id = ?1", from, to);
}

void merge_story(Connection& connection, std::int64_t from, std::int64_t into) {
  move_alerts(connection, from, into);
  run(connection, "UPDATE articles SET story_id = ?2 WHERE story_id = ?1", from, into);
  run(connection,
      "UPDATE stories SET first_seen_at = min(first_seen_at, (SELECT first_seen_at FROM stories "
      "WHERE id = ?1)), last_seen_at = max(last_seen_at, (SELECT last_seen_at FROM stories WHERE "
      "id "
      "= ?1)) WHERE id = ?2",
      from, into);
  run(connection, "UPDATE merged_stories SET into_id = ?2 WHERE into_id = ?1", from, into);
  run(connection, "INSERT INTO merged_stories (id, into_id) VALUES (?, ?)", from, into);
  run(connection, "DELETE FROM stories WHERE id = ?", from);
}

std::int64_t new_story(Connection& connection, Timestamp now) {
  return insert(connection, "INSERT INTO stories (first_seen_at, last_seen_at) VALUES (?1, ?1)",
                now);
}

std::optional<std::int64_t> story_of(Connection& connection, std::int64_t article_id) {
  return find_integer(connection, "SELECT story_id FROM articles WHERE id = ?", article_id);
}

// The groups into which the articles of a story fall by the joins that still hold.
std::vector<std::vector<std::int64_t>> connected_groups(Connection& connection,
                                                        std::int64_t story_id) {
  std::map<std::int64_t, std::int64_t> root;
  {
    Query q{connection, "SELECT id FROM articles WHERE story_id = ?", story_id};
    while (q.next()) root[q.integer(0)] = q.integer(0);
  }
  const auto find = [&](std::int64_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  Query q{
      connection,
      "SELECT j.article_id, j.other_id FROM story_joins j JOIN articles a ON a.id = j.article_id "
      "WHERE a.story_id = ? AND j.rejected_at IS NULL",
      story_id};
  while (q.next()) {
    const std::int64_t a = find(q.integer(0));
    const std::int64_t b = find(q.integer(1));
    root[std::max(a, b)] = std::min(a, b);
  }
  std::map<std::int64_t, std::vector<std::int64_t>> groups;
  for (const auto& [article, any] : root) groups[find(article)].push_back(article);
  std::vector<std::vector<std::int64_t>> list;
  for (auto& [first, group] : groups) list.push_back(std::move(group));
  return list;
}

// What told a story's readers of this article goes with it.
void take_mentions_along(Connection& connection, std::int64_t article, std::int64_t from,
                         std::int64_t to) {
  run(connection,
      "UPDATE OR IGNORE alerts SET key = 'new_mention:' || ?3 || ':' || entity_id, story_id = ?3 "
      "WHERE kind = 'new_mention' AND article_id = ?1 AND story_id = ?2 AND NOT withdrawn",
      article, from, to);
}

// Takes back the alerts about an article that were raised since it was taken out of its story, and
// that nobody was sent: what still is news after it is back is raised anew.
void forget_news_of_parting(Connection& connection, std::int64_t article) {
  std::vector<std::int64_t> alerts;
  {
    Query q{
        connection,
        "SELECT l.id FROM alerts l WHERE l.article_id = ?1 AND l.kind IN ('new_mention', "
        "'new_contract', 'contract_changed') AND l.created_at >= (SELECT min(rejected_at) FROM "
        "story_joins WHERE rejected_article_id = ?1) AND NOT EXISTS (SELECT 1 FROM deliveries d "
        "WHERE d.alert_id = l.id AND d.state <> 'queued')",
        article};
    while (q.next()) alerts.push_back(q.integer(0));
  }
  for (const std::int64_t alert : alerts) {
    run(connection, "DELETE FROM deliveries WHERE alert_id = ?", alert);
    run(connection, "DELETE FROM alerts WHERE id = ?", alert);
  }
}

}  // namespace

std::vector<StoryCandidate> story_candidate_rows(Connection& connection, StoryIndex& stories,
                                                 const StoryQuery& query) {
  std::set<std::int64_t> ids = candidate_ids(connection, query, stories.keys().sharers(query));
  for (const std::int64_t rejected : rejected_partners(connection, query.article_id)) {
    ids.erase(rejected);
  }
  std::vector<StoryCandidate> candidates;
  for (const std::int64_t id : ids) {
    Query q{connection,
            "SELECT a.story_id, m.fingerprint FROM articles a JOIN story_marks m ON m.article_id = "
            "a.id WHERE a.id = ? AND a.story_id IS NOT NULL",
            id};
    if (q.next()) candidates.push_back({id, q.integer(0), q.text(1)});
  }
  return candidates;
}

std::vector<std::string> host_digest_rows(Connection& connection, StoryIndex& stories,
                                          std::uint64_t host_hash, std::int64_t but_article,
                                          std::size_t limit, FingerprintDigest digest) {
  std::vector<std::string> digests;
  Digests& known = stories.digests();
  Query q{connection,
          "SELECT article_id FROM story_marks WHERE host_hash = ? AND article_id <> ? "
          "ORDER BY article_id DESC LIMIT ?",
          as_signed(host_hash), but_article, limit};
  while (q.next()) {
    const std::string* made = known.find(q.integer(0), digest);
    if (made != nullptr) digests.push_back(*made);
  }
  return digests;
}

namespace {

// Articles of a site around one of them, in the order in which they became known: see
// Store::neighbour_fingerprints().
std::vector<std::int64_t> neighbours_of(Connection& connection, std::int64_t article_id,
                                        std::uint64_t host_hash, std::size_t limit) {
  std::int64_t host = as_signed(host_hash);
  if (host == 0) {
    host = find_integer(connection, "SELECT host_hash FROM story_marks WHERE article_id = ?",
                        article_id)
               .value_or(0);
  }
  std::vector<std::int64_t> articles;
  if (host == 0) return articles;
  Query q{connection,
          "SELECT * FROM (SELECT article_id FROM story_marks WHERE host_hash = ?1 AND article_id < "
          "?2 ORDER BY article_id DESC LIMIT ?3) UNION SELECT * FROM (SELECT article_id FROM "
          "story_marks WHERE host_hash = ?1 AND article_id > ?2 ORDER BY article_id LIMIT ?3) "
          "UNION SELECT * FROM (SELECT article_id FROM story_marks WHERE host_hash = ?1 AND "
          "article_id > ?2 ORDER BY article_id DESC LIMIT ?3) ORDER BY 1",
          host, article_id, limit};
  while (q.next()) articles.push_back(q.integer(0));
  return articles;
}

}  // namespace

std::vector<std::string> neighbour_fingerprint_rows(Connection& connection, std::int64_t article_id,
                                                    std::uint64_t host_hash, std::size_t limit) {
  std::vector<std::string> fingerprints;
  for (const std::int64_t id : neighbours_of(connection, article_id, host_hash, limit)) {
    Query q{connection, "SELECT fingerprint FROM story_marks WHERE article_id = ?", id};
    if (q.next()) fingerprints.push_back(q.text(0));
  }
  return fingerprints;
}

std::vector<std::int64_t> neighbour_rows_with(Connection& connection, std::int64_t article_id,
                                              std::size_t limit, const std::string& words) {
  std::vector<std::int64_t> found;
  for (const std::int64_t id : neighbours_of(connection, article_id, 0, limit)) {
    Query q{connection,
            "SELECT instr(r.text, ?2) > 0 FROM articles a JOIN revisions r ON r.id = a.revision_id "
            "WHERE a.id = ?1",
            id, words};
    if (q.next() && q.integer(0) != 0) found.push_back(id);
  }
  return found;
}

JoinedStory join_story(Connection& connection, std::int64_t article_id,
                       const std::vector<StoryLink>& copies_of, Timestamp now) {
  std::set<std::int64_t> stories;
  const auto own = story_of(connection, article_id);
  if (own) stories.insert(*own);
  std::vector<StoryLink> links = copies_of;
  std::ranges::stable_sort(links, std::ranges::greater{}, &StoryLink::score);
  for (const StoryLink& link : links) {
    if (is_rejected(connection, article_id, link.article_id)) continue;
    const auto story = story_of(connection, link.article_id);
    if (!story) continue;
    // A copy of two articles that are apart goes with the one that it is most like.
    const bool would_bridge = std::ranges::any_of(
        stories, [&](std::int64_t known) { return are_apart(connection, known, *story); });
    if (would_bridge) continue;
    save_join(connection, article_id, link, now);
    stories.insert(*story);
  }
  JoinedStory joined;
  joined.story_id = stories.empty() ? new_story(connection, now) : *stories.begin();
  joined.merged = stories.size() > 1;
  for (const std::int64_t story : stories) {
    if (story != joined.story_id) merge_story(connection, story, joined.story_id);
  }
  if (!own) {
    run(connection, "UPDATE articles SET story_id = ?2 WHERE id = ?1", article_id, joined.story_id);
    run(connection, "UPDATE stories SET last_seen_at = max(last_seen_at, ?2) WHERE id = ?1",
        joined.story_id, now);
  }
  return joined;
}

void leave_story(Connection& connection, std::int64_t article_id, const std::string& why,
                 Timestamp now) {
  const auto story = story_of(connection, article_id);
  if (!story) return;
  run(connection,
      "INSERT INTO story_joins (article_id, other_id, score, reason, joined_at, rejected_at, "
      "rejected_article_id, why) SELECT min(id, ?1), max(id, ?1), 0, 'apart', ?3, ?3, ?1, ?4 FROM "
      "articles WHERE story_id = ?2 AND id <> ?1 ON CONFLICT DO UPDATE SET rejected_at = "
      "excluded.rejected_at, rejected_article_id = excluded.rejected_article_id, why = "
      "excluded.why",
      article_id, *story, now, why);
  // Which of the parts a story was that went into this one, nobody knows any more.
  run(connection, "DELETE FROM merged_stories WHERE into_id = ?", *story);
  auto groups = connected_groups(connection, *story);
  // The story goes on with the others, whichever of them came first.
  if (groups.size() > 1 && groups.front().front() == article_id) {
    std::rotate(groups.begin(), groups.begin() + 1, groups.end());
  }
  for (std::size_t i = 1; i < groups.size(); ++i) {
    const std::int64_t part = new_story(connection, now);
    for (const std::int64_t article : groups[i]) {
      run(connection, "UPDATE articles SET story_id = ?2 WHERE id = ?1", article, part);
      take_mentions_along(connection, article, *story, part);
    }
  }
}

bool rejoin_story(Connection& connection, std::int64_t article_id, Timestamp now) {
  forget_news_of_parting(connection, article_id);
  const int parted = run(connection,
                         "UPDATE story_joins SET rejected_at = NULL, rejected_article_id = NULL, "
                         "why = NULL WHERE rejected_article_id = ?",
                         article_id);
  if (parted == 0) return false;
  run(connection,
      "DELETE FROM story_joins WHERE reason = 'apart' AND rejected_at IS NULL AND ? IN "
      "(article_id, other_id)",
      article_id);
  std::vector<StoryLink> links;
  {
    Query q{
        connection,
        "SELECT iif(article_id = ?1, other_id, article_id), score, reason FROM story_joins WHERE "
        "?1 IN (article_id, other_id) AND rejected_at IS NULL",
        article_id};
    while (q.next()) links.push_back({q.integer(0), q.real(1), q.text(2)});
  }
  join_story(connection, article_id, links, now);
  return true;
}

}  // namespace stakeout
