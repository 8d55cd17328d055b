#include "app/watchlist_suggest.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "app/output.h"
#include "extractors/facts/alias_risk.h"
#include "extractors/facts/spelling_key.h"
#include "extractors/text/unicode.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

// The mentions of unlisted names in contract sentences, the newest first.
constexpr const char* unlisted_in_claims =
    "SELECT DISTINCT m.id, e.kind, e.name, m.text, m.sentence, a.id, a.story_id, a.url, a.site, "
    "coalesce(a.published_at, a.first_seen_at) AS day, e.id IN (coalesce(c.vendor_id, 0), "
    "coalesce(c.agency_id, 0)) AS is_party FROM claims c JOIN articles a ON a.revision_id = "
    "c.revision_id JOIN mentions m ON m.revision_id = c.revision_id JOIN entities e ON e.id = "
    "m.entity_id WHERE NOT e.listed AND NOT c.rejected AND NOT m.rejected AND (e.id IN "
    "(c.vendor_id, c.agency_id) OR (c.start <= m.start AND m.\"end\" <= c.\"end\")) AND NOT EXISTS "
    "(SELECT 1 FROM rejected_mentions x WHERE x.entity_id = e.id) "
    "ORDER BY is_party DESC, day DESC, m.id";

// What is known of one name, under all of its spellings.
struct Gathered {
  std::string kind;
  std::map<std::string, std::set<std::string>> articles_of_spelling;
  std::set<std::string> names;  // of the entities
  std::set<std::string> mentions;
  std::set<std::string> articles;
  std::set<std::string> stories;
  std::set<std::string> outlets;
  std::string first_on;
  std::string last_on;
  std::string quote;
  std::string url;
};

std::string outlet_of(const std::string& site, const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host() : site;
}

void gather(const std::vector<Cell>& row, Gathered& all) {
  const std::string day = cell_text(row[9]).substr(0, 10);
  const std::string article = cell_text(row[5]);
  all.kind = cell_text(row[1]);
  all.names.insert(cell_text(row[2]));
  all.articles_of_spelling[cell_text(row[2])].insert(article);
  all.articles_of_spelling[collapse_white_space(cell_text(row[3]))].insert(article);
  all.mentions.insert(cell_text(row[0]));
  all.articles.insert(article);
  all.stories.insert(cell_text(row[6]));
  all.outlets.insert(outlet_of(cell_text(row[8]), cell_text(row[7])));
  if (all.first_on.empty() || day < all.first_on) all.first_on = day;
  all.last_on = std::max(all.last_on, day);
  if (!all.quote.empty()) return;
  all.quote = collapse_white_space(cell_text(row[4]));
  all.url = cell_text(row[7]);
}

// The spelling of most articles among the names; of equal ones the longest.
std::string best_name(const Gathered& all) {
  const auto rank = [&](const std::string& name) {
    return std::tuple{all.articles_of_spelling.at(name).size(), name.size()};
  };
  return *std::max_element(
      all.names.begin(), all.names.end(),
      [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
}

SuggestedName as_suggestion(const Gathered& all) {
  SuggestedName name;
  name.kind = find_word<EntityKind>(all.kind).value_or(EntityKind::vendor);
  name.name = best_name(all);
  // Capitals and accents do not part aliases.
  std::set<std::string> known{fold_accents(name.name)};
  const auto add = [&](const std::string& spelling) {
    if (spelling.find('|') != std::string::npos || risk_of_alias(spelling)) return;
    if (known.insert(fold_accents(spelling)).second) name.aliases.push_back(spelling);
  };
  const std::string bare = without_legal_suffix(name.name);
  if (bare.find(' ') != std::string::npos) add(bare);
  for (const auto& [spelling, articles] : all.articles_of_spelling) add(spelling);
  name.mentions = all.mentions.size();
  name.articles = all.articles.size();
  name.stories = all.stories.size();
  name.outlets = all.outlets.size();
  name.first_on = all.first_on;
  name.last_on = all.last_on;
  name.quote = all.quote;
  name.url = all.url;
  Entity entity;
  entity.kind = name.kind;
  entity.name = name.name;
  entity.aliases = name.aliases;
  name.line = watchlist_line(entity);
  return name;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "|") + part;
  return out;
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n#") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::vector<SuggestedName> suggest_names(Reader& reader, const Watchlist& watchlist) {
  std::set<std::string> listed;
  for (const Entity& entity : watchlist.entities()) {
    listed.insert(spelling_key(entity.name));
    for (const std::string& alias : entity.aliases) listed.insert(spelling_key(alias));
  }
  std::map<std::string, Gathered> by_key;
  for (const auto& row : reader.rows(unlisted_in_claims).rows) {
    const std::string key = spelling_key(cell_text(row[2]));
    if (key.empty() || listed.contains(key) || listed.contains(spelling_key(cell_text(row[3])))) {
      continue;
    }
    gather(row, by_key[cell_text(row[1]) + '\n' + key]);
  }
  std::vector<SuggestedName> names;
  for (const auto& [key, all] : by_key) names.push_back(as_suggestion(all));
  std::stable_sort(names.begin(), names.end(), [](const SuggestedName& a, const SuggestedName& b) {
    return std::tie(a.stories, a.outlets, a.last_on) > std::tie(b.stories, b.outlets, b.last_on);
  });
  return names;
}

std::string watchlist_line(const Entity& entity) {
  return std::string{word_of(entity.kind)} + "," + csv_cell(entity.name) + "," +
         csv_cell(entity.category) + "," + csv_cell(joined(entity.aliases)) + "," +
         csv_cell(entity.country) + "," + csv_cell(entity.parent) + "," +
         csv_cell(joined(entity.context)) + "," + csv_cell(entity.wikidata);
}

}  // namespace stakeout
