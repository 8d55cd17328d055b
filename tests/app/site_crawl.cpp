#include "tests/app/site_crawl.h"

#include <variant>

namespace stakeout {

SiteCrawl::SiteCrawl(const demo::Server& server) {
  std::string feeds;
  for (const std::string& url : server.feeds()) feeds += url + "\n";
  folder_.write("feeds.txt", feeds);
  folder_.write(
      "stakeout.toml",
      "database = \"news.db\"\n[fetch]\nper_host_delay = \"0s\"\nallow_private = [\"127.0.0.1:" +
          std::to_string(server.port()) +
          "\"]\n[[digest]]\nname = \"desk\"\nto = [\"desk@example.org\"]\n");
}

std::vector<std::string> SiteCrawl::command() const {
  return {"crawl", "--config", "stakeout.toml", "--force"};
}

std::int64_t number(Reader& reader, const std::string& sql) {
  return std::get<std::int64_t>(reader.rows(sql).rows.at(0).at(0));
}

std::string words(Reader& reader, const std::string& sql) {
  std::string out;
  for (const auto& row : reader.rows(sql).rows) {
    for (const Cell& cell : row) {
      if (const auto* text = std::get_if<std::string>(&cell)) out += *text + "|";
      if (const auto* integer = std::get_if<std::int64_t>(&cell))
        out += std::to_string(*integer) + "|";
      if (std::holds_alternative<std::monostate>(cell)) out += "-|";
    }
    out += "\n";
  }
  return out;
}

std::string content(const std::filesystem::path& database) {
  static constexpr const char* queries[] = {
      "select url, title, format, status, entries from v_feeds order by url",
      "select f.url, e.guid, e.title, e.link, e.published_at from v_entries e"
      " join v_feeds f on f.id = e.feed_id order by 1, 2, 4",
      "select url, title, byline, language, published_at, status, reason, text from v_articles"
      " order by url",
      "select a.url, r.number, r.title, r.change, r.text from v_revisions r"
      " join v_articles a on a.id = r.article_id order by 1, 2",
      "select a.url, r.number, c.position, c.before, c.after from revision_changes c"
      " join revisions r on r.id = c.revision_id join articles a on a.id = r.article_id"
      " order by 1, 2, 3",
      "select kind, name, listed, mentions, articles from v_entities order by 1, 2",
      "select url, kind, name, text, start, sentence, reason from v_mentions order by url, start",
      "select url, vendor, agency, amount, status, signed_on, quote, start from v_claims"
      " order by url, start, amount",
      "select c.url, c.start, c.amount, e.field, e.value, e.quote, e.start, e.rule"
      " from v_claim_evidence e join v_claims c on c.id = e.claim_id order by 1, 2, 3, 4, 5, 7",
      "select s.title, s.articles, a.url from v_stories s join v_articles a on a.story_id = s.id"
      " order by 1, 2, 3",
      "select k.vendor, k.agency, k.amount, k.currency, k.status, k.signed_on, k.ends_on, k.term,"
      " k.claims, k.stories, c.url, c.start from v_contracts k"
      " left join v_claims c on c.contract_id = k.id order by 1, 2, 3, 6, 11, 12",
      "select k.vendor, k.agency, k.amount, k.signed_on, e.position, e.field, e.before, e.after,"
      " e.happened_on, e.reported_at = a.published_at, a.url, e.quote from v_contract_events e"
      " join v_contracts k on k.id = e.contract_id left join v_articles a on a.id = e.article_id"
      " order by 1, 2, 3, 4, 5",
      "select l.kind, l.title, l.details, a.url from v_alerts l"
      " left join v_articles a on a.id = l.article_id order by 1, 2, 3, 4",
      "select l.kind, l.title, l.details, a.url from v_quiet_alerts l"
      " left join v_articles a on a.id = l.article_id order by 1, 2, 3, 4",
      "select l.kind, l.title, l.details, d.digest, d.channel, d.recipient, d.state"
      " from v_deliveries d join v_alerts l on l.id = d.alert_id order by 1, 2, 3, 4, 5, 6",
  };
  Reader reader{database};
  std::string all;
  for (const char* query : queries) all += words(reader, query) + "\n";
  return all;
}

}  // namespace stakeout
