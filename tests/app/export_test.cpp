// `stakeout export` as a person types it.
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "app/crawl/extraction.h"
#include "tests/storage/sample.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

using nlohmann::json;

constexpr const char* names =
    "kind,name,category,aliases,country,parent,context,wikidata\n"
    "vendor,Glasshouse Systems,spyware,Glasshouse,il,,spyware,\n"
    "agency,Quay Bureau,police,,us,Harbour Ministry,,Q7\n"
    "agency,Harbour Ministry,interior,,us,,,\n";

constexpr const char* signing =
    "Glasshouse Systems signed a $500,000 contract with the Quay Bureau on September 30, 2024.";
constexpr const char* stop =
    "The Quay Bureau's $500,000 contract with Glasshouse Systems was suspended on October 7, 2024.";

// A text and the day of its publication.
using Reports = std::vector<std::pair<std::string, std::string>>;

// A folder with a database of some articles; without further words of a contract that was signed
// and then stopped.
struct ExportedStore {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "stakeout.db";

  explicit ExportedStore(const Reports& reports = {{signing, "2024-10-01"}, {stop, "2024-10-08"}}) {
    folder.write("names.csv", names);
    folder.write("stakeout.toml", "watchlist = [\"names.csv\"]\ndatabase = \"stakeout.db\"\n");
    const Watchlist watchlist{parse_watchlist(names, "names.csv").entities};
    const MentionFinder finder{watchlist};
    Store store{file};
    store.sync_entities(watchlist.entities(), sample::monday);
    for (const auto& [text, day] : reports) {
      ArticleRecord record = sample::article(sample::add_page(store, text), text, day);
      record.facts = extract_stored(text, day, finder);
      store.save_article(record, sample::monday);
    }
  }

  // Runs `stakeout export WORDS` into DIR; what it said.
  [[nodiscard]] ProgramRun run(std::vector<std::string> words) const {
    words.insert(words.begin(), "export");
    words.insert(words.end(), {"--config", "stakeout.toml"});
    return run_program(words, folder.path());
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in{folder.path() / name, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
};

// The entities of one schema.
std::vector<json> of_schema(const std::string& lines, const std::string& schema) {
  std::vector<json> found;
  std::istringstream in{lines};
  for (std::string line; std::getline(in, line);) {
    json entity = json::parse(line);
    if (entity.at("schema") == schema) found.push_back(std::move(entity));
  }
  return found;
}

}  // namespace

TEST_CASE("every view is exported as a table, and an export of the same store is the same") {
  const ExportedStore s;
  for (const std::string kind : {"csv", "jsonl", "ftm", "ocds"}) {
    CAPTURE(kind);
    const ProgramRun run = s.run({kind, "one"});
    CHECK(run.exit_code == 0);
    CHECK(s.run({kind, "two"}).exit_code == 0);
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator{s.folder.path() / "one"}) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    CHECK(s.read("one/" + name) == s.read("two/" + name));
    CHECK(entry.path().extension() != ".part");
    ++files;
  }
  const std::size_t views =
      sample::rows(s.file, "SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB 'v_*'")
          .size();
  CHECK(files == 2 * views + 2);
  CHECK(s.read("one/v_contracts.csv").starts_with("id,vendor_id,agency_id,vendor,agency,amount"));
  const json contract = json::parse(s.read("one/v_contracts.jsonl"));
  CHECK(contract.at("vendor") == "Glasshouse Systems");
  CHECK(contract.at("amount") == 500000);
}

TEST_CASE(
    "FollowTheMoney has the parties, the contract, its award and the articles that prove it") {
  const ExportedStore s;
  CHECK(s.run({"ftm", "out"}).exit_code == 0);
  const std::string lines = s.read("out/entities.ftm.json");
  const auto companies = of_schema(lines, "Company");
  const auto bodies = of_schema(lines, "PublicBody");
  const auto contracts = of_schema(lines, "Contract");
  const auto awards = of_schema(lines, "ContractAward");
  REQUIRE(companies.size() == 1);
  REQUIRE(bodies.size() == 2);
  REQUIRE(contracts.size() == 1);
  REQUIRE(awards.size() == 1);
  const json& company = companies.front().at("properties");
  CHECK(company.at("name") == json{"Glasshouse Systems"});
  CHECK(company.at("jurisdiction") == json{"il"});
  CHECK(of_schema(lines, "Article").size() == 2);
  CHECK(of_schema(lines, "Documentation").size() == 2);
  const json& contract = contracts.front().at("properties");
  CHECK(contract.at("amount") == json{"500000"});
  CHECK(contract.at("contractDate") == json{"2024-09-30"});
  CHECK(contract.at("status") == json{"stop_work"});
  CHECK(contract.at("summary") == json{signing, stop});
  CHECK(awards.front().at("properties").at("supplier") == json{companies.front().at("id")});
  for (const json& body : bodies) {
    const bool is_buyer = body.at("properties").at("name") == json{"Quay Bureau"};
    CHECK((json{body.at("id")} == contract.at("authority")) == is_buyer);
    CHECK(body.at("properties").contains("parent") == is_buyer);
  }
}

TEST_CASE("OCDS has a release for the contract and one for each report that changed it") {
  const ExportedStore s;
  CHECK(s.run({"ocds", "out", "--ocid-prefix", "ocds-a1b2c3"}).exit_code == 0);
  const json package = json::parse(s.read("out/releases.json"));
  const json& releases = package.at("releases");
  REQUIRE(releases.size() == 2);
  const std::string ocid = releases[0].at("ocid");
  CHECK(ocid.starts_with("ocds-a1b2c3-"));
  CHECK(releases[0].at("contracts")[0].at("id") == ocid.substr(std::string{"ocds-a1b2c3-"}.size()));
  CHECK(releases[0].at("ocid") == releases[1].at("ocid"));
  CHECK(releases[0].at("id") != releases[1].at("id"));
  CHECK(releases[0].at("date") <= releases[1].at("date"));
  CHECK(releases[0].at("tag") == json{"contract"});
  CHECK(releases[1].at("tag") == json{"contractUpdate"});
  const json& first = releases[0].at("contracts")[0];
  const json& last = releases[1].at("contracts")[0];
  CHECK(first.at("dateSigned") == "2024-09-30T00:00:00Z");
  CHECK_FALSE(first.contains("amendments"));
  CHECK(first.at("value") == json{{"amount", 500000}, {"currency", "USD"}});
  CHECK(last.at("amendments")[0].at("description") == "stop_work");
  CHECK(last.at("amendments")[0].at("date") == "2024-10-07T00:00:00Z");
  CHECK(last.at("amendments")[0].at("rationale") == stop);
  CHECK(last.at("documents").size() == 2);
}

TEST_CASE("a contract is called the same in every database that learnt of it from one article") {
  const std::string other =
      "Glasshouse Systems signed a $900,000 contract with the Harbour Ministry on May 2, 2023.";
  const auto ids_of = [](const ExportedStore& s, const std::string& schema) {
    CHECK(s.run({"ftm", "out"}).exit_code == 0);
    std::map<std::string, std::string> ids;  // by amount
    for (const json& entity : of_schema(s.read("out/entities.ftm.json"), schema)) {
      ids[entity.at("properties").at("amount")[0]] = entity.at("id");
    }
    return ids;
  };
  const ExportedStore one{{{signing, "2024-10-01"}}};
  const ExportedStore both{{{other, "2023-05-03"}, {signing, "2024-10-01"}}};
  for (const char* schema : {"Contract", "ContractAward"}) {
    CAPTURE(schema);
    const auto alone = ids_of(one, schema);
    const auto among_others = ids_of(both, schema);
    REQUIRE(alone.size() == 1);
    REQUIRE(among_others.size() == 2);
    CHECK(alone.at("500000") == among_others.at("500000"));
    CHECK(alone.at("500000") != among_others.at("900000"));
  }
}

TEST_CASE("a review leaves a contract in OCDS what it was before") {
  const std::string review =
      "The Quay Bureau's $500,000 contract with Glasshouse Systems was placed under review on "
      "October 7, 2024.";
  const auto statuses_of = [](const ExportedStore& s) {
    CHECK(s.run({"ocds", "out"}).exit_code == 0);
    std::vector<std::string> statuses;
    const json package = json::parse(s.read("out/releases.json"));
    for (const json& release : package.at("releases")) {
      statuses.push_back(release.at("contracts")[0].at("status"));
    }
    return statuses;
  };
  CHECK(statuses_of(ExportedStore{{{review, "2024-10-08"}}}) ==
        std::vector<std::string>{"pending"});
  CHECK(statuses_of(ExportedStore{{{signing, "2024-10-01"}, {review, "2024-10-08"}}}) ==
        std::vector<std::string>{"active", "active"});
}

TEST_CASE("an export that cannot be made says why and leaves nothing half-written") {
  const ExportedStore s;
  s.folder.write("occupied", "a file");
  const ProgramRun occupied = s.run({"csv", "occupied"});
  CHECK(occupied.exit_code == 1);
  CHECK(occupied.err.find("cannot write occupied") != std::string::npos);
  CHECK(s.run({"ocds", "out", "--ocid-prefix", "OCDS x"}).exit_code == 2);
  CHECK_FALSE(std::filesystem::exists(s.folder.path() / "out"));
}

}  // namespace stakeout
