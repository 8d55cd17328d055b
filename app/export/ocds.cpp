// Open Contracting Data Standard 1.1.5 (https://standard.open-contracting.org/1.1/).
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "app/export/export.h"
#include "app/export/export_file.h"
#include "app/export/stable_id.h"
#include "app/inspect/inspect.h"
#include "extractors/values/words.h"

namespace stakeout {
namespace {

// What OCDS calls the states of a contract.
struct StateWords {
  std::string_view status;  // of the contract
  std::string_view award;   // of the award
  std::string_view tag;     // of the release that reports it
};

StateWords words_of_state(const std::string& status) {
  static const std::map<std::string, StateWords, std::less<>> words{
      {"proposed", {"pending", "pending", "contractUpdate"}},
      {"awarded", {"active", "active", "contractUpdate"}},
      {"signed", {"active", "active", "contractUpdate"}},
      {"stop_work", {"active", "active", "contractUpdate"}},
      {"resumed", {"active", "active", "contractUpdate"}},
      {"modified", {"active", "active", "contractAmendment"}},
      {"extended", {"active", "active", "contractAmendment"}},
      {"expired", {"terminated", "active", "contractTermination"}},
      {"cancelled", {"cancelled", "cancelled", "contractTermination"}},
      {"denied", {"cancelled", "unsuccessful", "contractTermination"}},
  };
  const auto found = words.find(status);
  return found == words.end() ? StateWords{"pending", "pending", "contractUpdate"} : found->second;
}

// OCDS wants instants; of a day known to the month there is none.
std::optional<std::string> instant_of(const std::string& date) {
  constexpr std::size_t day = 10;
  if (date.size() < day) return std::nullopt;
  return date.size() == day ? date + "T00:00:00Z" : date;
}

void put(Json& object, const char* key, const Cell& cell) {
  const std::string text = cell_text(cell);
  if (!text.empty()) object[key] = text;
}

// "P1Y6M" in days, a year counted as 365 and a month as 30.
std::optional<std::int64_t> days_of_term(std::string_view term) {
  if (!term.starts_with('P')) return std::nullopt;
  std::int64_t days = 0;
  std::int64_t number = 0;
  for (const char c : term.substr(1)) {
    if (c >= '0' && c <= '9' && number < 100'000) {
      number = number * 10 + (c - '0');
      continue;
    }
    const int unit = c == 'Y' ? 365 : c == 'M' ? 30 : c == 'W' ? 7 : c == 'D' ? 1 : 0;
    if (unit == 0) return std::nullopt;  // hours, fractions
    days += number * unit;
    number = 0;
  }
  return days;
}

// The package wants the policy as a URI.
constexpr std::string_view publication_policy =
    "data:text/plain,Derived%20from%20press%20reports%20by%20the%20program%20stakeout%3B%20not%20"
    "published%20by%20a%20buyer.%20Every%20contract%20names%20the%20articles%20that%20tell%20of%"
    "20it.";

struct Event {
  std::string field;
  Cell before;
  Cell after;
  std::string happened_on;
  std::string reported_at;
  Cell article_id;
  std::string quote;
};

// A contract as it was known at one time: its fields by the names of v_contracts.
using Known = std::map<std::string, Cell, std::less<>>;

class Releases {
 public:
  Releases(Reader& reader, std::ostream& out, std::string ocid_prefix)
      : reader_{reader}, out_{out}, ocid_prefix_{std::move(ocid_prefix)} {}

  std::size_t run() {
    const auto columns = reader_.columns_of("SELECT * FROM v_contracts");
    reader_.each_row("SELECT * FROM v_contracts ORDER BY id", {}, [&](const auto& row) {
      Known known;
      for (std::size_t i = 0; i < row.size(); ++i) known[columns[i]] = row[i];
      write_contract(std::move(known));
    });
    return count_;
  }

 private:
  // One release for what was known first, then one for each report that changed something.
  void write_contract(Known now) {
    const std::vector<Event> events = events_of(now.at("id"));
    Known known = at_first(now, events);
    Json amendments = Json::array();
    std::size_t done = 0;
    std::size_t number = 0;
    std::string date = cell_text(now.at("first_seen_at"));
    std::string standing = standing_after(cell_text(known.at("status")), "");
    do {
      std::string_view tag = number == 0 ? "contract" : "contractUpdate";
      const std::size_t first = done;
      while (done < events.size() && belongs_with(events, first, done)) {
        const Event& event = events[done];
        known[event.field] = event.after;
        if (event.field == "status") standing = standing_after(cell_text(event.after), standing);
        if (number > 0) tag = stronger(tag, tag_of(event));
        if (number > 0 || !std::holds_alternative<std::monostate>(event.before)) {
          amendments.push_back(amendment(event, done));
        }
        ++done;
      }
      const bool is_last = done == events.size();
      // What was published before the contract was seen became known when it was seen.
      if (number > 0) date = std::max(date, events[first].reported_at);
      if (is_last) standing = standing_after(cell_text(now.at("status")), standing);
      write_release(is_last ? now : known, words_of_state(standing), ++number, date, tag,
                    amendments);
    } while (done < events.size());
  }

  // A review changes nothing of what a contract is until it has ended.
  static std::string standing_after(const std::string& status, const std::string& standing) {
    return status == word_of(Status::under_review) ? standing : status;
  }

  std::vector<Event> events_of(const Cell& contract) {
    std::vector<Event> events;
    reader_.each_row(
        "SELECT field, before, after, happened_on, reported_at, article_id, quote FROM "
        "v_contract_events WHERE contract_id = ? ORDER BY position",
        {contract}, [&](const auto& row) {
          events.push_back({cell_text(row[0]), row[1], row[2], cell_text(row[3]), cell_text(row[4]),
                            row[5], cell_text(row[6])});
        });
    return events;
  }

  // The fields before the first event that changes them.
  static Known at_first(Known known, const std::vector<Event>& events) {
    std::set<std::string_view> changed;
    for (const Event& event : events) {
      if (changed.insert(event.field).second) known[event.field] = event.before;
    }
    return known;
  }

  // Told by one report.
  static bool belongs_with(const std::vector<Event>& events, std::size_t first, std::size_t next) {
    return events[first].article_id == events[next].article_id &&
           events[first].reported_at == events[next].reported_at;
  }

  static std::string_view tag_of(const Event& event) {
    return event.field == "status" ? words_of_state(cell_text(event.after)).tag
                                   : "contractAmendment";
  }

  static std::string_view stronger(std::string_view a, std::string_view b) {
    constexpr std::array order{"contractUpdate", "contractAmendment", "contractTermination"};
    return std::ranges::find(order, a) < std::ranges::find(order, b) ? b : a;
  }

  static Json amendment(const Event& event, std::size_t position) {
    Json json = Json::object();
    json["id"] = std::to_string(position + 1);
    if (const auto date = instant_of(event.happened_on)) json["date"] = *date;
    const std::string after = cell_text(event.after);
    json["description"] = event.field == "status" ? after : event.field + ": " + after;
    if (!event.quote.empty()) json["rationale"] = event.quote;
    return json;
  }

  void write_release(const Known& known, const StateWords& state, std::size_t number,
                     const std::string& date, std::string_view tag, const Json& amendments) {
    const std::string ocid = ocid_prefix_ + "-" + cell_text(known.at("key"));
    Json release = Json::object();
    release["ocid"] = ocid;
    release["id"] = ocid + "-" + std::to_string(number);
    release["date"] = date;
    release["tag"] = {tag};
    release["initiationType"] = "tender";
    release["parties"] = parties_of(known);
    if (const Json buyer = party_of(known, "agency"); !buyer.empty()) release["buyer"] = buyer;
    release["awards"] = {award_of(known, state)};
    release["contracts"] = {contract_of(known, state, amendments, date)};
    out_ << (count_ > 0 ? ",\n" : "\n") << json_text(release);
    ++count_;
  }

  // {id, name} of one side; empty when it is not known.
  static Json party_of(const Known& known, const char* side) {
    const std::string name = cell_text(known.at(side));
    if (name.empty()) return Json::object();
    return {{"id", stable_id(side, {name})}, {"name", name}};
  }

  static Json parties_of(const Known& known) {
    Json parties = Json::array();
    for (const auto& [side, roles] : {std::pair{"agency", Json{"buyer", "procuringEntity"}},
                                      std::pair{"vendor", Json{"supplier"}}}) {
      Json party = party_of(known, side);
      if (party.empty()) continue;
      party["roles"] = roles;
      parties.push_back(std::move(party));
    }
    return parties;
  }

  static void add_value(Json& json, const Known& known) {
    const Cell& amount = known.at("amount");
    if (std::holds_alternative<std::monostate>(amount)) return;
    Json value = Json::object();
    if (const auto* whole = std::get_if<std::int64_t>(&amount)) value["amount"] = *whole;
    if (const auto* real = std::get_if<double>(&amount)) value["amount"] = *real;
    put(value, "currency", known.at("currency"));
    json["value"] = std::move(value);
  }

  static void add_period(Json& json, const char* key, const Known& known) {
    Json period = Json::object();
    const auto starts = instant_of(cell_text(known.at("starts_on")));
    const auto ends = instant_of(cell_text(known.at("ends_on")));
    if (starts) period["startDate"] = *starts;
    if (ends) period["endDate"] = *ends;
    if (const auto days = days_of_term(cell_text(known.at("term")))) {
      period["durationInDays"] = *days;
    }
    if (!period.empty()) json[key] = std::move(period);
  }

  static std::string title_of(const Known& known) {
    const std::string vendor = cell_text(known.at("vendor"));
    const std::string agency = cell_text(known.at("agency"));
    return (vendor.empty() ? "Unnamed vendor" : vendor) + " / " +
           (agency.empty() ? "unnamed agency" : agency);
  }

  static Json award_of(const Known& known, const StateWords& state) {
    Json award = Json::object();
    award["id"] = cell_text(known.at("key"));
    award["title"] = title_of(known);
    award["status"] = state.award;
    if (const auto date = instant_of(cell_text(known.at("signed_on")))) award["date"] = *date;
    add_value(award, known);
    if (const Json vendor = party_of(known, "vendor"); !vendor.empty())
      award["suppliers"] = {vendor};
    add_period(award, "contractPeriod", known);
    return award;
  }

  Json contract_of(const Known& known, const StateWords& state, const Json& amendments,
                   const std::string& date) {
    Json contract = Json::object();
    contract["id"] = cell_text(known.at("key"));
    contract["awardID"] = cell_text(known.at("key"));
    contract["title"] = title_of(known);
    const std::string number = cell_text(known.at("award_id"));
    if (!number.empty()) contract["description"] = "Award number " + number;
    contract["status"] = state.status;
    add_period(contract, "period", known);
    add_value(contract, known);
    if (const auto signed_at = instant_of(cell_text(known.at("signed_on")))) {
      contract["dateSigned"] = *signed_at;
    }
    contract["documents"] = documents_of(known.at("id"), date);
    if (!amendments.empty()) contract["amendments"] = amendments;
    return contract;
  }

  // The articles that told of it by then.
  Json documents_of(const Cell& contract, const std::string& date) {
    Json documents = Json::array();
    reader_.each_row(
        "SELECT DISTINCT a.canonical_url, a.title, a.url, a.published_at, a.language FROM v_claims "
        "c JOIN v_articles a ON a.id = c.article_id WHERE c.contract_id = ? AND "
        "coalesce(a.published_at, a.first_seen_at) <= ? ORDER BY a.published_at IS NULL, "
        "a.published_at, a.canonical_url",
        {contract, date}, [&](const auto& row) {
          Json document = Json::object();
          document["id"] = stable_id("article", {cell_text(row[0])});
          document["documentType"] = "x_pressReport";
          put(document, "title", row[1]);
          put(document, "url", row[2]);
          const auto published = instant_of(cell_text(row[3]));
          if (published) document["datePublished"] = *published;
          document["format"] = "text/html";
          put(document, "language", row[4]);
          documents.push_back(std::move(document));
        });
    return documents;
  }

  // On one line, without its end.
  static std::string json_text(const Json& json) {
    std::string line = json_line(json);
    line.pop_back();
    return line;
  }

  Reader& reader_;
  std::ostream& out_;
  std::string ocid_prefix_;
  std::size_t count_ = 0;
};

// The head of the package, up to its list of releases.
std::string package_head(Reader& reader) {
  const Table last = reader.rows("SELECT max(last_changed_at) FROM v_contracts");
  std::string date = cell_text(last.rows.at(0).at(0));
  if (date.empty()) date = "1970-01-01T00:00:00Z";
  Json head = Json::object();
  head["uri"] = "urn:stakeout:releases:" + date;
  head["version"] = "1.1";
  head["publishedDate"] = date;
  head["publisher"] = {{"name", "stakeout"}};
  head["publicationPolicy"] = publication_policy;
  std::string text = json_line(head);
  text.erase(text.rfind('}'));
  return text + ",\"releases\":[";
}

}  // namespace

std::vector<ExportedFile> export_ocds(Reader& reader, const std::filesystem::path& folder,
                                      const std::string& ocid_prefix) {
  ExportedFile file{"releases.json"};
  ExportFile target{folder, file.name};
  reader.at_one_moment([&] {
    target.out() << package_head(reader);
    file.lines = Releases{reader, target.out(), ocid_prefix}.run();
    target.out() << "\n]}\n";
  });
  target.done();
  return {file};
}

}  // namespace stakeout
