#include <algorithm>
#include <array>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>

#include "alerts/amount_words.h"
#include "alerts/plain_words.h"
#include "alerts/value_words.h"
#include "app/commands/show_pages.h"
#include "app/output.h"
#include "extractors/values/words.h"

namespace stakeout {
namespace {

struct StateWords {
  Status status;
  std::string_view has;   // what the vendor has to do with a contract in this state
  std::string_view came;  // how it came into it
};

constexpr std::array<StateWords, words_for<Status>.size()> state_words{{
    {Status::proposed, "is to have", "planned"},
    {Status::awarded, "has", "awarded"},
    {Status::signed_, "has", "signed"},
    {Status::under_review, "has", "put on hold for a review"},
    {Status::stop_work, "has", "stopped"},
    {Status::resumed, "has", "resumed"},
    {Status::modified, "has", "changed"},
    {Status::extended, "has", "extended"},
    {Status::cancelled, "had", "cancelled"},
    {Status::expired, "had", "run out"},
    {Status::denied, "was to have", "denied"},
}};

// "on 2024-09-27", "in 2024-09"
std::string dated(const std::string& date) {
  return (date.size() == std::string_view{"2024-09-27"}.size() ? "on " : "in ") + date;
}

std::string name_or(const std::string& name, const char* otherwise) {
  return name.empty() ? otherwise : name;
}

// "; stopped on 2025-03-04 (stop_work)": the latest change of the state. `signed_on` is told
// already.
std::string state_clause(const StateWords& state, const Table& events,
                         const std::string& signed_on) {
  if (state.status == Status::signed_ && !signed_on.empty()) return {};
  const std::string word{word_of(state.status)};
  std::string when;
  for (const auto& cells : events.rows) {
    const NamedRow event{events, cells};
    if (event.text("field") != "status" || event.text("after") != word) continue;
    const std::string day = event.text("happened_on");
    when = day.empty() ? ", as was reported on " + event.text("reported_at").substr(0, 10)
                       : " " + dated(day);
  }
  return "; " + std::string{state.came} + when + (word == state.came ? "" : " (" + word + ")");
}

// "Lantern Works has a contract with the Quay Bureau, worth USD 500,000, signed on 2024-10-07;
// stopped on 2024-10-09 (stop_work)."
std::string sentence_of(const NamedRow& contract, const Table& events) {
  const auto status = find_word<Status>(contract.text("status"));
  const StateWords* state = nullptr;
  for (const StateWords& each : state_words) {
    if (each.status == status) state = &each;
  }
  std::string out = name_or(contract.text("vendor"), "An unnamed vendor") + " " +
                    std::string{state == nullptr ? "has" : state->has} + " a contract with " +
                    name_or(contract.text("agency"), "an unnamed agency");
  const auto add = [&out](const char* words, const std::string& value) {
    if (!value.empty()) out += std::string{", "} + words + value;
  };
  add("worth ", amount_words(contract.cell("amount"), contract.cell("amount_max"),
                             contract.cell("currency"), contract.cell("qualifier")));
  const std::string signed_on = contract.text("signed_on");
  add("signed ", signed_on.empty() ? signed_on : dated(signed_on));
  add("for ", term_words(contract.text("term")));
  add("from ", contract.text("starts_on"));
  add("until ", contract.text("ends_on"));
  add("number ", contract.text("award_id"));
  if (state != nullptr) out += state_clause(*state, events, signed_on);
  return out + ".";
}

// "signed → stop_work", "amount: USD 400,000 → USD 500,000"
std::string change_words(const NamedRow& event, const std::string& currency) {
  const std::string field = event.text("field");
  const auto value = [&](const char* column) {
    const std::string text = event.text(column);
    return field == "amount" && !text.empty() ? currency + " " + grouped_digits(text) : text;
  };
  const std::string before = value("before");
  return (field == "status" ? "" : field + ": ") + (before.empty() ? "" : before + " → ") +
         value("after");
}

void print_history(const Page& page, Reader& reader, std::int64_t id, const std::string& currency) {
  const Table events = reader.rows(
      "SELECT e.*, a.site, a.url FROM v_contract_events e LEFT JOIN v_articles a ON a.id = "
      "e.article_id WHERE e.contract_id = ?1 ORDER BY e.position",
      {id});
  if (events.rows.empty()) return;
  print_title(page, "History");
  constexpr std::size_t day_width = 15;  // "by 2024-09-27" and two blanks
  for (const auto& cells : events.rows) {
    const NamedRow event{events, cells};
    const std::string reported = event.text("reported_at").substr(0, 10);
    std::string day = event.text("happened_on");
    if (day.empty()) day = "by " + reported;
    day.resize(day_width, ' ');
    page.out << "  " << day << plain_words(change_words(event, currency)) << '\n';
    print_words(page,
                "reported " + reported + " by " +
                    outlet_words(event.text("site"), event.text("url")) + ", article " +
                    event.text("article_id"),
                2 + day_width);
    print_words(page, "\"" + event.text("quote") + "\"", 2 + day_width);
    print_words(page, event.text("url"), 2 + day_width);
  }
}

// "USD 4200000" as "USD 4,200,000".
Cell told_value(const NamedRow& row, std::string_view column) {
  const std::string value = row.text(column);
  const std::size_t gap = value.find(' ');
  if (row.text("field") != "amount" || gap == std::string::npos) return value;
  return value.substr(0, gap + 1) + grouped_digits(value.substr(gap + 1));
}

// "Harbour Times,https://news.example/copy" as "Harbour Times, news.example".
Cell tellers(const NamedRow& row, std::string_view column) {
  std::string out;
  std::istringstream list{row.text(column)};
  for (std::string teller; std::getline(list, teller, ',');) {
    const std::size_t start = std::min(teller.find_first_not_of(' '), teller.size());
    const bool is_address = teller.find("://") != std::string::npos;
    out +=
        (out.empty() ? "" : ", ") + (is_address ? outlet_words("", teller) : teller.substr(start));
  }
  return out;
}

constexpr ShownColumn told_columns[] = {{"field", "field", as_is},
                                        {"value", "value", told_value, 24},
                                        {"articles", "articles", as_is},
                                        {"told by", "outlets", tellers, 24}};
constexpr ListingTable told_shape{told_columns, 4};

constexpr ShownColumn claim_columns[] = {{"claim", "id", as_is},
                                         {"article", "article_id", as_is},
                                         {"day", "published_at", day_of},
                                         {"outlet", "", outlet_of, 16},
                                         {"why it belongs here", "reason", as_is, 22},
                                         {"state", "status", as_is},
                                         {"amount", "", amount_of},
                                         {"url", "url", as_is, 40}};
constexpr ListingTable claim_shape{claim_columns, 5};

// What to do when something here is wrong.
void print_hints(const Page& page, const std::string& id, const Table& claims) {
  if (claims.rows.empty()) return;
  const std::string claim = NamedRow{claims, claims.rows.back()}.text("id");
  print_title(page, "More");
  print_hint(page, "The words behind each field, and the rules that found them",
             "stakeout show contract " + id + " --json");
  if (claims.rows.size() > 1) {
    print_hint(page, "A claim that is of another deal",
               "stakeout contracts split " + id + " --claim " + claim);
  }
  print_hint(page, "A claim that is wrong", "stakeout reject claim " + claim + " --why TEXT");
  print_hint(page, "One deal with another contract", "stakeout contracts merge " + id + " OTHER");
}

}  // namespace

void print_contract(const Page& page, Reader& reader, const std::vector<Section>& sections) {
  const Table& row = sections.front().table;
  const NamedRow contract{row, row.rows.front()};
  const std::string id = contract.text("id");
  print_words(page, sentence_of(contract, rows_of_section(sections, "events")), 0);
  const std::int64_t number = std::get<std::int64_t>(contract.cell("id"));
  print_history(page, reader, number, contract.text("currency"));
  print_titled_table(page, "Told differently", rows_of_section(sections, "told differently"),
                     told_shape);
  const Table claims = reader.rows(
      "SELECT c.*, a.site FROM v_claims c JOIN v_articles a ON a.id = c.article_id WHERE "
      "c.contract_id = ?1 ORDER BY c.published_at, c.id",
      {number});
  print_titled_table(page, "Claims", claims, claim_shape);
  Table rejected = rows_of_section(sections, "rejected claims of the same parties");
  rejected.columns.emplace_back("kind");
  for (auto& cells : rejected.rows) cells.emplace_back("claim");
  print_rejections(page, rejected);
  print_alerts(page, sections);
  print_hints(page, id, claims);
}

}  // namespace stakeout
