-- The views that researchers and other tools read. They are an interface: columns are added, never
-- taken away, and only with a line in the changelog. docs/schema.md explains each column.

CREATE VIEW v_feeds AS
  SELECT f.id, f.url, f.current_url, coalesce(f.listed_title, f.title) AS title, f.site, f.format,
         (SELECT group_concat(tag, ',') FROM (SELECT tag FROM feed_tags t WHERE t.feed_id = f.id ORDER BY tag)) AS tags,
         f.status, f.last_fetched_at, f.last_success_at, f.last_error, f.failures, f.next_fetch_at,
         f.entries, f.listed, f.last_new_entry_at,
         f.status_since, f.failed_polls, f.failing_alerted AS failing_told, f.last_status, f.advice,
         f.usual_gap, f.newest_at, f.poll_interval, f.missed_entries,
         iif(f.silent_alerted, f.newest_at, NULL) AS silent_since,
         nullif(substr(
           iif(f.current_url IS NULL, '', '; moved to ' || f.current_url) ||
           iif(f.silent_alerted, '; silent: nothing new since ' || substr(f.newest_at, 1, 10), '') ||
           iif(f.trust = 'lying', '; its "not modified" is not to be trusted: fetched whole since ' ||
                                  substr(f.trust_since, 1, 10), '') ||
           iif(f.missed_entries > 0, '; about ' || f.missed_entries || ' entries missed', ''), 3), '') AS notes
  FROM feeds f;

CREATE VIEW v_entries AS
  SELECT id, feed_id, guid, title, link, published_at, first_seen_at, article_id, updated_at, author
  FROM entries;

-- Of one table, the text looked up: so SQLite finds the articles of a LEFT JOIN one by one, and does
-- not read them all first.
CREATE VIEW v_articles AS
  SELECT a.id, a.url, a.canonical_url, a.feed_id, a.title, a.byline, a.site, a.language, a.published_at,
         a.first_seen_at, a.last_fetched_at, a.status, a.story_id,
         (SELECT count(*) FROM revisions n WHERE n.article_id = a.id) AS revisions,
         (SELECT iif(r.text_dropped_at IS NULL, r.text, NULL) FROM revisions r WHERE r.id = a.revision_id) AS text,
         a.modified_at, a.reason, a.revision_id, a.robots,
         (SELECT r.text_dropped_at FROM revisions r WHERE r.id = a.revision_id) AS text_dropped_at
  FROM articles a;

CREATE VIEW v_revisions AS
  SELECT id, article_id, number, fetched_at, title, iif(text_dropped_at IS NULL, text, NULL) AS text, sha256, change,
         extractor, text_dropped_at
  FROM revisions;

-- Where the bytes of the pages are, with `archive` in the settings.
CREATE VIEW v_archive AS
  SELECT id, article_id, revision_id, kind, file, offset, length, record_id, url, fetched_at, block_sha256,
         payload_sha256, payload_digest, refers_to, extractor
  FROM archive_records;

CREATE VIEW v_left_out AS
  SELECT r.article_id, l.revision_id, l.position, l.start, trim(l.text, char(10)) AS text, l.reason, l.articles
  FROM left_out l JOIN revisions r ON r.id = l.revision_id;

CREATE VIEW v_stories AS
  SELECT s.id, first.title, (SELECT count(*) FROM articles n WHERE n.story_id = s.id) AS articles,
         first.id AS first_article_id, s.first_seen_at, s.last_seen_at
  FROM stories s
  JOIN articles first ON first.id =
    (SELECT id FROM articles c WHERE c.story_id = s.id
     ORDER BY c.published_at IS NULL, c.published_at, c.canonical_url LIMIT 1);

-- Of the latest revision of each article; rejected ones are left out.
CREATE VIEW v_mentions AS
  SELECT m.id, a.id AS article_id, m.revision_id, a.story_id, m.entity_id, e.kind, e.name, m.text, m.start,
         m."end", m.sentence, a.published_at, a.url, m.reason, r.extractor
  FROM mentions m
  JOIN articles a ON a.revision_id = m.revision_id
  JOIN revisions r ON r.id = m.revision_id
  JOIN entities e ON e.id = m.entity_id
  WHERE NOT m.rejected;

-- Each number is a question of its own, so that who only wants the category pays for no count.
CREATE VIEW v_entities AS
  SELECT e.id, e.kind, e.name, e.category, e.country, e.parent, e.wikidata, e.listed,
         (SELECT count(*) FROM mentions m JOIN articles a ON a.revision_id = m.revision_id
          WHERE m.entity_id = e.id AND NOT m.rejected) AS mentions,
         (SELECT count(DISTINCT a.id) FROM mentions m JOIN articles a ON a.revision_id = m.revision_id
          WHERE m.entity_id = e.id AND NOT m.rejected) AS articles,
         (SELECT min(a.first_seen_at) FROM mentions m JOIN articles a ON a.revision_id = m.revision_id
          WHERE m.entity_id = e.id AND NOT m.rejected) AS first_seen_at,
         (SELECT max(a.first_seen_at) FROM mentions m JOIN articles a ON a.revision_id = m.revision_id
          WHERE m.entity_id = e.id AND NOT m.rejected) AS last_seen_at
  FROM entities e;

-- Of the latest revision of each article; rejected ones are left out.
CREATE VIEW v_claims AS
  SELECT c.id, a.id AS article_id, c.contract_id, c.vendor_id, c.agency_id, v.name AS vendor, g.name AS agency,
         CASE WHEN c.amount % 1000 = 0 THEN c.amount / 1000 ELSE c.amount / 1000.0 END AS amount,
         CASE WHEN c.amount_max % 1000 = 0 THEN c.amount_max / 1000 ELSE c.amount_max / 1000.0 END AS amount_max,
         c.currency, c.qualifier, c.term, c.signed_on, c.starts_on, c.ends_on, c.status, c.award_id, c.quote,
         a.url, r.extractor, c.revision_id, c.start, c."end", a.published_at,
         iif(c.contract_id IS NULL, NULL, c.reason) AS reason
  FROM claims c
  JOIN articles a ON a.revision_id = c.revision_id
  JOIN revisions r ON r.id = c.revision_id
  LEFT JOIN entities v ON v.id = c.vendor_id
  LEFT JOIN entities g ON g.id = c.agency_id
  WHERE NOT c.rejected;

-- What a person has rejected, with the ids that `reject ... --undo` takes.
CREATE VIEW v_rejections AS
  SELECT 'claim' AS kind, c.id, r.article_id, coalesce(v.name, 'unnamed vendor') || ' / ' ||
         coalesce(g.name, 'unnamed agency') || coalesce(', ' || c.currency || ' ' ||
         CASE WHEN c.amount % 1000 = 0 THEN c.amount / 1000 ELSE c.amount / 1000.0 END, '') AS what, c.quote,
         x.why, a.url
  FROM claims c
  JOIN revisions r ON r.id = c.revision_id
  JOIN articles a ON a.revision_id = r.id
  JOIN rejected_claims x ON x.remembered_id = c.rejected
  LEFT JOIN entities v ON v.id = c.vendor_id
  LEFT JOIN entities g ON g.id = c.agency_id
  WHERE c.rejected
  UNION ALL
  SELECT 'mention', m.id, a.id, e.name || ' (' || m.text || ')', m.sentence,
         coalesce((SELECT x.why FROM rejected_mentions x
                   WHERE x.article_id = a.id AND x.entity_id = m.entity_id AND x.text = m.text),
                  (SELECT min(x.why) FROM rejected_mentions x JOIN articles o ON o.id = x.article_id
                   WHERE o.story_id = a.story_id AND x.entity_id = m.entity_id AND x.text = m.text)), a.url
  FROM mentions m
  JOIN articles a ON a.revision_id = m.revision_id
  JOIN entities e ON e.id = m.entity_id
  WHERE m.rejected
  UNION ALL
  SELECT 'join', a.id, a.id, 'no copy of article ' || iif(j.article_id = a.id, j.other_id, j.article_id), a.title,
         j.why, a.url
  FROM story_joins j JOIN articles a ON a.id = j.rejected_article_id
  WHERE j.rejected_at IS NOT NULL;

-- The words behind each single field of a claim.
CREATE VIEW v_claim_evidence AS
  SELECT claim_id, field, value, quote, start, "end", rule, sentence FROM claim_evidence;

CREATE VIEW v_contracts AS
  SELECT k.id, k.vendor_id, k.agency_id, v.name AS vendor, g.name AS agency,
         CASE WHEN k.amount % 1000 = 0 THEN k.amount / 1000 ELSE k.amount / 1000.0 END AS amount,
         CASE WHEN k.amount_max % 1000 = 0 THEN k.amount_max / 1000 ELSE k.amount_max / 1000.0 END AS amount_max,
         k.qualifier, k.currency, k.term, k.signed_on, k.starts_on, k.ends_on, k.status, k.award_id,
         (SELECT count(*) FROM claims c JOIN articles a ON a.revision_id = c.revision_id
          WHERE c.contract_id = k.id AND NOT c.rejected) AS claims,
         (SELECT count(DISTINCT a.story_id) FROM claims c JOIN articles a ON a.revision_id = c.revision_id
          WHERE c.contract_id = k.id AND NOT c.rejected) AS stories,
         k.first_seen_at, k.last_changed_at,
         (SELECT n.key FROM contract_keys n WHERE n.contract_id = k.id) AS key
  FROM contracts k
  LEFT JOIN entities v ON v.id = k.vendor_id
  LEFT JOIN entities g ON g.id = k.agency_id;

CREATE VIEW v_contract_events AS
  SELECT id, contract_id, happened_on, reported_at, field,
         CASE WHEN field <> 'amount' THEN before
              WHEN before % 1000 = 0 THEN CAST(before AS INTEGER) / 1000 ELSE before / 1000.0 END AS before,
         CASE WHEN field <> 'amount' THEN after
              WHEN after % 1000 = 0 THEN CAST(after AS INTEGER) / 1000 ELSE after / 1000.0 END AS after,
         article_id, quote, position, words, start, "end", rule, cause
  FROM contract_events;

-- Of v_alerts and v_quiet_alerts.
CREATE VIEW alert_texts AS
  SELECT l.id, l.kind, l.created_at, l.story_id, l.article_id, l.entity_id, l.contract_id,
         CASE
           WHEN l.contract_id IS NOT NULL THEN coalesce(v.name, 'unnamed vendor') || ' / ' || coalesce(g.name, 'unnamed agency')
           WHEN l.entity_id IS NOT NULL THEN e.name || ': ' || coalesce(a.title, a.url, '')
           WHEN l.feed_id IS NOT NULL THEN coalesce(f.listed_title, f.title, f.url)
           ELSE coalesce(a.title, a.url)
         END AS title,
         l.details, l.feed_id, l.words, l.start, l."end", l.rule, l.quote, l.quiet, t.field,
         CASE WHEN t.field <> 'amount' THEN t.before
              WHEN t.before % 1000 = 0 THEN CAST(t.before AS INTEGER) / 1000 ELSE t.before / 1000.0 END AS before,
         CASE WHEN t.field <> 'amount' THEN t.after
              WHEN t.after % 1000 = 0 THEN CAST(t.after AS INTEGER) / 1000 ELSE t.after / 1000.0 END AS after,
         iif(t.field = 'amount', k.currency, NULL) AS currency, t.cause
  FROM alerts l
  LEFT JOIN articles a ON a.id = l.article_id
  LEFT JOIN entities e ON e.id = l.entity_id
  LEFT JOIN contracts k ON k.id = l.contract_id
  LEFT JOIN entities v ON v.id = k.vendor_id
  LEFT JOIN entities g ON g.id = k.agency_id
  LEFT JOIN feeds f ON f.id = l.feed_id
  LEFT JOIN told_changes t ON t.alert_id = l.id AND t.before IS NOT NULL
  WHERE NOT l.withdrawn;

CREATE VIEW v_alerts AS
  SELECT id, kind, created_at, story_id, article_id, entity_id, contract_id, title, details, feed_id, words, start,
         "end", rule, quote, field, before, after, currency, cause
  FROM alert_texts WHERE NOT quiet;

-- What nobody is told of: what a feed had when it was first read, texts older than a name on the watchlist.
CREATE VIEW v_quiet_alerts AS
  SELECT id, kind, created_at, story_id, article_id, entity_id, contract_id, title, details, feed_id, words, start,
         "end", rule, quote, field, before, after, currency, cause
  FROM alert_texts WHERE quiet;

CREATE VIEW v_deliveries AS
  SELECT id, alert_id, digest, channel, recipient, state, attempts, last_error, sent_at, message_id
  FROM deliveries;

-- What each column of each view says.
CREATE VIEW v_columns AS
  SELECT view, position, "column", meaning FROM view_columns;
