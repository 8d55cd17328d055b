-- The tables. They may change from version to version; what other programs may rely on are the views
-- (0001_views.sql). Instants are RFC 3339 in UTC, dates as precise as they are known, amounts count
-- thousandths of the currency's major unit, spans count code points.

CREATE TABLE feeds (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,               -- as in the feed list
  listed INTEGER NOT NULL DEFAULT 1,      -- 0: no longer on the list
  listed_title TEXT,                      -- the name that the list gives it
  current_url TEXT,                       -- where it moved for good
  listed_asked_at TEXT,                   -- when the listed address was asked last, if it moved
  title TEXT,
  site TEXT,
  format TEXT,
  status TEXT NOT NULL DEFAULT 'new',     -- new ok failing gone
  status_since TEXT,
  etag TEXT,
  last_modified TEXT,
  trust TEXT NOT NULL DEFAULT 'trusted',  -- of what its 304s say: trusted suspected lying
  trust_since TEXT,
  not_modified INTEGER NOT NULL DEFAULT 0,  -- 304s in a row
  document_hash INTEGER,                  -- of the entries of the last whole document
  document_entries INTEGER,               -- how many it had
  first_seen_at TEXT NOT NULL,
  last_fetched_at TEXT,
  last_success_at TEXT,
  last_document_at TEXT,                  -- when there was a document last, and no 304
  last_new_entry_at TEXT,
  last_status INTEGER,                    -- of HTTP; 0: no answer
  last_error TEXT,
  advice TEXT,                            -- what the operator can do about it
  failures REAL NOT NULL DEFAULT 0,       -- weighed, since the last success
  failed_polls INTEGER NOT NULL DEFAULT 0,  -- counted, since the last success
  failing_alerted INTEGER NOT NULL DEFAULT 0,
  entries INTEGER NOT NULL DEFAULT 0,     -- how many are stored
  missed_entries INTEGER NOT NULL DEFAULT 0,  -- how many may have come and gone unseen
  habits TEXT,                            -- when entries came (crawler/feed_habits.h)
  usual_gap INTEGER,                      -- seconds between new entries, as a rule
  newest_at TEXT,                         -- when the newest entry came, as far as its date tells
  silent_from TEXT,                       -- when nothing new will have become news
  silent_alerted INTEGER NOT NULL DEFAULT 0,
  publisher_interval INTEGER,             -- seconds: ttl, sy:update* of the last document
  skip_hours INTEGER NOT NULL DEFAULT 0,  -- bits: 1 is the hour from midnight UTC on
  skip_days INTEGER NOT NULL DEFAULT 0,   -- bits: 1 is Sunday
  poll_interval INTEGER,                  -- seconds: its own, whatever the next poll waits for
  next_fetch_at TEXT,
  not_before TEXT,                        -- the server asked to be left alone until then
  due_at TEXT AS (max(coalesce(next_fetch_at, first_seen_at), coalesce(not_before, '')))
) STRICT;
CREATE INDEX feeds_due ON feeds (due_at) WHERE listed AND status <> 'gone';
CREATE INDEX feeds_by_status ON feeds (status) WHERE listed;

CREATE TABLE feed_tags (
  feed_id INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (feed_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE stories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- alerts name it in their keys: never given again
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,                      -- as first met
  canonical_url TEXT NOT NULL UNIQUE,     -- its identity
  feed_id INTEGER REFERENCES feeds,       -- the feed that first pointed to it
  title TEXT,
  byline TEXT,
  site TEXT,
  language TEXT,
  robots TEXT,                            -- what the publisher asks of those who keep copies
  published_at TEXT,
  modified_at TEXT,
  first_seen_at TEXT NOT NULL,
  last_fetched_at TEXT,
  status TEXT NOT NULL DEFAULT 'pending', -- pending ok from_feed forbidden gone failed not_article
  reason TEXT,                            -- why there is no text or no page, or less than the article
  failures INTEGER NOT NULL DEFAULT 0,
  gone_looks INTEGER NOT NULL DEFAULT 0,  -- how often in a row it was gone
  next_fetch_at TEXT,                     -- NULL: never again
  looks INTEGER NOT NULL DEFAULT 0,       -- how often it was looked at again without news
  put_off_since TEXT,                     -- its host has wanted to be left alone since then
  wakes INTEGER NOT NULL DEFAULT 0,       -- how often its feed said that there is something new
  is_past INTEGER NOT NULL DEFAULT 0,     -- 1: its feed had it already when it was first read
  past_revision INTEGER,                  -- the latest of which nobody is told
  etag TEXT,
  last_modified TEXT,
  story_id INTEGER REFERENCES stories,
  revision_id INTEGER REFERENCES revisions DEFERRABLE INITIALLY DEFERRED  -- the latest
) STRICT;
CREATE INDEX articles_by_story ON articles (story_id);
CREATE INDEX articles_due ON articles (next_fetch_at) WHERE next_fetch_at IS NOT NULL;
CREATE INDEX articles_by_revision ON articles (revision_id);
CREATE INDEX articles_by_feed ON articles (feed_id);
-- Listings go through the articles from the latest on (storage/listings.cpp).
CREATE INDEX articles_by_day ON articles (coalesce(published_at, first_seen_at), story_id, revision_id);

-- Every address, in canonical form, under which an article is known.
CREATE TABLE article_urls (
  canonical_url TEXT PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles
) STRICT, WITHOUT ROWID;
CREATE INDEX article_urls_by_article ON article_urls (article_id);

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  feed_id INTEGER NOT NULL REFERENCES feeds,
  article_id INTEGER REFERENCES articles,
  guid TEXT,
  link TEXT,
  title TEXT,
  author TEXT,
  summary TEXT,                           -- HTML, like content; both NULL when they were dropped
  content TEXT,
  published_at TEXT,
  updated_at TEXT,
  first_seen_at TEXT NOT NULL,
  -- What it is known again by: hashes, NULL where there is nothing to hash.
  guid_hash INTEGER,
  link_hash INTEGER,                      -- of the link in canonical form
  body_hash INTEGER,                      -- of summary and content
  words_hash INTEGER                      -- of title, summary and content
) STRICT;
CREATE INDEX entries_by_guid ON entries (feed_id, guid_hash);
CREATE INDEX entries_by_link ON entries (feed_id, link_hash);
CREATE INDEX entries_by_words ON entries (feed_id, words_hash);
CREATE INDEX entries_by_article ON entries (article_id);

CREATE TABLE revisions (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles,
  number INTEGER NOT NULL,                -- counted from 1 within the article
  fetched_at TEXT NOT NULL,
  title TEXT,
  text_dropped_at TEXT,                   -- since when the text is not kept any more: then it is ''
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL,                   -- of the text, kept or not
  change TEXT,                            -- minor or substantive; NULL for the first, and after a dropped one
  extractor TEXT NOT NULL,                -- version of the extractors that read the text
  UNIQUE (article_id, number)
) STRICT;

CREATE INDEX revisions_changed ON revisions (fetched_at) WHERE number > 1;
CREATE INDEX revisions_dropped ON revisions (article_id) WHERE text_dropped_at IS NOT NULL;

CREATE TABLE revision_changes (
  revision_id INTEGER NOT NULL REFERENCES revisions,
  position INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- What the archive has of the pages (storage/warc/archive.h). The bytes are in its files.
CREATE TABLE archive_records (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles,
  revision_id INTEGER REFERENCES revisions,  -- whose text was read out of these bytes
  kind TEXT NOT NULL,                     -- response; resource: the page alone; revisit: it was there again
  file TEXT NOT NULL,                     -- its name in the archive's folder
  offset INTEGER NOT NULL,                -- of its gzip member, in bytes
  length INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  url TEXT NOT NULL,                      -- where the page came from, after redirects
  fetched_at TEXT NOT NULL,
  block_sha256 TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,           -- of a revisit: of the response that it refers to
  payload_digest TEXT NOT NULL,           -- the same by SHA-1 in base32, as in the record
  refers_to INTEGER REFERENCES archive_records,
  extractor TEXT NOT NULL,                -- version of the extractors that read the page
  UNIQUE (file, offset)
) STRICT;
CREATE INDEX archive_records_by_article ON archive_records (article_id);
CREATE INDEX archive_records_by_revision ON archive_records (revision_id) WHERE revision_id IS NOT NULL;
CREATE INDEX archive_records_by_payload ON archive_records (payload_sha256) WHERE kind <> 'revisit';

-- How far files and folders of pages were imported.
CREATE TABLE imports (
  source TEXT PRIMARY KEY,                -- what tells it from others, wherever it lies
  name TEXT NOT NULL,                     -- as it was given
  position TEXT NOT NULL,                 -- where to go on
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Blocks of the page that are not in the revision's text.
CREATE TABLE left_out (
  revision_id INTEGER NOT NULL REFERENCES revisions,
  position INTEGER NOT NULL,
  start INTEGER NOT NULL,                 -- where in the text it stood
  text TEXT NOT NULL,                     -- with the line breaks that parted it from the rest
  reason TEXT NOT NULL,                   -- furniture: the site repeats it
  articles INTEGER NOT NULL,              -- how many other articles of the site have it
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_marks (
  article_id INTEGER PRIMARY KEY REFERENCES articles,
  text_hash INTEGER NOT NULL,
  host_hash INTEGER NOT NULL,
  day INTEGER,
  position INTEGER NOT NULL,              -- how many keys had been added with its own
  fingerprint BLOB NOT NULL,
  keys BLOB NOT NULL                      -- 8 bytes each, ascending
) STRICT;
CREATE INDEX story_marks_by_text ON story_marks (text_hash);
CREATE INDEX story_marks_by_host ON story_marks (host_hash);

-- One row: what is in memory of these tables holds as long as it stays the same
-- (storage/story_index.h).
CREATE TABLE story_writes (count INTEGER NOT NULL) STRICT;
INSERT INTO story_writes VALUES (0);

-- The articles of each key: what story_marks.keys says, the other way round. The keys of the articles
-- that are due are not all there yet (storage/story_keys.h, storage/key_generations.h).
CREATE TABLE story_keys (
  id INTEGER PRIMARY KEY,                 -- the generation above 48 bits of the key
  articles BLOB NOT NULL                  -- the latest ones: ids and days in 8 bytes each
) STRICT;
CREATE TABLE story_key_filters (
  generation INTEGER NOT NULL,
  part INTEGER NOT NULL,                  -- the highest 6 bits of the keys
  bits BLOB NOT NULL,                     -- three are set for each key that is there
  PRIMARY KEY (generation, part)
) STRICT;
CREATE TABLE story_key_periods (
  generation INTEGER NOT NULL,
  period INTEGER NOT NULL,                -- 8 days of which there are articles
  PRIMARY KEY (generation, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE story_keys_due (
  position INTEGER PRIMARY KEY,           -- counted in keys
  article_id INTEGER NOT NULL UNIQUE REFERENCES articles
) STRICT;

-- Stories that became part of another: people keep their numbers, in mutes and in mails.
CREATE TABLE merged_stories (
  id INTEGER PRIMARY KEY,
  into_id INTEGER NOT NULL                -- a story that stands
) STRICT;
CREATE INDEX merged_stories_by_target ON merged_stories (into_id);

-- Why two articles are of one story; a rejected pair is never joined again.
CREATE TABLE story_joins (
  article_id INTEGER NOT NULL REFERENCES articles,
  other_id INTEGER NOT NULL REFERENCES articles,
  score REAL NOT NULL,
  reason TEXT NOT NULL,
  joined_at TEXT NOT NULL,
  rejected_at TEXT,
  rejected_article_id INTEGER,            -- the one that was taken out
  why TEXT,
  PRIMARY KEY (article_id, other_id),
  CHECK (article_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_joins_by_other ON story_joins (other_id);
CREATE INDEX story_joins_rejected ON story_joins (article_id) WHERE rejected_at IS NOT NULL;

CREATE TABLE entities (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                     -- vendor or agency
  name TEXT NOT NULL COLLATE NOCASE,
  category TEXT,
  country TEXT,
  parent TEXT,
  wikidata TEXT,
  listed INTEGER NOT NULL,
  spellings TEXT,                         -- aliases and context words on the list, to tell an edit by
  past_revision INTEGER,                  -- the latest when it came on the list: nobody is told of its past
  UNIQUE (kind, name)
) STRICT;

CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  revision_id INTEGER NOT NULL REFERENCES revisions,
  entity_id INTEGER NOT NULL REFERENCES entities,
  text TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  reason TEXT,                            -- which alias or rule found it
  rejected INTEGER NOT NULL DEFAULT 0     -- by a person; see rejected_mentions
) STRICT;
CREATE INDEX mentions_by_revision ON mentions (revision_id);
CREATE INDEX mentions_by_entity ON mentions (entity_id, rejected, revision_id);
CREATE INDEX mentions_rejected ON mentions (revision_id) WHERE rejected;

CREATE TABLE contracts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- alerts that were sent name it: never given again
  vendor_id INTEGER REFERENCES entities,
  agency_id INTEGER REFERENCES entities,
  amount INTEGER,
  amount_max INTEGER,
  currency TEXT,
  qualifier TEXT,
  term TEXT,
  signed_on TEXT,
  starts_on TEXT,
  ends_on TEXT,
  status TEXT,
  award_id TEXT,
  first_seen_at TEXT NOT NULL,
  last_changed_at TEXT NOT NULL
) STRICT;
CREATE INDEX contracts_by_vendor ON contracts (vendor_id);
CREATE INDEX contracts_by_agency ON contracts (agency_id);

-- What exports call a contract. Made of what was first told of it and where, so that no other store
-- gives it to another deal; kept when the contract is dropped, since it may come back under its number.
CREATE TABLE contract_keys (
  contract_id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  first_seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE claims (
  id INTEGER PRIMARY KEY,
  revision_id INTEGER NOT NULL REFERENCES revisions,
  position INTEGER NOT NULL,              -- within the revision
  contract_id INTEGER REFERENCES contracts,
  vendor_id INTEGER REFERENCES entities,
  agency_id INTEGER REFERENCES entities,
  amount INTEGER,
  amount_max INTEGER,                     -- of a range, else NULL
  currency TEXT,
  qualifier TEXT,
  term TEXT,
  signed_on TEXT,
  starts_on TEXT,
  ends_on TEXT,
  status TEXT,
  award_id TEXT,
  quote TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  rejected INTEGER NOT NULL DEFAULT 0,    -- by a person: which of remembered_claims it is like
  reason TEXT,                            -- why it belongs to its contract, for a person
  contract_before INTEGER,                -- that it was last filed under, to go on as
  UNIQUE (revision_id, position)
) STRICT;
CREATE INDEX claims_by_contract ON claims (contract_id);
-- All that storage/near_claims.cpp asks of the claims of a party.
CREATE INDEX claims_by_vendor ON claims (
  vendor_id, agency_id, rejected, contract_id, revision_id, amount, amount_max, currency, signed_on,
  status, award_id
);
CREATE INDEX claims_by_agency ON claims (agency_id);
CREATE INDEX claims_rejected ON claims (revision_id) WHERE rejected;

CREATE TABLE claim_evidence (
  claim_id INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
  position INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  quote TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  rule TEXT,
  sentence TEXT,                          -- in which the words of the quote stand
  PRIMARY KEY (claim_id, position)
) STRICT, WITHOUT ROWID;

-- The states that a claim's text reports, in the order in which they came about.
CREATE TABLE claim_history (
  claim_id INTEGER NOT NULL REFERENCES claims ON DELETE CASCADE,
  position INTEGER NOT NULL,
  status TEXT NOT NULL,
  happened_on TEXT,
  quote TEXT NOT NULL,
  again INTEGER NOT NULL,                 -- 1: it had been in this state before
  words TEXT NOT NULL,                    -- of the quote, by which the rule found the state
  start INTEGER NOT NULL,                 -- of the words, like "end"
  "end" INTEGER NOT NULL,
  rule TEXT,
  PRIMARY KEY (claim_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE contract_events (
  id INTEGER PRIMARY KEY,
  contract_id INTEGER NOT NULL REFERENCES contracts ON DELETE CASCADE,
  position INTEGER NOT NULL,
  field TEXT NOT NULL,                    -- status amount term signed_on starts_on ends_on award_id
  before TEXT,
  after TEXT NOT NULL,
  happened_on TEXT,
  reported_at TEXT,
  article_id INTEGER REFERENCES articles,
  quote TEXT,                             -- the sentence that tells of this event
  words TEXT,                             -- of the quote, by which `rule` found it
  start INTEGER,                          -- of the words, like "end"
  "end" INTEGER,
  rule TEXT,
  cause TEXT NOT NULL,                    -- change correction contradiction
  UNIQUE (contract_id, position)
) STRICT;

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- readers keep the last one they saw: never given again
  key TEXT NOT NULL UNIQUE,               -- what it is about; the same thing is raised once
  kind TEXT NOT NULL,
  created_at TEXT NOT NULL,
  story_id INTEGER REFERENCES stories,
  article_id INTEGER REFERENCES articles,
  entity_id INTEGER REFERENCES entities,
  contract_id INTEGER REFERENCES contracts,
  feed_id INTEGER REFERENCES feeds,
  details TEXT,
  words TEXT,                             -- that it rests on: the alias, the words of the field
  start INTEGER,                          -- where they stand in the article's text
  "end" INTEGER,
  rule TEXT,                              -- what found them
  quote TEXT,                             -- the sentence around them
  quiet INTEGER NOT NULL DEFAULT 0,       -- 1: known, but nobody is to be told (the past, back-fill)
  withdrawn INTEGER NOT NULL DEFAULT 0    -- 1: taken back before anybody was sent it
) STRICT;
CREATE INDEX alerts_by_time ON alerts (created_at);
CREATE INDEX alerts_gone ON alerts (created_at) WHERE kind = 'article_gone';
CREATE INDEX alerts_by_story ON alerts (story_id);
CREATE INDEX alerts_by_contract ON alerts (contract_id);
CREATE INDEX alerts_by_article ON alerts (article_id);

-- What alerts of changes of contracts tell, by which they find their events again
-- (storage/told_changes.h). Spelled as in contract_events.
CREATE TABLE told_changes (
  alert_id INTEGER PRIMARY KEY REFERENCES alerts ON DELETE CASCADE,
  field TEXT NOT NULL,
  before TEXT,  -- NULL: the sum with which the contract was told
  after TEXT NOT NULL,
  happened_on TEXT,
  reported_at TEXT NOT NULL,
  cause TEXT NOT NULL
) STRICT;

-- Whom alerts go to, by the settings: a delivery is written with the alert.
CREATE TABLE subscriptions (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  mutes TEXT NOT NULL,                    -- what is left out all the same, as JSON (storage/mutes.h)
  UNIQUE (digest, channel, recipient)
) STRICT;
-- Only alerts that fit one word of each sort; a sort without words lets everything through.
CREATE TABLE subscription_filters (
  subscription_id INTEGER NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
  sort TEXT NOT NULL,                     -- kind vendor agency category tag
  word TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (subscription_id, sort, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- what was queued later has a greater one
  alert_id INTEGER NOT NULL REFERENCES alerts,
  digest TEXT NOT NULL,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'queued',   -- queued sending sent failed
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  message_id TEXT,                        -- the same at every attempt; NULL: in no message yet
  message_at TEXT,                        -- when the message was made: its date
  next_attempt_at TEXT,
  sent_at TEXT,
  UNIQUE (alert_id, digest, channel, recipient)
) STRICT;
CREATE INDEX deliveries_open ON deliveries (state) WHERE state IN ('queued', 'sending');
CREATE INDEX deliveries_by_message ON deliveries (message_id) WHERE message_id IS NOT NULL;

-- When each digest went out last by its schedule, or was first known under it.
CREATE TABLE digest_runs (
  digest TEXT PRIMARY KEY,
  schedule TEXT NOT NULL,
  last_run_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A person's corrections, in terms that outlive a new extraction: the article, and what the claim or
-- mention in it says (storage/remembered_claims.h). They hold for the copies of its story, too.
CREATE TABLE remembered_claims (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- alerts name it
  article_id INTEGER NOT NULL REFERENCES articles,
  vendor_id INTEGER REFERENCES entities,
  agency_id INTEGER REFERENCES entities,
  vendor_words TEXT NOT NULL,
  agency_words TEXT NOT NULL,
  sum TEXT NOT NULL,                      -- amount, upper end and currency, or empty
  quote TEXT NOT NULL
) STRICT;
CREATE INDEX remembered_claims_by_article ON remembered_claims (article_id);

CREATE TABLE rejected_claims (
  remembered_id INTEGER PRIMARY KEY REFERENCES remembered_claims ON DELETE CASCADE,
  why TEXT NOT NULL,
  rejected_at TEXT NOT NULL
) STRICT;

CREATE TABLE rejected_mentions (
  article_id INTEGER NOT NULL REFERENCES articles,
  entity_id INTEGER NOT NULL REFERENCES entities,
  text TEXT NOT NULL COLLATE NOCASE,
  why TEXT NOT NULL,
  rejected_at TEXT NOT NULL,
  PRIMARY KEY (article_id, entity_id, text)
) STRICT, WITHOUT ROWID;

-- Two claims that a person has put into one deal (same = 1) or kept apart (same = 0).
CREATE TABLE deal_rulings (
  a INTEGER NOT NULL REFERENCES remembered_claims ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES remembered_claims ON DELETE CASCADE,
  same INTEGER NOT NULL,
  ruled_at TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- What the columns of the views say (storage/view_columns.h).
CREATE TABLE view_columns (
  view TEXT NOT NULL,
  position INTEGER NOT NULL,
  "column" TEXT NOT NULL,
  meaning TEXT NOT NULL,
  PRIMARY KEY (view, position)
) STRICT, WITHOUT ROWID;

CREATE VIEW search_source AS
  SELECT a.id, a.title, r.text FROM articles a JOIN revisions r ON r.id = a.revision_id;
CREATE VIRTUAL TABLE article_search USING fts5(
  title, text, content = 'search_source', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2');

-- One row: of how many texts the words were taken out of the index since it was in one piece. Only
-- that frees their room (storage/upkeep_rows.h).
CREATE TABLE search_waste (texts INTEGER NOT NULL) STRICT;
INSERT INTO search_waste VALUES (0);
