#include "tests/app/research_store.h"

#include "extractors/facts/watchlist.h"
#include "storage/store.h"
#include "tests/storage/sample.h"

namespace stakeout {
namespace {

using sample::date;
using sample::usd;

constexpr const char* names =
    "kind,name,category,aliases,country,parent,context,wikidata\n"
    "vendor,Glasshouse Systems,spyware,Glasshouse,il,,,\n"
    "vendor,Lantern Works,spyware,,it,,,\n"
    "vendor,Marlin Analytics,data-broker,,us,,,\n"
    "vendor,Tern Optics,biometrics,,us,,,\n"
    "agency,Harbour Ministry,interior,,us,,,\n"
    "agency,Quay Bureau,police,,us,Harbour Ministry,,\n"
    "agency,Coast Patrol,border,,us,Harbour Ministry,,\n"
    "agency,Rail Police,police,,gb,,,\n";

// On no watchlist.
constexpr std::string_view unlisted = "Heron Data Ltd";

// An article on its way into the store: in what feed, where, when, and what it says.
struct Report {
  std::int64_t feed;  // counted from 1; 0: none points to it
  std::string site;
  std::string name;  // of its page
  std::string published;
  std::string title;
  std::string text;
  std::vector<Claim> claims;
  std::vector<Mention> mentions = {};  // besides those of the parties
  std::int64_t copy_of = 0;
};

class StoreMaker {
 public:
  explicit StoreMaker(Store& store) : store_{store} {
    store_.sync_entities(parse_watchlist(names, "names.csv").entities, start);
    store_.sync_feeds({{"https://courier.example/feed", "Courier", {"us", "spyware"}},
                       {"https://ledger.example/feed", "Ledger", {"us"}},
                       {"https://gazette.example/feed", "Gazette", {"gb"}},
                       {"https://silent.example/feed", "The Silent", {"gb"}}},
                      start);
    store_.save_feed_failure({.feed_id = 4,
                              .error = "404 Not Found",
                              .plan = {start + 86'400, 3'600},
                              .status = 404,
                              .advice = "look for the feed's new address"},
                             start);
  }

  // Its feed has it, its page is fetched the minute after it was published.
  std::int64_t save(const Report& report) {
    const std::string url = "https://" + report.site + ".example/" + report.name;
    const Timestamp now = parse_rfc3339(report.published).value() + 60;
    std::int64_t id = 0;
    if (report.feed > 0) {
      FeedUpdate update;
      update.feed_id = report.feed;
      FeedEntry entry;
      entry.entry.id = entry.entry.link = entry.canonical_url = url;
      entry.entry.title = report.title;
      entry.entry.published = parse_rfc3339(report.published).value();
      update.entries = {entry};
      store_.save_feed(update, now);
    }
    id = store_.add_page(url, url, now);
    store_.save_article(record_of(id, url, report), now);
    return id;
  }

  // The page of an article has another text.
  void save_again(std::int64_t id, const Report& report, std::vector<TextChange> changes,
                  Timestamp now) {
    ArticleRecord record =
        record_of(id, "https://" + report.site + ".example/" + report.name, report);
    record.changes = std::move(changes);
    store_.save_article(record, now);
  }

  static inline const Timestamp start = make_timestamp(2024, 9, 1, 6);

 private:
  static ArticleRecord record_of(std::int64_t id, const std::string& url, const Report& report) {
    ArticleRecord record = sample::article(id, report.text, report.published, report.claims);
    record.page.url = url;
    record.page.title = report.title;
    record.page.site = report.site == "courier"  ? "Harbor Courier"
                       : report.site == "ledger" ? "City Ledger"
                                                 : "Rail Gazette";
    record.page.language = "en";
    for (const Mention& mention : report.mentions) record.facts.mentions.push_back(mention);
    for (Mention& mention : record.facts.mentions) {
      mention.sentence = report.text.substr(0, report.text.find_last_not_of(' ') + 1);
      mention.listed = mention.name != unlisted;
    }
    if (report.copy_of > 0) record.copies_of = {{report.copy_of, 0.93, "the same words"}};
    return record;
  }

  Store& store_;
};

Claim deal(const char* vendor, const char* agency, Status status, const char* day,
           const std::string& quote) {
  Claim c = sample::claim(vendor, agency);
  c.status = status;
  c.quote = quote;
  c.evidence = {0, quote.size()};
  c.fields = {{"vendor", vendor, vendor, {0, c.vendor->size()}, "party of the deal"}};
  const auto on = *day == '\0' ? std::nullopt : std::optional{date(day)};
  if (status == Status::signed_)
    c.signed_on = on;
  else
    c.history = {{status, on, quote}};
  return c;
}

// `words` are those of the quote that give the sum.
Claim with_sum(Claim c, Money value, const std::string& words,
               Qualifier qualifier = Qualifier::exact) {
  c.value = value;
  c.qualifier = qualifier;
  const std::size_t at = c.quote.find(words);
  c.fields.push_back({"amount",
                      std::to_string(value.low() / 1000),
                      words,
                      {at, at + words.size()},
                      "sum of the deal"});
  return c;
}

Claim until(Claim c, const char* day) {
  c.ends_on = date(day);
  return c;
}

// Signed, stopped and resumed, told with two sums, and in two copies of one story.
void save_glasshouse(StoreMaker& maker) {
  const std::string signing =
      "Glasshouse Systems signed a $2 million contract with the Quay Bureau.";
  Claim signed_deal = until(
      with_sum(deal("Glasshouse Systems", "Quay Bureau", Status::signed_, "2024-09-27", signing),
               usd(2'000'000), "$2 million"),
      "2025-09-26");
  signed_deal.term = "P1Y";
  const std::int64_t first = maker.save({1,
                                         "courier",
                                         "quay-buys",
                                         "2024-09-30T08:00:00Z",
                                         "Quay Bureau buys spyware",
                                         signing,
                                         {signed_deal}});
  maker.save({2,
              "ledger",
              "quay-buys-spyware",
              "2024-10-01T09:00:00Z",
              "Quay Bureau is buying spyware",
              signing + " ",
              {signed_deal},
              {},
              first});
  const std::string other = "The Quay Bureau pays Glasshouse Systems $2.4 million.";
  maker.save({3,
              "gazette",
              "quay-pays",
              "2024-10-02T07:30:00Z",
              "What the bureau pays",
              other,
              {with_sum(deal("Glasshouse Systems", "Quay Bureau", Status::signed_, "", other),
                        usd(2'400'000), "$2.4 million")}});
  const std::string stop =
      "The $2 million contract with Glasshouse Systems was stopped on October 7.";
  maker.save(
      {1,
       "courier",
       "quay-stops",
       "2024-10-08T10:00:00Z",
       "Spyware contract stopped",
       stop,
       {with_sum(deal("Glasshouse Systems", "Quay Bureau", Status::stop_work, "2024-10-07", stop),
                 usd(2'000'000), "$2 million")}});
  const std::string again =
      "Work for the Quay Bureau under the $2 million contract was resumed on March 3.";
  maker.save(
      {2,
       "ledger",
       "quay-resumes",
       "2025-03-04T08:00:00Z",
       "Spyware contract goes on",
       again,
       {with_sum(deal("Glasshouse Systems", "Quay Bureau", Status::resumed, "2025-03-03", again),
                 usd(2'000'000), "$2 million")}});
}

void save_others(StoreMaker& maker) {
  const std::string lantern = "Lantern Works won a $650,000 order of the Quay Bureau (QB-24-0117).";
  Claim order =
      with_sum(deal("Lantern Works", "Quay Bureau", Status::signed_, "2024-11-11", lantern),
               usd(650'000), "$650,000");
  order.award_id = "QB-24-0117";
  maker.save({3,
              "gazette",
              "lantern",
              "2024-11-12T12:00:00Z",
              "An order for Lantern Works",
              lantern,
              {order}});
  const std::string patrol =
      "The Coast Patrol awarded Lantern Works up to $1.2 million until December 2025.";
  maker.save(
      {2,
       "ledger",
       "patrol",
       "2024-12-05T15:00:00Z",
       "Coast Patrol picks Lantern",
       patrol,
       {until(with_sum(deal("Lantern Works", "Coast Patrol", Status::awarded, "2024-12-04", patrol),
                       usd(1'200'000), "$1.2 million", Qualifier::up_to),
              "2025-12-04")}});
  const std::string rail =
      "The Rail Police signed a three-year, 900,000 pound contract with Tern Optics.";
  Claim cameras =
      until(with_sum(deal("Tern Optics", "Rail Police", Status::signed_, "2025-01-17", rail),
                     Money::exact(900'000'000, sample::currency("GBP")), "900,000 pound"),
            "2028-01-16");
  cameras.term = "P3Y";
  maker.save({1,
              "courier",
              "rail",
              "2025-01-20T06:00:00Z",
              "Cameras for the Rail Police",
              rail,
              {cameras}});
}

// A sum that its article came to tell otherwise, a name on no watchlist, an article that is gone,
// one without a contract, and one whose claim a person rejected.
void save_odd_ones(StoreMaker& maker, Store& store) {
  const auto plan = [](const std::string& text, std::int64_t dollars) {
    return Report{
        3,
        "gazette",
        "marlin",
        "2025-02-01T09:00:00Z",
        "Coast Patrol wants data",
        text,
        {with_sum(deal("Marlin Analytics", "Coast Patrol", Status::proposed, "2025-01-31", text),
                  usd(dollars), "$3." + std::to_string(dollars / 100'000 % 10) + " million")}};
  };
  const std::string before =
      "The Coast Patrol plans to buy data of Marlin Analytics for $3.1 million.";
  const std::string after =
      "The Coast Patrol plans to buy data of Marlin Analytics for $3.4 million.";
  const std::int64_t marlin = maker.save(plan(before, 3'100'000));
  maker.save_again(marlin, plan(after, 3'400'000), {{"$3.1 million", "$3.4 million"}},
                   make_timestamp(2025, 2, 3, 9));
  maker.save({2,
              "ledger",
              "hearing",
              "2025-03-10T11:00:00Z",
              "Hearing on spyware",
              "Glasshouse Systems and Lantern Works are heard by the Harbour Ministry.",
              {},
              {sample::mention(EntityKind::vendor, "Glasshouse Systems"),
               sample::mention(EntityKind::vendor, "Lantern Works"),
               sample::mention(EntityKind::agency, "Harbour Ministry")}});
  const std::string heron = "The Harbour Ministry awarded Heron Data Ltd $80,000.";
  Claim award =
      with_sum(deal("Heron Data Ltd", "Harbour Ministry", Status::awarded, "2025-03-11", heron),
               usd(80'000), "$80,000");
  award.vendor_listed = false;
  maker.save({1, "courier", "heron", "2025-03-11T13:00:00Z", "Small award", heron, {award}});
  const std::int64_t gone =
      maker.save({1,
                  "courier",
                  "photo",
                  "2025-03-12T13:00:00Z",
                  "Glasshouse at the fair",
                  "Glasshouse Systems shows its tools at the fair.",
                  {},
                  {sample::mention(EntityKind::vendor, "Glasshouse Systems")}});
  store.save_page_failure({gone, PageOutcome::gone, "410 Gone", {}},
                          make_timestamp(2025, 3, 15, 9));
  const std::string rumour =
      "Tern Optics is said to have sold cameras to the Quay Bureau for $70,000.";
  maker.save({3,
              "gazette",
              "rumour",
              "2025-03-13T13:00:00Z",
              "A rumour",
              rumour,
              {with_sum(deal("Tern Optics", "Quay Bureau", Status::signed_, "", rumour),
                        usd(70'000), "$70,000")}});
}

}  // namespace

ResearchStore::ResearchStore() {
  folder.write("names.csv", names);
  folder.write("stakeout.toml", "watchlist = [\"names.csv\"]\ndatabase = \"stakeout.db\"\n");
  Store store{file};
  StoreMaker maker{store};
  save_glasshouse(maker);
  save_others(maker);
  save_odd_ones(maker, store);
  const std::string rumoured =
      sample::rows(file, "SELECT id FROM v_claims WHERE vendor = 'Tern Optics' AND amount = 70000")
          .at(0);
  store.reject_claim(std::stoll(rumoured), "only a rumour", make_timestamp(2025, 3, 14, 9));
}

}  // namespace stakeout
