#include <ostream>
#include <string>

#include "alerts/amount_words.h"
#include "alerts/value_words.h"
#include "app/commands/show_pages.h"
#include "app/commands/story_joins.h"
#include "app/output.h"

namespace stakeout {
namespace {

constexpr ShownColumn article_columns[] = {{"article", "id", as_is},
                                           {"day", "published_at", day_of},
                                           {"outlet", "", outlet_of, 16},
                                           {"title", "title", as_is, 32},
                                           {"url", "url", as_is, 40}};
constexpr ListingTable article_shape{article_columns, 4};

constexpr ShownColumn join_columns[] = {{"article", "article_id", as_is},
                                        {"copy of", "other_id", as_is},
                                        {"score", "score", as_is},
                                        {"why", "reason", as_is, 40}};
constexpr ListingTable join_shape{join_columns, 4};

constexpr ShownColumn name_columns[] = {{"name", "name", as_is, 40},
                                        {"kind", "kind", as_is},
                                        {"articles", "articles", as_is},
                                        {"mentions", "mentions", as_is},
                                        {"id", "entity_id", as_is}};
constexpr ListingTable name_shape{name_columns, 5};

constexpr ShownColumn contract_columns[] = {{"contract", "contract_id", as_is},
                                            {"between", "", parties_of, 30},
                                            {"amount", "", amount_of, 16},
                                            {"status", "status", in_words},
                                            {"claims", "claims", as_is}};
constexpr ListingTable contract_shape{contract_columns, 4};

// The other rejections of the story's articles: of claims and mentions.
Table rejected_of(Reader& reader, const std::vector<Section>& sections, std::int64_t id) {
  Table rejected = reader.rows(rejected_joins, {id});
  const Table& others = rows_of_section(sections, "rejected");
  for (const auto& cells : others.rows) {
    const NamedRow row{others, cells};
    if (row.text("kind") == "join") continue;
    rejected.rows.push_back({row.cell("kind"), row.cell("id"), row.cell("article_id"),
                             row.cell("what"), row.cell("why")});
  }
  return rejected;
}

void print_hints(const Page& page, const Table& joins, const Table& rejected) {
  if (joins.rows.empty() && rejected.rows.empty()) return;
  print_title(page, "More");
  if (!joins.rows.empty()) {
    const std::string article = NamedRow{joins, joins.rows.back()}.text("article_id");
    print_hint(page, "An article that is no copy of the others",
               "stakeout reject join " + article + " --why TEXT");
  }
  for (const auto& cells : rejected.rows) {
    const NamedRow row{rejected, cells};
    print_hint(page, "To take back a rejection",
               "stakeout reject " + row.text("kind") + " " + row.text("id") + " --undo");
    break;
  }
}

}  // namespace

void print_story(const Page& page, Reader& reader, const std::vector<Section>& sections) {
  const Table& row = sections.front().table;
  const NamedRow story{row, row.rows.front()};
  const std::int64_t id = std::get<std::int64_t>(story.cell("id"));
  const Table articles = reader.rows(
      "SELECT id, published_at, site, title, url FROM v_articles WHERE story_id = ?1 ORDER BY "
      "published_at IS NULL, published_at, canonical_url",
      {id});
  const NamedRow first{articles, articles.rows.front()};
  const std::string day = first.text("published_at").substr(0, 10);
  print_words(page,
              "\"" + story.text("title") + "\": one story in " +
                  counted(articles.rows.size(), "article") +
                  (articles.rows.size() == 1 ? ", by " : ", first by ") +
                  outlet_words(first.text("site"), first.text("url")) +
                  (day.empty() ? "" : " on " + day) + ".",
              0);
  print_titled_table(page, "Articles", articles, article_shape);
  const Table joins = reader.rows(best_joins, {id});
  print_titled_table(page, "Why they are copies", joins, join_shape);
  print_titled_table(page, "Names", rows_of_section(sections, "entities"), name_shape);
  print_titled_table(page, "Contracts",
                     reader.rows("SELECT c.contract_id, k.vendor, k.agency, k.amount, "
                                 "k.amount_max, k.currency, k.qualifier, k.status, count(*) AS "
                                 "claims FROM v_claims c JOIN v_articles a ON a.id = c.article_id "
                                 "JOIN v_contracts k ON k.id = c.contract_id WHERE a.story_id = ?1 "
                                 "GROUP BY c.contract_id ORDER BY c.contract_id",
                                 {id}),
                     contract_shape);
  const Table rejected = rejected_of(reader, sections, id);
  print_rejections(page, rejected);
  print_alerts(page, sections);
  print_hints(page, joins, rejected);
}

}  // namespace stakeout
