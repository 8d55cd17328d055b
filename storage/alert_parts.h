#pragma once

// What an alert is about, as SQL that stands where an alert `l` of the table alerts is in scope.

// The story: its own, else that of its article.
#define STORY_OF_ALERT \
  "coalesce(l.story_id, (SELECT ra.story_id FROM articles ra WHERE ra.id = l.article_id))"

// A SELECT of the ids of the entities: those of a contract; else the one that is new; else all that
// the article names. CROSS JOIN keeps SQLite from going through all entities for each alert.
#define ENTITIES_OF_ALERT                                                                   \
  "SELECT l.entity_id UNION ALL SELECT k.vendor_id FROM contracts k WHERE k.id = "          \
  "l.contract_id UNION ALL SELECT k.agency_id FROM contracts k WHERE k.id = l.contract_id " \
  "UNION ALL SELECT n.entity_id FROM articles a CROSS JOIN mentions n ON n.revision_id = "  \
  "a.revision_id AND NOT n.rejected WHERE a.id = l.article_id AND l.entity_id IS NULL AND " \
  "l.contract_id IS NULL"
