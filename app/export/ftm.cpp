// FollowTheMoney (https://followthemoney.tech), schema names and properties as of 2025-06.
#include <algorithm>
#include <set>

#include "app/export/export.h"
#include "app/export/export_file.h"
#include "app/export/stable_id.h"
#include "app/inspect/inspect.h"
#include "app/version.h"
#include "extractors/facts/alias_risk.h"
#include "extractors/text/language_codes.h"

namespace stakeout {
namespace {

// One entity on its way: every value is a string in a list; empty ones are left out.
class FtmEntity {
 public:
  FtmEntity(std::string id, std::string_view schema) {
    object_["id"] = std::move(id);
    object_["schema"] = schema;
    object_["properties"] = Json::object();
  }

  void add(const char* property, std::string_view value) {
    if (!value.empty()) object_["properties"][property].push_back(std::string{value});
  }
  void add_cell(const char* property, const Cell& value) { add(property, cell_text(value)); }

  [[nodiscard]] std::string line() const { return json_line(object_); }

 private:
  Json object_ = Json::object();
};

bool is_security(const std::string& category) {
  static const std::set<std::string_view> categories{"police", "intelligence", "defence", "border"};
  return categories.contains(category);
}

// Codes that stand for no country ("un", "int") have no place in FollowTheMoney.
bool is_country(const std::string& code) {
  return code.size() == 2 && code != "un";
}

class FtmExport {
 public:
  FtmExport(Reader& reader, const Watchlist& watchlist, std::ostream& out)
      : reader_{reader}, watchlist_{watchlist}, out_{out} {}

  std::size_t run() {
    write_entities();
    write_articles();
    write_mentions();
    write_contracts();
    write_proofs();
    return lines_;
  }

 private:
  void put(const FtmEntity& entity) {
    out_ << entity.line();
    ++lines_;
  }

  // ---- Vendors and agencies

  // Those of the store, and the bodies above them.
  void write_entities() {
    reader_.each_row(
        "SELECT kind, name, category, country, parent, wikidata FROM v_entities WHERE mentions > 0 "
        "OR id IN (SELECT vendor_id FROM v_contracts) OR id IN (SELECT agency_id FROM v_contracts) "
        "ORDER BY kind, name",
        {}, [&](const std::vector<Cell>& row) {
          Entity entity;
          entity.kind = cell_text(row[0]) == "vendor" ? EntityKind::vendor : EntityKind::agency;
          entity.name = cell_text(row[1]);
          entity.category = cell_text(row[2]);
          entity.country = cell_text(row[3]);
          entity.parent = cell_text(row[4]);
          entity.wikidata = cell_text(row[5]);
          const Entity* listed = watchlist_.find(entity.kind, entity.name);
          if (listed != nullptr) entity.aliases = listed->aliases;
          write_entity(entity);
        });
  }

  void write_entity(const Entity& entity) {
    const std::string id = entity_id(entity.kind, entity.name);
    if (!written_.insert(id).second) return;
    const bool is_vendor = entity.kind == EntityKind::vendor;
    FtmEntity ftm{id, is_vendor ? "Company" : "PublicBody"};
    ftm.add("name", entity.name);
    for (const std::string& alias : entity.aliases) {
      ftm.add(risk_of_alias(alias) ? "weakAlias" : "alias", alias);
    }
    if (is_country(entity.country)) {
      ftm.add(is_vendor ? "jurisdiction" : "country", entity.country);
    }
    if (!is_vendor) ftm.add("topics", is_security(entity.category) ? "gov.security" : "gov");
    ftm.add("summary", entity.category);
    ftm.add("wikidataId", entity.wikidata);
    const Entity* parent =
        entity.parent.empty() ? nullptr : watchlist_.find(entity.kind, entity.parent);
    if (parent != nullptr) ftm.add("parent", entity_id(parent->kind, parent->name));
    put(ftm);
    if (parent != nullptr) write_entity(*parent);
  }

  static std::string entity_id(EntityKind kind, const std::string& name) {
    return stable_id(word_of(kind), {name});
  }

  // ---- Articles and mentions

  static std::string article_id(const Cell& canonical_url) {
    return stable_id("article", {cell_text(canonical_url)});
  }

  // Those that name an entity or prove a contract.
  void write_articles() {
    reader_.each_row(
        "SELECT canonical_url, title, byline, site, url, published_at, modified_at, "
        "last_fetched_at, language FROM v_articles WHERE id IN (SELECT article_id FROM v_mentions) "
        "OR id IN (SELECT article_id FROM v_claims) ORDER BY canonical_url",
        {}, [&](const std::vector<Cell>& row) {
          FtmEntity ftm{article_id(row[0]), "Article"};
          ftm.add("fileName", slug_of(cell_text(row[0])));
          ftm.add_cell("title", row[1]);
          ftm.add_cell("author", row[2]);
          ftm.add_cell("publisher", row[3]);
          ftm.add_cell("sourceUrl", row[4]);
          ftm.add_cell("publishedAt", row[5]);
          ftm.add_cell("modifiedAt", row[6]);
          ftm.add_cell("retrievedAt", row[7]);
          ftm.add("language", iso_639_3(cell_text(row[8])));
          ftm.add("mimeType", "text/html");
          ftm.add("processingAgent", "stakeout " + std::string{version});
          put(ftm);
        });
  }

  // The address as a file's name.
  static std::string slug_of(const std::string& url) {
    constexpr std::size_t longest = 120;
    std::string slug;
    for (const char c : url.substr(std::min(url.size(), url.find("//") + 2))) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || c == '.') slug += c;
      if (!plain && c != '.' && !slug.ends_with('-')) slug += '-';
      if (slug.size() == longest) break;
    }
    return slug + ".html";
  }

  void write_mentions() {
    reader_.each_row(
        "SELECT a.canonical_url, m.kind, m.name, m.text, m.start, m.\"end\" FROM v_mentions m JOIN "
        "v_articles a ON a.id = m.article_id ORDER BY a.canonical_url, m.start, m.\"end\"",
        {}, [&](const std::vector<Cell>& row) {
          const bool is_vendor = cell_text(row[1]) == "vendor";
          FtmEntity ftm{
              stable_id("mention", {cell_text(row[0]), cell_text(row[4]), cell_text(row[5])}),
              "Mention"};
          ftm.add("document", article_id(row[0]));
          ftm.add_cell("name", row[3]);
          ftm.add("detectedSchema", is_vendor ? "Company" : "PublicBody");
          ftm.add("resolved", entity_id(is_vendor ? EntityKind::vendor : EntityKind::agency,
                                        cell_text(row[2])));
          put(ftm);
        });
  }

  // ---- Contracts

  static std::string contract_id(const Cell& key) {
    return stable_id("contract", {cell_text(key)});
  }

  void write_contracts() {
    reader_.each_row(
        "SELECT id, vendor, agency, amount, currency, signed_on, starts_on, ends_on, status, "
        "award_id, key FROM v_contracts ORDER BY id",
        {}, [&](const std::vector<Cell>& row) { write_contract(row); });
  }

  void write_contract(const std::vector<Cell>& row) {
    const Table proofs = reader_.rows(
        "SELECT a.canonical_url, a.url, a.site, a.last_fetched_at, c.quote FROM v_claims c JOIN "
        "v_articles a ON a.id = c.article_id WHERE c.contract_id = ? ORDER BY a.published_at IS "
        "NULL, a.published_at, a.canonical_url, c.start",
        {row[0]});
    const std::string vendor = cell_text(row[1]);
    const std::string agency = cell_text(row[2]);
    const std::string status = cell_text(row[8]);
    FtmEntity contract{contract_id(row[10]), "Contract"};
    contract.add("title", (vendor.empty() ? "Unnamed vendor" : vendor) + " / " +
                              (agency.empty() ? "unnamed agency" : agency));
    if (!agency.empty()) contract.add("authority", entity_id(EntityKind::agency, agency));
    add_terms(contract, row, "contractDate");
    contract.add("status", status);
    if (status == "cancelled" || status == "denied") contract.add("cancelled", "true");
    contract.add_cell("procedureNumber", row[9]);
    std::set<std::string> seen;
    for (const auto& proof : proofs.rows) {
      if (seen.insert(cell_text(proof[4])).second) contract.add_cell("summary", proof[4]);
      if (seen.insert(article_id(proof[0])).second) contract.add("proof", article_id(proof[0]));
    }
    add_source(contract, proofs);
    put(contract);
    if (vendor.empty()) return;
    FtmEntity award{stable_id("award", {cell_text(row[10]), vendor}), "ContractAward"};
    award.add("contract", contract_id(row[10]));
    award.add("supplier", entity_id(EntityKind::vendor, vendor));
    add_terms(award, row, "date");
    award.add_cell("startDate", row[6]);
    award.add_cell("endDate", row[7]);
    award.add("status", status);
    award.add_cell("documentNumber", row[9]);
    add_source(award, proofs);
    put(award);
  }

  static void add_terms(FtmEntity& ftm, const std::vector<Cell>& row, const char* date) {
    ftm.add_cell("amount", row[3]);
    ftm.add_cell("currency", row[4]);
    if (cell_text(row[4]) == "USD") ftm.add_cell("amountUsd", row[3]);
    ftm.add_cell(date, row[5]);
  }

  // Where it was reported first.
  static void add_source(FtmEntity& ftm, const Table& proofs) {
    if (proofs.rows.empty()) return;
    ftm.add_cell("sourceUrl", proofs.rows.front()[1]);
    ftm.add_cell("publisher", proofs.rows.front()[2]);
    ftm.add_cell("retrievedAt", proofs.rows.front()[3]);
  }

  // Which article tells of which contract.
  void write_proofs() {
    reader_.each_row(
        "SELECT DISTINCT k.key, a.canonical_url, a.published_at, k.id FROM v_claims c JOIN "
        "v_articles "
        "a ON a.id = c.article_id JOIN v_contracts k ON k.id = c.contract_id ORDER BY k.id, 2",
        {}, [&](const std::vector<Cell>& row) {
          FtmEntity ftm{stable_id("proof", {cell_text(row[0]), cell_text(row[1])}),
                        "Documentation"};
          ftm.add("document", article_id(row[1]));
          ftm.add("entity", contract_id(row[0]));
          ftm.add("role", "evidence");
          ftm.add_cell("date", row[2]);
          put(ftm);
        });
  }

  Reader& reader_;
  const Watchlist& watchlist_;
  std::ostream& out_;
  std::set<std::string> written_;
  std::size_t lines_ = 0;
};

}  // namespace

std::vector<ExportedFile> export_ftm(Reader& reader, const Watchlist& watchlist,
                                     const std::filesystem::path& folder) {
  ExportedFile file{"entities.ftm.json"};
  ExportFile target{folder, file.name};
  reader.at_one_moment([&] { file.lines = FtmExport{reader, watchlist, target.out()}.run(); });
  target.done();
  return {file};
}

}  // namespace stakeout
