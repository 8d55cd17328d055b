#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "storage/reader.h"
#include "storage/store.h"
#include "tests/support/temporary_folder.h"

// What the tests of the store share: a file that goes away, and small made-up articles.

namespace stakeout::sample {

inline const Timestamp monday = make_timestamp(2024, 10, 7, 6);

inline Currency currency(std::string_view code) {
  return Currency::make(code).value();
}
inline Money usd(std::int64_t dollars) {
  return Money::exact(dollars * 1000, currency("USD"));
}
inline PartialDate date(std::string_view text) {
  return parse_partial_date(text).value();
}

inline Entity vendor(const std::string& name) {
  Entity entity;
  entity.kind = EntityKind::vendor;
  entity.name = name;
  entity.category = "spyware";
  return entity;
}

inline Entity agency(const std::string& name, const std::string& parent = "") {
  Entity entity;
  entity.kind = EntityKind::agency;
  entity.name = name;
  entity.category = "police";
  entity.country = "xx";
  entity.parent = parent;
  return entity;
}

// Two vendors, an agency with a bureau below it, and another agency.
inline std::vector<Entity> watchlist() {
  return {vendor("Glasshouse Systems"), vendor("Lantern Works"), agency("Harbour Ministry"),
          agency("Quay Bureau", "Harbour Ministry"), agency("Rail Police")};
}

// Facts that are read out of a stored text again.
inline void save_facts(Store& store, std::int64_t revision_id, const Facts& facts,
                       const std::string& extractor, Timestamp now, bool quiet = true) {
  const StoredText text = store.text(revision_id).value();
  if (!store.save_reading(text, {text.text, text.left_out, facts, extractor}, quiet, now)) {
    throw std::logic_error{"the text was replaced by nobody"};
  }
}

inline Mention mention(EntityKind kind, const std::string& name) {
  Mention m;
  m.kind = kind;
  m.name = name;
  m.text = name;
  m.span = {0, name.size()};
  m.sentence = name + " is in the news.";
  m.reason = "name";
  return m;
}

inline Claim claim(const std::string& vendor_name, const std::string& agency_name) {
  Claim c;
  if (!vendor_name.empty()) c.vendor = vendor_name;
  if (!agency_name.empty()) c.agency = agency_name;
  c.vendor_listed = c.agency_listed = true;
  c.evidence = {0, 10};
  c.quote = vendor_name + " and " + agency_name + " have a deal.";
  c.fields.push_back({"vendor", vendor_name, vendor_name, {0, vendor_name.size()}, "test"});
  return c;
}

// An article with these claims, which mentions their parties.
inline ArticleRecord article(std::int64_t id, const std::string& text, const std::string& published,
                             std::vector<Claim> claims = {}) {
  ArticleRecord record;
  record.article_id = id;
  record.page.url = "https://news.example/" + std::to_string(id);
  record.page.title = "Article " + std::to_string(id);
  record.page.published = published;
  record.page.text = text;
  for (const Claim& c : claims) {
    if (c.vendor) record.facts.mentions.push_back(mention(EntityKind::vendor, *c.vendor));
    if (c.agency) record.facts.mentions.push_back(mention(EntityKind::agency, *c.agency));
  }
  record.facts.claims = std::move(claims);
  record.extractor = "1.0";
  record.marks.fingerprint = std::string{"\1\0print", 7};
  record.marks.text_hash = std::hash<std::string>{}(text);
  return record;
}

inline std::int64_t add_page(Store& store, const std::string& name, Timestamp now = monday) {
  const std::string url = "https://news.example/" + name;
  return store.add_page(url, url, now);
}

inline std::string as_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return std::to_string(*real);
  return "NULL";
}

// The rows of a query, cells parted by "|", one string a row.
inline std::vector<std::string> rows(const std::filesystem::path& file, const std::string& sql) {
  Reader reader{file};
  std::vector<std::string> lines;
  for (const auto& row : reader.rows(sql).rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += (i == 0 ? "" : "|") + as_text(row[i]);
    lines.push_back(std::move(line));
  }
  return lines;
}

using Lines = std::vector<std::string>;

// Changes a database behind the store's back.
inline void change(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_open(file.c_str(), &database);
  const int result = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
  sqlite3_close(database);
  if (result != SQLITE_OK) throw std::logic_error{"cannot do: " + sql};
}

// All that waits is sent.
inline void send_what_waits(const std::filesystem::path& file, Timestamp now) {
  change(file, "UPDATE deliveries SET state = 'sent', attempts = 1, sent_at = '" + to_rfc3339(now) +
                   "' WHERE state IN ('queued', 'sending')");
}

// Sends a reader every alert there is, and all others what waits for them.
inline void send_all_alerts(const std::filesystem::path& file, Timestamp now) {
  change(file,
         "INSERT INTO deliveries (alert_id, digest, channel, recipient) SELECT id, 'daily', "
         "'mail', 'desk@example.org' FROM v_alerts WHERE true ON CONFLICT DO NOTHING");
  send_what_waits(file, now);
}

}  // namespace stakeout::sample
