#include "storage/reader.h"

#include "storage/contradictions.h"
#include "storage/entity_rows.h"
#include "storage/mutes.h"
#include "storage/retention_rows.h"
#include "storage/tables.h"

namespace stakeout {

struct Reader::Impl {
  explicit Impl(const std::filesystem::path& file) : connection{file, Connection::Mode::read} {}

  template <class List>
  Table list(List rows_of, const Filter& filter) {
    return connection.translated([&] { return rows_of(connection, filter); });
  }

  // One section for each title and its SELECT, whose ?1 is the id.
  std::vector<Section> sections(std::int64_t id,
                                std::initializer_list<std::pair<const char*, const char*>> parts) {
    return connection.translated([&] {
      std::vector<Section> list;
      for (const auto& [title, sql] : parts) {
        Table table = table_of(connection, sql, {id});
        // The first part is the thing itself.
        if (list.empty() && table.rows.empty()) return list;
        list.push_back({title, std::move(table)});
      }
      return list;
    });
  }

  Connection connection;
};

Reader::Reader(const std::filesystem::path& file) : impl_{std::make_unique<Impl>(file)} {}
Reader::~Reader() = default;

Table Reader::mentions(const Filter& filter) {
  return impl_->list(list_mentions, filter);
}
Table Reader::contracts(const Filter& filter) {
  return impl_->list(list_contracts, filter);
}
Table Reader::stories(const Filter& filter) {
  return impl_->list(list_stories, filter);
}
Table Reader::changes(const Filter& filter) {
  return impl_->list(list_changes, filter);
}
Table Reader::alerts(const Filter& filter) {
  return impl_->list(list_alerts, filter);
}
Table Reader::feeds(const Filter& filter) {
  return impl_->list(list_feeds, filter);
}
Table Reader::entities(const Filter& filter) {
  return impl_->list(list_entities, filter);
}

std::optional<Timestamp> Reader::last_work() {
  return impl_->connection.translated([&] { return stakeout::last_work(impl_->connection); });
}

Dropped Reader::droppable(const RetentionLimits& limits) {
  return impl_->connection.translated([&] { return droppable_rows(impl_->connection, limits); });
}

std::vector<Entity> Reader::edited(const std::vector<Entity>& watchlist) {
  return impl_->connection.translated(
      [&] { return edited_entity_rows(impl_->connection, watchlist); });
}

Table Reader::search(const std::string& query, const Filter& filter) {
  return impl_->connection.translated(
      [&] { return search_articles(impl_->connection, query, filter); });
}

std::vector<std::int64_t> Reader::alerts_for(const Recipient& to, const Mutes& mutes,
                                             std::optional<Timestamp> since) {
  return impl_->connection.translated([&] {
    std::vector<std::int64_t> alerts;
    Query q{impl_->connection,
            "SELECT d.alert_id FROM deliveries d JOIN alerts l ON l.id = d.alert_id WHERE d.digest "
            "= ?1 AND d.channel = ?2 AND d.recipient = ?3 AND iif(?5 IS NULL, d.state IN "
            "('queued', 'sending'), l.created_at >= ?5) AND (d.message_id IS NOT NULL OR "
            "NOT " ALERT_IS_MUTED("d", "?4") ") ORDER BY d.alert_id",
            to.digest,
            to.channel,
            to.address,
            mutes_text(mutes),
            since};
    while (q.next()) alerts.push_back(q.integer(0));
    return alerts;
  });
}

std::vector<Section> Reader::show_article(std::int64_t id) {
  return impl_->sections(
      id,
      {{"article", "SELECT * FROM v_articles WHERE id = ?"},
       {"entries", "SELECT * FROM v_entries WHERE article_id = ? ORDER BY id"},
       {"revisions",
        "SELECT id, number, fetched_at, title, change, sha256, extractor FROM v_revisions WHERE "
        "article_id = ? ORDER BY number"},
       {"changes",
        "SELECT r.number, c.before, c.after FROM revision_changes c JOIN revisions r ON r.id = "
        "c.revision_id WHERE r.article_id = ? ORDER BY r.number, c.position"},
       {"mentions",
        "SELECT id, kind, name, text, start, \"end\", sentence, reason FROM v_mentions WHERE "
        "article_id = ? ORDER BY start"},
       {"claims", "SELECT * FROM v_claims WHERE article_id = ? ORDER BY id"},
       {"evidence",
        "SELECT e.* FROM v_claim_evidence e JOIN v_claims c ON c.id = e.claim_id WHERE "
        "c.article_id = ? ORDER BY e.claim_id, e.start"},
       {"rejected",
        "SELECT kind, id, what, why FROM v_rejections WHERE article_id = ? ORDER BY kind, id"},
       {"copies",
        "SELECT j.other_id AS article_id, a.url, j.score, j.reason, j.rejected_at, j.why FROM "
        "story_joins j JOIN articles a ON a.id = j.other_id WHERE j.article_id = ?1 UNION ALL "
        "SELECT j.article_id, a.url, j.score, j.reason, j.rejected_at, j.why FROM story_joins j "
        "JOIN articles a ON a.id = j.article_id WHERE j.other_id = ?1"},
       {"alerts", "SELECT * FROM v_alerts WHERE article_id = ? ORDER BY id"},
       {"left out",
        "SELECT l.text, l.reason, l.articles, l.start FROM v_left_out l JOIN v_articles a ON "
        "a.revision_id = l.revision_id WHERE a.id = ? ORDER BY l.position"}});
}

Table Reader::contradictions(std::int64_t contract_id) {
  return impl_->connection.translated(
      [&] { return contradiction_rows(impl_->connection, contract_id); });
}

std::vector<Section> Reader::show_contract(std::int64_t id) {
  auto sections = impl_->sections(
      id,
      {{"contract", "SELECT * FROM v_contracts WHERE id = ?"},
       {"events",
        "SELECT e.*, a.url FROM v_contract_events e LEFT JOIN articles a ON a.id = e.article_id "
        "WHERE e.contract_id = ? ORDER BY e.position"},
       {"claims", "SELECT * FROM v_claims WHERE contract_id = ? ORDER BY published_at, id"},
       {"evidence",
        "SELECT e.* FROM v_claim_evidence e JOIN v_claims c ON c.id = e.claim_id WHERE "
        "c.contract_id = ? ORDER BY e.claim_id, e.start"},
       {"rejected claims of the same parties",
        "SELECT x.id, x.article_id, x.what, x.why FROM v_rejections x JOIN claims c ON c.id = x.id "
        "JOIN contracts k ON k.vendor_id IS c.vendor_id AND k.agency_id IS c.agency_id WHERE k.id "
        "= "
        "? AND x.kind = 'claim' ORDER BY x.id"},
       {"alerts", "SELECT * FROM v_alerts WHERE contract_id = ? ORDER BY id"}});
  constexpr std::ptrdiff_t after_events = 2;
  if (!sections.empty())
    sections.insert(sections.begin() + after_events, {"told differently", contradictions(id)});
  return sections;
}

std::vector<Section> Reader::show_story(std::int64_t id) {
  return impl_->sections(
      id,
      {{"story", "SELECT * FROM v_stories WHERE id = ?"},
       {"articles",
        "SELECT id, published_at, site, title, url FROM v_articles WHERE story_id = ? ORDER BY "
        "published_at, id"},
       {"joins",
        "SELECT j.article_id, j.other_id, j.score, j.reason, j.joined_at, j.rejected_at, j.why "
        "FROM story_joins j JOIN articles a ON a.id = j.article_id WHERE a.story_id = ? ORDER BY "
        "1, 2"},
       {"entities",
        "SELECT entity_id, kind, name, count(*) AS mentions, count(DISTINCT article_id) AS "
        "articles FROM v_mentions WHERE story_id = ? GROUP BY entity_id ORDER BY 4 DESC"},
       {"claims",
        "SELECT c.* FROM v_claims c JOIN articles a ON a.id = c.article_id WHERE a.story_id = ? "
        "ORDER BY c.id"},
       {"rejected",
        "SELECT x.kind, x.id, x.article_id, x.what, x.why FROM v_rejections x JOIN articles a ON "
        "a.id = x.article_id WHERE a.story_id = ? ORDER BY 1, 2"},
       {"alerts", "SELECT * FROM v_alerts WHERE story_id = ? ORDER BY id"}});
}

std::vector<Section> Reader::show_entity(std::int64_t id) {
  return impl_->sections(
      id, {{"entity", "SELECT * FROM v_entities WHERE id = ?"},
           {"contracts",
            "SELECT * FROM v_contracts WHERE id IN (SELECT id FROM contracts WHERE vendor_id = ?1 "
            "UNION SELECT id FROM contracts WHERE agency_id = ?1) ORDER BY signed_on, id"},
           {"latest mentions",
            "SELECT id, published_at, text, sentence, url, article_id FROM v_mentions WHERE "
            "entity_id = "
            "? ORDER BY published_at DESC, article_id, start LIMIT 50"},
           {"named together with",
            "SELECT o.entity_id, o.kind, o.name, count(DISTINCT o.article_id) AS articles FROM "
            "v_mentions m JOIN v_mentions o ON o.article_id = m.article_id AND o.entity_id <> "
            "m.entity_id WHERE m.entity_id = ? GROUP BY o.entity_id ORDER BY 4 DESC, 3 LIMIT 20"}});
}

Table Reader::query(std::string_view sql, std::chrono::milliseconds time_limit) {
  return impl_->connection.translated(
      [&] { return table_of_query(impl_->connection, sql, time_limit); });
}

Table Reader::rows(std::string_view sql, const std::vector<Cell>& values) {
  return impl_->connection.translated(
      [&] { return table_of(impl_->connection, std::string{sql}, values); });
}

void Reader::each_row(std::string_view sql, const std::vector<Cell>& values, const TakeRow& take) {
  impl_->connection.translated(
      [&] { take_rows(impl_->connection, std::string{sql}, values, take); });
}

std::vector<std::string> Reader::columns_of(std::string_view sql) {
  return impl_->connection.translated(
      [&] { return column_names(impl_->connection, std::string{sql}); });
}

void Reader::at_one_moment(const std::function<void()>& read) {
  impl_->connection.translated([&] {
    SQLite::Transaction moment{impl_->connection.database()};
    read();
  });
}

}  // namespace stakeout
