#include "alerts/compose.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "alerts/amount_words.h"
#include "alerts/change_words.h"
#include "alerts/digest_words.h"
#include "alerts/value_words.h"

namespace stakeout {
namespace {

using Row = std::vector<Cell>;

std::string text(const Cell& cell) {
  return plain_cell(cell);
}

std::int64_t count(const Cell& cell) {
  const auto* integer = std::get_if<std::int64_t>(&cell);
  return integer == nullptr ? 0 : *integer;
}

// The article behind a line, as the last five columns of its row: "Harbor Courier, 2025-03-03".
struct Source {
  std::string words;
  std::string url;
};

Source source_of(const Row& row) {
  const Cell* const cells = row.data() + (row.size() - 5);
  Source source{outlet_words(text(cells[1]), text(cells[2])), text(cells[2])};
  const std::string day = text(cells[3]).substr(0, 10);
  if (!day.empty()) source.words += ", " + day;
  if (text(cells[4]) == "from_feed") source.words += ", in the words of its feed";
  return source;
}

void add_source(DigestLine& line, const Row& row, const std::string& more = {}) {
  Source source = source_of(row);
  line.source = std::move(source.words) + more;
  line.url = std::move(source.url);
  if (const auto* story = std::get_if<std::int64_t>(&row[row.size() - 5])) line.story = *story;
}

std::string or_unnamed(const Cell& name, const std::string& what) {
  const std::string known = text(name);
  return known.empty() ? "unnamed " + what : known;
}

void add_fact(std::vector<std::string>& facts, const std::string& name, const std::string& value) {
  if (!value.empty()) facts.push_back(name + " " + value);
}

// Adds a piece of a text, without the signs and blanks that it was cut out with.
void add_piece(std::vector<std::string>& facts, const std::string& name, std::string_view piece) {
  constexpr std::string_view around = " \n,;:";
  const std::size_t begin = piece.find_first_not_of(around);
  if (begin == std::string_view::npos) return;
  piece = piece.substr(begin, piece.find_last_not_of(around) + 1 - begin);
  facts.push_back(name + " \"" + std::string{piece} + '"');
}

// "Paragon / ICE", of the first two columns of a row.
std::string parties(const Row& row) {
  return or_unnamed(row[0], "vendor") + " / " + or_unnamed(row[1], "agency");
}

// "[1,2,3]", for json_each.
std::string json_list(const std::vector<std::int64_t>& ids) {
  std::string out;
  for (const std::int64_t id : ids) out += (out.empty() ? "[" : ",") + std::to_string(id);
  return out.empty() ? "[]" : out + "]";
}

// Builds the sections one after the other.
class Composer {
 public:
  Composer(Reader& reader, const DigestScope& scope)
      : reader_{reader}, scope_{scope}, alerts_{wanted_alerts()} {}

  Digest compose() {
    digest_.alerts = static_cast<std::size_t>(count(one("select json_array_length(?1)")));
    add_corrections();
    add_new_contracts();
    add_changed_contracts();
    add_mentions();
    add_articles();
    add_unlisted();
    add_feeds();
    digest_.period = counted(digest_.alerts, "alert") + period();
    digest_.subject = subject_words(inside_);
    digest_.watch = watch();
    return std::move(digest_);
  }

 private:
  // The alerts of the scope, as a list for json_each; those that were taken back are none.
  std::string wanted_alerts() {
    if (scope_.alerts) {
      return text(reader_
                      .rows("select json_group_array(id) from (select id from v_alerts where id in "
                            "(select value from json_each(?1)) order by id)",
                            {json_list(*scope_.alerts)})
                      .rows.front()
                      .front());
    }
    return text(reader_
                    .rows("select json_group_array(id) from (select id from v_alerts where "
                          "created_at >= ?1 order by id)",
                          {scope_.since ? to_rfc3339(*scope_.since) : ""})
                    .rows.front()
                    .front());
  }

  // The first cell of what a query on the alerts gives.
  Cell one(const char* sql) { return reader_.rows(sql, {alerts_}).rows.front().front(); }

  [[nodiscard]] std::string period() {
    if (scope_.since) return " since " + to_rfc3339(*scope_.since);
    if (!scope_.alerts) return ", all that were raised";
    const std::string first = text(
        one("select min(created_at) from v_alerts where id in (select value from json_each(?1))"));
    return first.empty() ? "" : ", raised since " + first;
  }

  // The one vendor that it is about; where it is about none, the one agency.
  [[nodiscard]] std::string watch() {
    for (const char* kind : {"vendor", "agency"}) {
      const Table table = reader_.rows(
          "select distinct name from (select e.name from v_alerts l join v_entities e on e.id = "
          "l.entity_id where e.kind = ?2 and l.id in (select value from json_each(?1)) union all "
          "select iif(?2 = 'vendor', c.vendor, c.agency) from v_alerts l join v_contracts c on "
          "c.id = l.contract_id where l.id in (select value from json_each(?1))) where name is not "
          "null limit 2",
          {alerts_, kind});
      if (table.rows.size() == 1) return text(table.rows.front().front());
      if (table.rows.size() > 1) break;
    }
    return {};
  }

  // Whether a line that is in the digest already has these words.
  [[nodiscard]] bool has_quoted(const std::string& words) const {
    for (const DigestSection& section : digest_.sections) {
      if (section.is_warning) continue;
      for (const DigestGroup& group : section.groups) {
        for (const DigestLine& line : group.lines) {
          if (line.quote.find(words) != std::string::npos) return true;
        }
      }
    }
    return false;
  }

  // A sentence that the line of a contract has is not printed a second time beside its story.
  void quote_once(DigestLine& line, std::string words) const {
    line.is_quoted_above = !words.empty() && has_quoted(words);
    if (line.is_quoted_above) line.facts.emplace_back("quoted above");
    line.quote = std::move(words);
  }

  void add_new_contracts() {
    const Table table = reader_.rows(
        // The quote is the earliest one that states the contract as it stands.
        "with quoted as (select n.contract_id, n.article_id, n.quote, row_number() over"
        "  (partition by n.contract_id order by (n.status is not c.status) + (n.amount is not "
        "c.amount), n.amount is not c.amount,"
        "  n.published_at is null, n.published_at, n.url, n.start) as place"
        "  from v_claims n join v_contracts c on c.id = n.contract_id)"
        " select c.vendor, c.agency, c.amount, c.amount_max, c.currency, c.qualifier, c.status,"
        " c.signed_on, c.starts_on, c.ends_on, c.term, c.award_id, q.quote,"
        " (select count(distinct n.article_id) from v_claims n where n.contract_id = c.id),"
        // A sum that was changed is none that contradicts.
        " (select count(*) from (select 1 from v_claims n where n.contract_id = c.id and n.amount "
        "is not null group by n.article_id having max(n.currency is c.currency and (n.amount is "
        "c.amount or exists (select 1 from v_contract_events e where e.contract_id = c.id and "
        "e.field = 'amount' and e.cause = 'change' and n.amount in (e.before, e.after)))) = 0)),"
        " l.words, l.rule, c.id, a.story_id, a.site, a.url, a.published_at, a.status"
        " from v_alerts l join v_contracts c on c.id = l.contract_id"
        " left join quoted q on q.contract_id = c.id and q.place = 1"
        " left join v_articles a on a.id = q.article_id"
        " where l.kind = 'new_contract' and l.id in (select value from json_each(?1))"
        " group by c.id order by c.amount is null, c.currency <> 'USD', c.amount desc, c.vendor",
        {alerts_});
    DigestGroup group;
    for (const Row& row : table.rows) {
      DigestLine line;
      line.text = or_unnamed(row[0], "vendor") + " — " + or_unnamed(row[1], "agency");
      const std::string amount = amount_words(row[2], row[3], row[4], row[5]);
      if (!amount.empty()) line.text += ": " + amount;
      inside_.contracts.insert(count(row[17]));
      inside_.about(parties(row), "new contract" + (amount.empty() ? "" : ", " + amount));
      add_fact(line.facts, "status", words_of_code(text(row[6])));
      add_fact(line.facts, "signed", text(row[7]));
      add_fact(line.facts, "from", text(row[8]));
      add_fact(line.facts, "until", text(row[9]));
      add_fact(line.facts, "term", term_words(text(row[10])));
      add_fact(line.facts, "award", text(row[11]));
      line.quote = text(row[12]);
      line.why = read_words(text(row[15]), text(row[16]));
      add_source(line, row, tellers_words(count(row[13]), count(row[14])));
      group.lines.push_back(std::move(line));
    }
    inside_.new_contracts = group.lines.size();
    add_section("New contracts", {std::move(group)});
  }

  void add_changed_contracts() {
    const Table table = reader_.rows(
        "select c.vendor, c.agency, c.id, l.field, l.before, l.after, l.currency, l.cause, l.quote,"
        " (select e.happened_on from v_contract_events e where e.contract_id = l.contract_id and "
        "e.article_id = l.article_id and e.field = l.field and e.after = l.after order by "
        "e.position desc limit 1),"
        " (select min(n.id) from v_alerts n where n.contract_id = l.contract_id and n.id > l.id and"
        " n.field = l.field and n.cause = 'correction' and n.before = l.after),"
        " l.words, l.rule, a.story_id, a.site, a.url, a.published_at, a.status"
        " from v_alerts l join v_contracts c on c.id = l.contract_id left join v_articles a on "
        "a.id "
        "= l.article_id where l.kind = 'contract_changed' and l.id in (select value from "
        "json_each(?1)) order by c.vendor, c.id, l.id",
        {alerts_});
    std::vector<DigestGroup> groups;
    Table contradictions;
    std::int64_t contract = 0;
    for (const Row& row : table.rows) {
      if (groups.empty() || count(row[2]) != contract) {
        groups.push_back({or_unnamed(row[0], "vendor") + " — " + or_unnamed(row[1], "agency"), {}});
        contract = count(row[2]);
        contradictions = reader_.contradictions(contract);
      }
      const FactChange change{text(row[3]), text(row[4]), text(row[5]), text(row[6]), text(row[7])};
      DigestLine line;
      line.text = change_words(change);
      inside_.contracts.insert(contract);
      inside_.about(parties(row), news_of_change(change));
      ++inside_.changes;
      add_fact(line.facts, "on", text(row[9]));
      if (!text(row[10]).empty()) line.facts.emplace_back("taken back by a later correction");
      add_fact(line.facts, "told differently:", contradiction_words(contradictions, change.field));
      line.quote = text(row[8]);
      line.why = read_words(text(row[11]), text(row[12]));
      add_source(line, row);
      groups.back().lines.push_back(std::move(line));
    }
    inside_.changed_contracts = groups.size();
    add_section("Changed contracts", std::move(groups));
  }

  void add_corrections() {
    const Table table = reader_.rows(
        "select l.title, l.details, a.story_id, a.site, a.url, a.published_at, a.status from "
        "v_alerts l left join v_articles a on a.id = l.article_id where l.kind = 'correction' and "
        "l.id in (select value from json_each(?1)) "
        "order by l.id",
        {alerts_});
    DigestGroup group;
    for (const Row& row : table.rows) {
      DigestLine line;
      line.text = text(row[0]);
      if (!text(row[1]).empty()) line.facts.push_back(text(row[1]));
      add_source(line, row);
      group.lines.push_back(std::move(line));
    }
    inside_.corrections = group.lines.size();
    if (!group.lines.empty()) inside_.correction = group.lines.front().text;
    add_section("Corrections", {std::move(group)});
    if (!digest_.sections.empty()) digest_.sections.back().is_warning = true;
  }

  // One line for each story, under its first vendor, or where it names none, its first agency; the
  // others are named in it.
  void add_mentions() {
    const Table table = reader_.rows(
        "with named as (select l.entity_id, l.story_id, l.words, l.rule, m.article_id, m.sentence,"
        " m.start, row_number() over"
        "  (partition by l.entity_id, l.story_id order by m.article_id <> s.first_article_id, "
        "m.start, m.id) as place"
        "  from v_alerts l join v_stories s on s.id = l.story_id"
        "  join v_mentions m on m.entity_id = l.entity_id and m.story_id = l.story_id"
        "  where l.kind = 'new_mention' and l.id in (select value from json_each(?1))),"
        " told as (select story_id, count(*) as articles, count(distinct coalesce(nullif(site, ''),"
        " substr(url, 1, instr(substr(url, 9) || '/', '/') + 8))) as outlets from v_articles"
        " where story_id in (select story_id from named) group by story_id)"
        " select e.name, e.kind, a.title, n.sentence, n.words, n.rule, t.articles, t.outlets,"
        " n.story_id, a.site, a.url, a.published_at, a.status"
        " from named n join v_entities e on e.id = n.entity_id join v_articles a on a.id = "
        "n.article_id join told t on t.story_id = n.story_id"
        " where n.place = 1 order by n.story_id, e.kind <> 'vendor', n.start, e.name",
        {alerts_});
    StoriesByName vendors;
    StoriesByName agencies;
    for (std::size_t at = 0; at < table.rows.size();) {
      const Row& row = table.rows[at];
      Story story{text(row[11]), {}};
      DigestLine& line = story.line;
      line.text = text(row[2]);
      line.why = found_words(text(row[4]), text(row[5]));
      add_source(line, row, outlets_words(count(row[6]), count(row[7])));
      std::string others;
      for (++at; at < table.rows.size() && count(table.rows[at][8]) == line.story; ++at)
        others += (others.empty() ? "" : ", ") + text(table.rows[at][0]);
      add_fact(line.facts, "also names", others);
      quote_once(line, text(row[3]));
      ++inside_.stories;
      (text(row[1]) == "vendor" ? vendors : agencies)[text(row[0])].push_back(std::move(story));
    }
    inside_.vendors = names_of(vendors);
    inside_.agencies = names_of(agencies);
    if (inside_.stories == 1)
      inside_.story = (vendors.empty() ? agencies : vendors).begin()->second.front().line.text;
    add_section("Vendors in the news", groups_of(vendors));
    add_section("Agencies in the news", groups_of(agencies));
  }

  struct Story {
    std::string published_at;
    DigestLine line;
  };
  using StoriesByName = std::map<std::string, std::vector<Story>>;

  static std::vector<std::string> names_of(const StoriesByName& stories) {
    std::vector<std::string> names;
    for (const auto& [name, each] : stories) names.push_back(name);
    return names;
  }

  // The latest story first.
  [[nodiscard]] std::vector<DigestGroup> groups_of(StoriesByName& names) const {
    std::vector<DigestGroup> groups;
    for (auto& [name, stories] : names) {
      std::ranges::stable_sort(stories, std::ranges::greater{}, &Story::published_at);
      DigestGroup group{name, {}};
      for (Story& story : stories) {
        if (group.lines.size() == scope_.lines_per_name) break;
        group.lines.push_back(std::move(story.line));
      }
      const std::size_t more = stories.size() - group.lines.size();
      if (more > 0) {
        DigestLine rest;
        rest.text = "and " + counted(more, "more story", "more stories");
        group.lines.push_back(std::move(rest));
      }
      groups.push_back(std::move(group));
    }
    limit(groups);
    return groups;
  }

  void add_articles() {
    const Table table = reader_.rows(
        "select l.kind, a.title, a.reason,"
        " (select c.before from revision_changes c where c.revision_id = a.revision_id order by "
        "c.position limit 1),"
        " (select c.after from revision_changes c where c.revision_id = a.revision_id order by "
        "c.position limit 1),"
        " (select group_concat(name, ', ') from (select distinct m.name from v_mentions m where "
        "m.article_id = a.id order by m.kind <> 'vendor', m.name limit 3)),"
        " a.story_id, a.site, a.url, a.published_at, a.status"
        " from v_alerts l join v_articles a on a.id = l.article_id"
        " where l.kind in ('article_changed', 'article_gone') and l.id in (select value from "
        "json_each(?1)) order by l.id",
        {alerts_});
    DigestGroup group;
    for (const Row& row : table.rows) {
      DigestLine line;
      const bool gone = text(row[0]) == "article_gone";
      line.text = text(row[1]) + (gone ? " — gone: " + text(row[2]) : "");
      if (!gone) {
        add_piece(line.facts, "before:", text(row[3]));
        add_piece(line.facts, "after:", text(row[4]));
      }
      if (!text(row[5]).empty()) line.why = (gone ? "it named " : "it names ") + text(row[5]);
      add_source(line, row);
      group.lines.push_back(std::move(line));
    }
    inside_.articles = group.lines.size();
    add_section("Changed and vanished articles", {std::move(group)});
  }

  void add_unlisted() {
    const Table table = reader_.rows(
        "select e.name, e.kind, e.articles, m.sentence, l.rule, a.story_id, a.site, a.url, "
        "a.published_at, a.status"
        " from v_alerts l join v_entities e on e.id = l.entity_id"
        " left join v_mentions m on m.id = (select min(id) from v_mentions where entity_id = e.id)"
        " left join v_articles a on a.id = m.article_id"
        " where l.kind = 'unlisted_name' and l.id in (select value from json_each(?1))"
        " group by e.id order by e.articles desc, e.name",
        {alerts_});
    DigestGroup group;
    for (const Row& row : table.rows) {
      DigestLine line;
      line.text = text(row[0]) + " (" + text(row[1]) + ", in " +
                  counted(static_cast<std::size_t>(count(row[2])), "article") + ")";
      quote_once(line, text(row[3]));
      line.why = "on no watchlist" + (text(row[4]).empty() ? "" : ", and " + text(row[4]));
      add_source(line, row);
      group.lines.push_back(std::move(line));
    }
    inside_.names = group.lines.size();
    add_section("Names worth adding to the watchlist", {std::move(group)});
  }

  void add_feeds() {
    const Table table = reader_.rows(
        // A feed that fails needs attention for as long as it does; where a reader's alerts are
        // asked for, only one that he is to hear of.
        "select 'feed_failing', url, last_error || coalesce('. What to do: ' || advice, ''),"
        " 'since ' || status_since from v_feeds f where failing_told and listed and (?2 or exists"
        " (select 1 from v_alerts l where l.kind = 'feed_failing' and l.feed_id = f.id"
        " and l.id in (select value from json_each(?1))))"
        // One that failed when the alert was raised, and does not by now.
        " union all select * from (select case when l.kind <> 'feed_failing' then l.kind when not"
        " f.listed then 'unlisted' when f.status = 'ok' then 'mended' else 'failed' end, f.url,"
        " l.details, l.created_at from v_alerts l join v_feeds f on f.id = l.feed_id"
        " where l.id in (select value from json_each(?1)) and (l.kind <> 'feed_failing' or (?2 = 0"
        " and not (f.failing_told and f.listed) and not exists (select 1 from v_alerts w where"
        " w.feed_id = f.id and w.kind = 'feed_recovered' and w.id in (select value from"
        " json_each(?1))))) order by l.id)",
        {alerts_, std::int64_t{scope_.alerts ? 0 : 1}});
    static const std::map<std::string, std::string> words = {
        {"feed_failing", "fails"},         {"mended", "failed, and does no more"},
        {"feed_recovered", "works again"}, {"feed_silent", "has gone silent"},
        {"feed_gone", "is gone for good"}, {"feed_moved", "has moved"}};
    DigestGroup group;
    for (const Row& row : table.rows) {
      const auto word = words.find(text(row[0]));
      DigestLine line;
      line.text = text(row[1]) + " " + (word == words.end() ? text(row[0]) : word->second);
      if (!text(row[2]).empty()) line.facts.push_back(text(row[2]));
      line.source = text(row[3]);
      group.lines.push_back(std::move(line));
    }
    inside_.feeds = group.lines.size();
    add_section("Feeds that need attention", {std::move(group)});
  }

  void limit(std::vector<DigestGroup>& groups) const {
    if (groups.size() <= scope_.names_per_section) return;
    const std::size_t more = groups.size() - scope_.names_per_section;
    groups.resize(scope_.names_per_section);
    groups.push_back({"and " + counted(more, "more name"), {}});
  }

  void add_section(const std::string& heading, std::vector<DigestGroup> groups) {
    std::erase_if(groups, [](const DigestGroup& group) {
      return group.lines.empty() && group.heading.empty();
    });
    if (!groups.empty()) digest_.sections.push_back({heading, std::move(groups)});
  }

  Reader& reader_;
  DigestScope scope_;
  std::string alerts_;  // their ids, as a list for json_each
  Digest digest_;
  DigestContents inside_;
};

}  // namespace

Digest compose_digest(Reader& reader, const DigestScope& scope) {
  return Composer{reader, scope}.compose();
}

}  // namespace stakeout
