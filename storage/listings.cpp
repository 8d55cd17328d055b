// The listings of Reader, each over the views and within a Filter.
//
// A listing finds the ids of its rows first, over the tables and in the order of an index, and
// takes the columns of the views for those alone: a view counts and joins for each row that it is
// asked for, and a store has hundred thousands of them.
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
    // The first and the last condition are for the index: the year is the least that is known, and
    // "~" sorts behind everything that a date goes on with.
    if (!filter.since.empty()) {
      where(date + " >= ? AND " + date + " >= substr(?, 1, length(" + date + "))",
            {filter.since.substr(0, 4), filter.since});
    }
    if (!filter.until.empty()) where(date + " <= ?", {filter.until + "~"});
  }

  [[nodiscard]] Table rows(Connection& connection, const std::string& order, const Filter& filter) {
    values_.emplace_back(static_cast<std::int64_t>(filter.limit));
    return table_of(connection, sql_ + " ORDER BY " + order + " LIMIT ?", values_);
  }

  // The rows are called `found`; `columns` is a SELECT of them and of views, with one "?" for each
  // of `of_columns`, and puts them in order again.
  [[nodiscard]] Table rows_with(Connection& connection, const std::string& columns,
                                const std::string& order, const Filter& filter,
                                const std::vector<Cell>& of_columns = {}) {
    sql_ = "WITH found AS MATERIALIZED (" + sql_ + " ORDER BY " + order + " LIMIT ?) " + columns;
    values_.emplace_back(static_cast<std::int64_t>(filter.limit));
    values_.insert(values_.end(), of_columns.begin(), of_columns.end());
    return table_of(connection, sql_, values_);
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
std::string in(const std::string& column, const std::string& ids) {
  return column + " IN (" + ids + ")";
}

// So many of the texts with the words of a search are ranked, the latest ones: a word that is in
// all texts tells nothing, but takes long.
constexpr std::size_t most_ranked = 20'000;

// The time of an article: an index has it (articles_by_day). `article` is an alias of articles.
std::string time_of(const std::string& article) {
  return "coalesce(" + article + ".published_at, " + article + ".first_seen_at)";
}

// The stories of articles that mention one of the entities.
std::string stories_with(const std::string& ids) {
  return "SELECT z.story_id FROM mentions x JOIN articles z ON z.revision_id = x.revision_id WHERE "
         "NOT x.rejected AND " +
         in("x.entity_id", ids);
}

// That an article mentions one of the entities; `which` tells it, as in "= a.id". The article comes
// first: "+" keeps away the index of the entity.
std::string mentions_one(const std::string& ids, const std::string& which) {
  return "EXISTS (SELECT 1 FROM articles y CROSS JOIN mentions x ON x.revision_id = y.revision_id "
         "WHERE y.id " +
         which + " AND NOT x.rejected AND " + in("+x.entity_id", ids) + ")";
}

// That an article came through a feed with a tag. One "?": the tag.
std::string is_tagged(const std::string& which) {
  return "EXISTS (SELECT 1 FROM entries y CROSS JOIN feed_tags t ON t.feed_id = y.feed_id WHERE "
         "y.article_id " +
         which + " AND t.tag = ?)";
}

// The articles that came through feeds with a tag. One "?": the tag.
constexpr const char* tagged_articles =
    "SELECT y.article_id FROM feed_tags t JOIN entries y ON y.feed_id = t.feed_id WHERE t.tag = ?";

// Whether the feeds with a tag have brought so little that it is quicker to begin with that than to
// look for it in one article after the other.
bool is_rare(Connection& connection, const std::string& tag) {
  constexpr std::int64_t many = 20'000;
  const Table sum = table_of(connection,
                             "SELECT coalesce(sum(f.entries), 0) FROM feeds f JOIN feed_tags t ON "
                             "t.feed_id = f.id WHERE t.tag = ?",
                             {tag});
  return std::get<std::int64_t>(sum.rows.at(0).at(0)) < many;
}

// That the article of this id came through a feed with a tag, found out the quicker way. One "?":
// the tag.
std::string has_tag(Connection& connection, const std::string& article_id, const std::string& tag) {
  return is_rare(connection, tag) ? in(article_id, tagged_articles) : is_tagged("= " + article_id);
}

// `a` is the alias of articles.
void narrow_by_article(Connection& connection, Listing& listing, const Filter& filter) {
  const std::string which = "= a.id";
  if (!filter.vendor.empty()) listing.where(mentions_one(vendor_ids, which), {filter.vendor});
  if (!filter.agency.empty()) listing.where(mentions_one(agency_ids, which), {filter.agency});
  if (!filter.category.empty()) listing.where(mentions_one(category_ids, which), {filter.category});
  if (!filter.tag.empty()) listing.where(has_tag(connection, "a.id", filter.tag), {filter.tag});
}

// The currency that min_amount counts in.
std::string currency_of(const Filter& filter) {
  return filter.currency.empty() ? "USD" : filter.currency;
}

// That a contract has a claim of an article that came through a feed with a tag, found out the
// quicker way. One "?": the tag.
std::string has_tagged_claim(Connection& connection, const std::string& contract,
                             const std::string& tag) {
  if (is_rare(connection, tag)) {
    return in(contract + ".id",
              "SELECT c.contract_id FROM articles z JOIN claims c ON c.revision_id = z.revision_id "
              "WHERE NOT c.rejected AND " +
                  in("z.id", tagged_articles));
  }
  return "EXISTS (SELECT 1 FROM claims c WHERE c.contract_id = " + contract +
         ".id AND NOT c.rejected AND " +
         is_tagged("IN (SELECT z.id FROM articles z WHERE z.revision_id = c.revision_id)") + ")";
}

// `contract` is an alias of contracts.
void narrow_by_contract(Connection& connection, Listing& listing, const std::string& contract,
                        const Filter& filter) {
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
  if (!filter.tag.empty())
    listing.where(has_tagged_claim(connection, contract, filter.tag), {filter.tag});
  if (filter.min_amount) {
    listing.where(contract + ".currency = ? AND coalesce(" + contract + ".amount_max, " + contract +
                      ".amount) >= ?",
                  {currency_of(filter), *filter.min_amount});
  } else if (!filter.currency.empty()) {
    listing.where(contract + ".currency = ?", {filter.currency});
  }
}

bool wants_contracts(const Filter& filter) {
  return filter.min_amount.has_value() || !filter.currency.empty() || !filter.status.empty();
}

// That articles tell of contracts with the amount, the currency and the state that are wanted;
// `column` is theirs, and `of_claims` the same of articles z and their claims c.
void narrow_by_contracts_of(Connection& connection, Listing& listing, const std::string& column,
                            const std::string& of_claims, const Filter& filter) {
  if (!wants_contracts(filter)) return;
  Filter of_contracts;
  of_contracts.min_amount = filter.min_amount;
  of_contracts.currency = filter.currency;
  of_contracts.status = filter.status;
  listing.begin_group(column + " IN (SELECT " + of_claims +
                      " FROM contracts k JOIN claims c ON c.contract_id = k.id JOIN articles z ON "
                      "z.revision_id = c.revision_id");
  listing.where("NOT c.rejected", {});
  narrow_by_contract(connection, listing, "k", of_contracts);
  listing.end_group();
}

void append(Table& table, Table more) {
  std::ranges::move(more.rows, std::back_inserter(table.rows));
}

}  // namespace

Table list_mentions(Connection& connection, const Filter& filter) {
  // From the mentions of a name, or from the latest articles on: CROSS JOIN keeps the order.
  const bool has_name = !filter.vendor.empty() || !filter.agency.empty();
  Listing listing{
      std::string{"SELECT m.id, "} + time_of("a") + " AS time FROM " +
      (has_name ? "mentions m CROSS JOIN articles a" : "articles a CROSS JOIN mentions m") +
      " ON a.revision_id = m.revision_id"};
  listing.where("NOT m.rejected", {});
  // Of the articles that name both, the mentions of the two.
  if (!filter.vendor.empty() && !filter.agency.empty()) {
    narrow_by_article(connection, listing, filter);
    listing.where(in("m.entity_id", vendor_ids) + " OR " + in("m.entity_id", agency_ids),
                  {filter.vendor, filter.agency});
  } else if (!filter.vendor.empty()) {
    listing.where(in("m.entity_id", vendor_ids), {filter.vendor});
  } else if (!filter.agency.empty()) {
    listing.where(in("m.entity_id", agency_ids), {filter.agency});
  } else if (!filter.category.empty()) {
    listing.where(in("+m.entity_id", category_ids), {filter.category});
  }
  if (has_name && !filter.category.empty())
    listing.where(mentions_one(category_ids, "= a.id"), {filter.category});
  if (!filter.tag.empty()) listing.where(has_tag(connection, "a.id", filter.tag), {filter.tag});
  narrow_by_contracts_of(connection, listing, "+a.revision_id", "c.revision_id", filter);
  listing.within(time_of("a"), filter);
  return listing.rows_with(
      connection,
      "SELECT m.id, m.published_at, m.kind, m.name, m.text, m.sentence, m.url, m.article_id, "
      "m.story_id, m.entity_id FROM found f JOIN v_mentions m ON m.id = f.id ORDER BY f.time DESC, "
      "m.article_id, m.start",
      "time DESC, a.id, m.start", filter);
}

Table list_contracts(Connection& connection, const Filter& filter) {
  const std::string day =
      "coalesce(k.signed_on, k.starts_on, (SELECT min(a.published_at) FROM claims c JOIN articles "
      "a "
      "ON a.revision_id = c.revision_id WHERE c.contract_id = k.id AND NOT c.rejected), "
      "k.first_seen_at)";
  Listing listing{"SELECT k.id, " + day + " AS day FROM contracts k"};
  narrow_by_contract(connection, listing, "k", filter);
  // The contract's own day, or that of a change of it.
  if (!filter.since.empty() || !filter.until.empty()) {
    listing.begin_group(
        "EXISTS (SELECT 1 FROM (SELECT " + day +
        " AS day UNION ALL SELECT coalesce(e.happened_on, e.reported_at) FROM contract_events e "
        "WHERE e.contract_id = k.id)");
    listing.within("day", filter);
    listing.end_group();
  }
  return listing.rows_with(
      connection,
      "SELECT k.id, k.vendor, k.agency, k.amount, k.amount_max, k.currency, k.qualifier, k.term, "
      "k.signed_on, k.starts_on, k.ends_on, k.status, k.award_id, k.claims, k.stories, "
      "k.last_changed_at FROM found f JOIN v_contracts k ON k.id = f.id ORDER BY f.day DESC, k.id",
      "day DESC, k.id", filter);
}

Table list_stories(Connection& connection, const Filter& filter) {
  // A story has its place in time by its first article, as in v_stories.
  Listing listing{"SELECT a.story_id AS id, a.id AS article_id, " + time_of("a") +
                  " AS time FROM articles a"};
  // Each story that it is narrowed to is known before the articles are gone through, from the
  // latest on ("+": not story by story).
  const auto narrow = [&](const char* ids, const std::string& value) {
    if (!value.empty()) listing.where(in("+a.story_id", stories_with(ids)), {value});
  };
  narrow(vendor_ids, filter.vendor);
  narrow(agency_ids, filter.agency);
  narrow(category_ids, filter.category);
  narrow_by_contracts_of(connection, listing, "+a.story_id", "z.story_id", filter);
  if (!filter.tag.empty()) {
    listing.where(is_rare(connection, filter.tag)
                      ? in("+a.story_id",
                           "SELECT z.story_id FROM articles z WHERE " + in("z.id", tagged_articles))
                      : is_tagged("IN (SELECT z.id FROM articles z WHERE z.story_id = a.story_id)"),
                  {filter.tag});
  }
  listing.where(
      "a.id = (SELECT c.id FROM articles c WHERE c.story_id = a.story_id ORDER BY c.published_at "
      "IS "
      "NULL, c.published_at, c.canonical_url LIMIT 1)",
      {});
  listing.within(time_of("a"), filter);
  return listing.rows_with(
      connection,
      "SELECT s.id, s.title, s.articles, a.published_at, a.url, s.first_seen_at, s.last_seen_at, "
      "s.first_article_id FROM found f JOIN v_stories s ON s.id = f.id JOIN articles a ON a.id = "
      "f.article_id ORDER BY f.time DESC, s.id",
      "time DESC, a.story_id", filter);
}

Table list_changes(Connection& connection, const Filter& filter) {
  Listing contracts{
      "SELECT coalesce(e.happened_on, e.reported_at) AS at, 'contract' AS what, k.id AS "
      "contract_id, "
      "e.article_id, v.name AS vendor, g.name AS agency, e.field, e.before, e.after, e.quote, "
      "a.url, "
      "NULL AS title, iif(e.field = 'amount', k.currency, NULL) AS currency, e.cause FROM "
      "v_contract_events e JOIN contracts k ON k.id = e.contract_id "
      "LEFT JOIN entities v ON v.id = k.vendor_id LEFT JOIN entities g ON g.id = k.agency_id "
      "LEFT JOIN articles a ON a.id = e.article_id"};
  contracts.where("e.before IS NOT NULL", {});
  narrow_by_contract(connection, contracts, "k", filter);
  contracts.within("coalesce(e.happened_on, e.reported_at)", filter);
  Table table = contracts.rows(connection, "1 DESC, e.contract_id, e.position DESC", filter);
  if (wants_contracts(filter)) return table;

  Listing articles{
      "SELECT r.fetched_at, 'article', NULL, a.id, NULL, NULL, r.change, c.before, c.after, NULL, "
      "a.url, a.title, NULL, NULL FROM revisions r CROSS JOIN articles a ON a.id = r.article_id "
      "JOIN revision_changes c ON c.revision_id = r.id"};
  articles.where("r.number > 1", {});
  narrow_by_article(connection, articles, filter);
  articles.within("r.fetched_at", filter);
  append(table, articles.rows(connection, "1 DESC, a.id, c.position", filter));

  Listing vanished{
      "SELECT l.created_at AS at, 'article', NULL, a.id, NULL, NULL, 'status', 'ok', 'gone', "
      "l.details, a.url, a.title, NULL, NULL FROM alerts l CROSS JOIN articles a ON a.id = "
      "l.article_id"};
  vanished.where("l.kind = 'article_gone' AND NOT l.withdrawn", {});
  narrow_by_article(connection, vanished, filter);
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
           mentions_one(ids, "= l.article_id") + ")";
  };
  Listing listing{
      "SELECT l.id, l.created_at FROM alerts l LEFT JOIN contracts k ON k.id = l.contract_id"};
  listing.where(filter.past ? "NOT l.withdrawn AND l.quiet" : "NOT l.withdrawn AND NOT l.quiet",
                {});
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
    listing.where(has_tag(connection, "l.article_id", filter.tag) +
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
  return listing.rows_with(
      connection,
      "SELECT l.id, l.created_at, l.kind, l.title, l.details, l.quote, e.name AS entity, a.url, "
      "l.words, l.start, l.\"end\", l.rule, l.story_id, l.article_id, l.entity_id, l.contract_id, "
      "l.feed_id, l.field, l.before, l.after, l.currency, l.cause FROM found f JOIN " +
          std::string{filter.past ? "v_quiet_alerts" : "v_alerts"} +
          " l ON l.id = f.id LEFT JOIN entities e ON e.id = l.entity_id LEFT JOIN articles a ON "
          "a.id = "
          "l.article_id ORDER BY l.created_at DESC, l.id DESC",
      "l.created_at DESC, l.id DESC", filter);
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
  const std::string words = search_words(query);
  Listing listing{
      "SELECT a.id, article_search.rank AS place FROM article_search CROSS JOIN articles a ON a.id "
      "= "
      "article_search.rowid"};
  listing.where("article_search MATCH ?", {words});
  const bool is_narrowed = !filter.vendor.empty() || !filter.agency.empty() ||
                           !filter.category.empty() || !filter.tag.empty() ||
                           !filter.since.empty() || !filter.until.empty();
  if (!is_narrowed && filter.limit < most_ranked) {
    listing.where(
        "article_search.rowid > coalesce((SELECT id FROM (SELECT rowid AS id FROM article_search "
        "WHERE article_search MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?)), 0)",
        {words, static_cast<std::int64_t>(most_ranked)});
  }
  narrow_by_article(connection, listing, filter);
  listing.within(time_of("a"), filter);
  try {
    return listing.rows_with(
        connection,
        "SELECT a.id, a.published_at, a.title, a.url, snippet(article_search, 1, '[', ']', '…', "
        "24) "
        "AS snippet FROM article_search CROSS JOIN found f ON f.id = article_search.rowid CROSS "
        "JOIN "
        "articles a ON a.id = f.id WHERE article_search MATCH ? ORDER BY f.place, a.id",
        "place, a.id", filter, {words});
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
