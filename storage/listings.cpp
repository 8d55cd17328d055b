// The listings of Reader, each over the views and within a Filter.
#include <algorithm>
#include <iterator>

#include "storage/search_words.h"
#include "storage/tables.h"

namespace stakeout {
namespace {

// A SELECT with the conditions that a filter adds to it.
class Listing {
 public:
  explicit Listing(std::string select) : sql_{std::move(select)} {}

  // What follows is of an inner SELECT, up to end_group().
  void begin_group(const std::string& select) {
    sql_ += (has_where_ ? " AND " : " WHERE ") + select;
    has_where_ = false;
  }
  void end_group() {
    sql_ += ")";
    has_where_ = true;
  }

  // `condition` has one "?" for each of `values`.
  void where(const std::string& condition, std::initializer_list<Cell> values) {
    sql_ += (has_where_ ? " AND (" : " WHERE (") + condition + ")";
    has_where_ = true;
    values_.insert(values_.end(), values);
  }

  // Only rows whose date, as precisely as it is known, lies between since and until.
  void within(const std::string& date, const Filter& filter) {
    if (!filter.since.empty()) {
      where(date + " >= substr(?, 1, length(" + date + "))", {filter.since});
    }
    if (!filter.until.empty()) {
      where("substr(" + date + ", 1, length(?)) <= ?", {filter.until, filter.until});
    }
  }

  [[nodiscard]] Table rows(Connection& connection, const std::string& order, const Filter& filter) {
    values_.emplace_back(static_cast<std::int64_t>(filter.limit));
    return table_of(connection, sql_ + " ORDER BY " + order + " LIMIT ?", values_);
  }

 private:
  std::string sql_;
  std::vector<Cell> values_;
  bool has_where_ = false;
};

// The ids of a vendor; of an agency and the bodies below it. One "?": the name. COLLATE: `name` is
// declared NOCASE, `parent` is not.
constexpr const char* vendor_ids = "SELECT id FROM entities WHERE kind = 'vendor' AND name = ?";
constexpr const char* agency_ids =
    "WITH RECURSIVE body (id, name) AS (SELECT id, name FROM entities WHERE kind = 'agency' AND "
    "name "
    "= ? UNION SELECT e.id, e.name FROM entities e JOIN body b ON e.parent = b.name COLLATE NOCASE "
    "WHERE e.kind = 'agency') SELECT id FROM body";
constexpr const char* category_ids = "SELECT id FROM entities WHERE category = ?";
// The articles of feeds with a tag.
constexpr const char* tagged_articles =
    "SELECT e.article_id FROM entries e JOIN feed_tags t ON t.feed_id = e.feed_id WHERE t.tag = ?";

std::string in(const std::string& column, const std::string& ids) {
  return column + " IN (" + ids + ")";
}

// Articles that mention one of the entities.
std::string mentioning(const std::string& ids) {
  return "SELECT article_id FROM v_mentions WHERE " + in("entity_id", ids);
}

// `article` is the column with the article's id.
void narrow_by_article(Listing& listing, const std::string& article, const Filter& filter) {
  if (!filter.vendor.empty()) listing.where(in(article, mentioning(vendor_ids)), {filter.vendor});
  if (!filter.agency.empty()) listing.where(in(article, mentioning(agency_ids)), {filter.agency});
  if (!filter.category.empty()) {
    listing.where(in(article, mentioning(category_ids)), {filter.category});
  }
  if (!filter.tag.empty()) listing.where(in(article, tagged_articles), {filter.tag});
}

// The currency that min_amount counts in.
std::string currency_of(const Filter& filter) {
  return filter.currency.empty() ? "USD" : filter.currency;
}

// `contract` is an alias of contracts or v_contracts.
void narrow_by_contract(Listing& listing, const std::string& contract, const Filter& filter) {
  if (!filter.vendor.empty()) {
    listing.where(in(contract + ".vendor_id", vendor_ids), {filter.vendor});
  }
  if (!filter.agency.empty()) {
    listing.where(in(contract + ".agency_id", agency_ids), {filter.agency});
  }
  if (!filter.category.empty()) {
    listing.where(in(contract + ".vendor_id", category_ids) + " OR " +
                      in(contract + ".agency_id", category_ids),
                  {filter.category, filter.category});
  }
  if (!filter.status.empty()) listing.where(contract + ".status = ?", {filter.status});
  if (!filter.tag.empty()) {
    listing.where(contract + ".id IN (SELECT contract_id FROM v_claims WHERE " +
                      in("article_id", tagged_articles) + ")",
                  {filter.tag});
  }
  if (filter.min_amount) {
    listing.where(contract +
                      ".id IN (SELECT id FROM contracts WHERE currency = ? AND "
                      "coalesce(amount_max, amount) >= ?)",
                  {currency_of(filter), *filter.min_amount});
  } else if (!filter.currency.empty()) {
    listing.where(contract + ".currency = ?", {filter.currency});
  }
}

bool wants_contracts(const Filter& filter) {
  return filter.min_amount.has_value() || !filter.currency.empty() || !filter.status.empty();
}

void append(Table& table, Table more) {
  std::ranges::move(more.rows, std::back_inserter(table.rows));
}

}  // namespace

Table list_mentions(Connection& connection, const Filter& filter) {
  Listing listing{
      "SELECT m.id, m.published_at, m.kind, m.name, m.text, m.sentence, m.url, m.article_id, "
      "m.story_id, m.entity_id FROM v_mentions m JOIN articles a ON a.id = m.article_id"};
  narrow_by_article(listing, "m.article_id", filter);
  // Of the articles that name both, the mentions of the two.
  if (!filter.vendor.empty() && !filter.agency.empty()) {
    listing.where(in("m.entity_id", vendor_ids) + " OR " + in("m.entity_id", agency_ids),
                  {filter.vendor, filter.agency});
  } else if (!filter.vendor.empty()) {
    listing.where(in("m.entity_id", vendor_ids), {filter.vendor});
  } else if (!filter.agency.empty()) {
    listing.where(in("m.entity_id", agency_ids), {filter.agency});
  } else if (!filter.category.empty()) {
    listing.where(in("m.entity_id", category_ids), {filter.category});
  }
  listing.within("coalesce(m.published_at, a.first_seen_at)", filter);
  return listing.rows(
      connection, "coalesce(m.published_at, a.first_seen_at) DESC, m.article_id, m.start", filter);
}

Table list_contracts(Connection& connection, const Filter& filter) {
  Listing listing{
      "SELECT k.id, k.vendor, k.agency, k.amount, k.amount_max, k.currency, k.qualifier, k.term, "
      "k.signed_on, k.starts_on, k.ends_on, k.status, k.award_id, k.claims, k.stories, "
      "k.last_changed_at FROM v_contracts k"};
  narrow_by_contract(listing, "k", filter);
  const std::string day =
      "coalesce(k.signed_on, k.starts_on, (SELECT min(published_at) FROM v_claims WHERE "
      "contract_id = k.id), k.first_seen_at)";
  // The contract's own day, or that of a change of it.
  if (!filter.since.empty() || !filter.until.empty()) {
    listing.begin_group("k.id IN (SELECT id FROM (SELECT k.id, " + day +
                        " AS day FROM v_contracts k UNION ALL SELECT contract_id, "
                        "coalesce(happened_on, reported_at) FROM v_contract_events)");
    listing.within("day", filter);
    listing.end_group();
  }
  return listing.rows(connection, day + " DESC, k.id", filter);
}

Table list_stories(Connection& connection, const Filter& filter) {
  Listing listing{
      "SELECT s.id, s.title, s.articles, a.published_at, a.url, s.first_seen_at, s.last_seen_at, "
      "s.first_article_id FROM v_stories s JOIN articles a ON a.id = s.first_article_id"};
  const auto narrow = [&](const std::string& articles, const std::string& value) {
    if (value.empty()) return;
    listing.where("s.id IN (SELECT story_id FROM articles WHERE " + in("id", articles) + ")",
                  {value});
  };
  narrow(mentioning(vendor_ids), filter.vendor);
  narrow(mentioning(agency_ids), filter.agency);
  narrow(mentioning(category_ids), filter.category);
  narrow(tagged_articles, filter.tag);
  if (wants_contracts(filter)) {
    Filter of_contracts;
    of_contracts.min_amount = filter.min_amount;
    of_contracts.currency = filter.currency;
    of_contracts.status = filter.status;
    listing.begin_group(
        "s.id IN (SELECT t.story_id FROM v_claims c JOIN articles t ON t.id = c.article_id JOIN "
        "v_contracts k ON k.id = c.contract_id");
    narrow_by_contract(listing, "k", of_contracts);
    listing.end_group();
  }
  listing.within("coalesce(a.published_at, s.first_seen_at)", filter);
  return listing.rows(connection, "coalesce(a.published_at, s.first_seen_at) DESC, s.id", filter);
}

Table list_changes(Connection& connection, const Filter& filter) {
  Listing contracts{
      "SELECT coalesce(e.happened_on, e.reported_at) AS at, 'contract' AS what, k.id AS "
      "contract_id, "
      "e.article_id, k.vendor, k.agency, e.field, e.before, e.after, e.quote, a.url, NULL AS title "
      "FROM v_contract_events e JOIN v_contracts k ON k.id = e.contract_id "
      "LEFT JOIN articles a ON a.id = e.article_id"};
  contracts.where("e.before IS NOT NULL", {});
  narrow_by_contract(contracts, "k", filter);
  contracts.within("coalesce(e.happened_on, e.reported_at)", filter);
  Table table = contracts.rows(connection, "1 DESC, e.contract_id, e.position DESC", filter);
  if (wants_contracts(filter)) return table;

  Listing articles{
      "SELECT r.fetched_at, 'article', NULL, a.id, NULL, NULL, r.change, c.before, c.after, NULL, "
      "a.url, a.title FROM revisions r JOIN articles a ON a.id = r.article_id "
      "JOIN revision_changes c ON c.revision_id = r.id"};
  articles.where("r.number > 1", {});
  narrow_by_article(articles, "a.id", filter);
  articles.within("r.fetched_at", filter);
  append(table, articles.rows(connection, "1 DESC, a.id, c.position", filter));

  Listing vanished{
      "SELECT l.created_at AS at, 'article', NULL, a.id, NULL, NULL, 'status', 'ok', 'gone', "
      "l.details, a.url, a.title FROM alerts l JOIN articles a ON a.id = l.article_id"};
  vanished.where("l.kind = 'article_gone' AND NOT l.withdrawn", {});
  narrow_by_article(vanished, "a.id", filter);
  vanished.within("l.created_at", filter);
  append(table, vanished.rows(connection, "1 DESC, a.id", filter));
  // Latest first over all; dates and instants compare as text.
  std::stable_sort(table.rows.begin(), table.rows.end(),
                   [](const auto& a, const auto& b) { return a.front() > b.front(); });
  if (table.rows.size() > filter.limit) table.rows.resize(filter.limit);
  return table;
}

Table list_alerts(Connection& connection, const Filter& filter) {
  // Alerts of whole articles have no entity of their own: those that the article names count.
  const auto of_articles = [](const char* ids) {
    return "(l.kind IN ('article_changed', 'article_gone') AND " +
           in("l.article_id", mentioning(ids)) + ")";
  };
  Listing listing{
      "SELECT l.id, l.created_at, l.kind, l.title, l.details, l.quote, e.name AS entity, a.url, "
      "l.words, l.start, l.\"end\", l.rule, l.story_id, l.article_id, l.entity_id, l.contract_id, "
      "l.feed_id FROM " +
      std::string{filter.past ? "v_quiet_alerts" : "v_alerts"} +
      " l "
      "LEFT JOIN entities e ON e.id = l.entity_id LEFT JOIN articles a ON a.id = l.article_id "
      "LEFT JOIN contracts k ON k.id = l.contract_id"};
  const auto party = [&](const char* ids, const std::string& column, const std::string& value) {
    if (value.empty()) return;
    listing.where(in("l.entity_id", ids) + " OR " + in(column, ids) + " OR " + of_articles(ids),
                  {value, value, value});
  };
  party(vendor_ids, "k.vendor_id", filter.vendor);
  party(agency_ids, "k.agency_id", filter.agency);
  if (!filter.category.empty()) {
    listing.where(in("l.entity_id", category_ids) + " OR " + in("k.vendor_id", category_ids) +
                      " OR " + in("k.agency_id", category_ids) + " OR " + of_articles(category_ids),
                  {filter.category, filter.category, filter.category, filter.category});
  }
  if (!filter.status.empty()) listing.where("k.status = ?", {filter.status});
  if (!filter.tag.empty()) {
    listing.where(in("l.article_id", tagged_articles) +
                      " OR l.feed_id IN (SELECT feed_id FROM feed_tags WHERE tag = ?)",
                  {filter.tag, filter.tag});
  }
  if (filter.min_amount) {
    listing.where("k.currency = ? AND coalesce(k.amount_max, k.amount) >= ?",
                  {currency_of(filter), *filter.min_amount});
  } else if (!filter.currency.empty()) {
    listing.where("k.currency = ?", {filter.currency});
  }
  if (!filter.kind.empty()) listing.where("l.kind = ?", {filter.kind});
  listing.within("l.created_at", filter);
  return listing.rows(connection, "l.created_at DESC, l.id DESC", filter);
}

Table list_feeds(Connection& connection, const Filter& filter) {
  Listing listing{"SELECT * FROM v_feeds f"};
  if (!filter.status.empty()) listing.where("f.status = ?", {filter.status});
  if (!filter.tag.empty()) {
    listing.where("f.id IN (SELECT feed_id FROM feed_tags WHERE tag = ?)", {filter.tag});
  }
  // What needs attention first.
  return listing.rows(
      connection,
      "f.listed DESC, CASE WHEN f.status = 'gone' THEN 0 WHEN f.failing_told THEN 1 "
      "WHEN f.status = 'failing' THEN 2 WHEN f.silent_since IS NOT NULL THEN 3 "
      "WHEN f.notes IS NOT NULL THEN 4 WHEN f.status = 'ok' THEN 5 ELSE 6 END, "
      "f.status_since, f.id",
      filter);
}

Table list_entities(Connection& connection, const Filter& filter) {
  Listing listing{"SELECT * FROM v_entities e"};
  if (!filter.vendor.empty()) listing.where(in("e.id", vendor_ids), {filter.vendor});
  if (!filter.agency.empty()) listing.where(in("e.id", agency_ids), {filter.agency});
  if (!filter.category.empty()) listing.where("e.category = ?", {filter.category});
  return listing.rows(connection, "e.mentions DESC, e.kind, e.name", filter);
}

Table search_articles(Connection& connection, const std::string& query, const Filter& filter) {
  Listing listing{
      "SELECT a.id, a.published_at, a.title, a.url, snippet(article_search, 1, '[', ']', '…', 24) "
      "AS "
      "snippet FROM article_search JOIN articles a ON a.id = article_search.rowid"};
  listing.where("article_search MATCH ?", {search_words(query)});
  narrow_by_article(listing, "a.id", filter);
  listing.within("coalesce(a.published_at, a.first_seen_at)", filter);
  try {
    return listing.rows(connection, "article_search.rank, a.id", filter);
  } catch (const SQLite::Exception& e) {
    const std::string_view reason = e.what();
    const bool is_syntax = reason.starts_with("fts5:") || reason.starts_with("no such column:") ||
                           reason.starts_with("unterminated string") ||
                           reason.starts_with("unknown special query");
    if (!is_syntax) throw;
    throw StorageError{StorageFault::bad_query,
                       "search '" + query + "': " + std::string{reason} +
                           "; words are looked for as they stand, \"phrases\" in double quotes"};
  }
}

}  // namespace stakeout
