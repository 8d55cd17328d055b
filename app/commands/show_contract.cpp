#include <algorithm>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/amount_words.h"
#include "alerts/change_words.h"
#include "alerts/plain_words.h"
#include "alerts/state_words.h"
#include "alerts/value_words.h"
#include "app/commands/show_pages.h"
#include "app/output.h"
#include "extractors/values/words.h"

namespace stakeout {
namespace {

// "on 2024-09-27", "in 2024-09"
std::string dated(const std::string& date) {
  return (date.size() == std::string_view{"2024-09-27"}.size() ? "on " : "in ") + date;
}

std::string name_or(const std::string& name, const char* otherwise) {
  return name.empty() ? otherwise : name;
}

// "; signed on 2024-10-07": the latest change of the state. `signed_on` is told already.
std::string state_clause(const StateWords& state, const Table& events,
                         const std::string& signed_on) {
  if (state.status == Status::signed_ && !signed_on.empty()) return {};
  std::string when;
  for (const auto& cells : events.rows) {
    const NamedRow event{events, cells};
    if (event.text("field") != "status" || event.text("after") != word_of(state.status)) continue;
    const std::string day = event.text("happened_on");
    when = day.empty() ? ", as was reported on " + event.text("reported_at").substr(0, 10)
                       : " " + dated(day);
  }
  return "; " + std::string{state.came} + when;
}

// "Lantern Works has a contract with the Quay Bureau, worth USD 500,000, signed on 2024-10-07;
// stopped by a stop-work order on 2024-10-09."
std::string sentence_of(const NamedRow& contract, const Table& events) {
  const StateWords* state = find_state_words(contract.text("status"));
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

// What a line of the history says: "signed → stop work", "amount: USD 400,000 → USD 500,000".
std::string line_of(const FactChange& change) {
  return (change.field == "status" ? "" : field_words(change.field) + ": ") + values_words(change);
}

// The day from which on an article tells otherwise what the event at `place` said; empty: none.
std::string taken_back_on(const Table& events, std::size_t place) {
  const NamedRow event{events, events.rows[place]};
  for (std::size_t at = place + 1; at < events.rows.size(); ++at) {
    const NamedRow later{events, events.rows[at]};
    if (later.text("field") != event.text("field")) continue;
    const bool is_correction = later.text("cause") == word_of(ChangeCause::correction);
    return is_correction ? later.text("reported_at").substr(0, 10) : "";
  }
  return {};
}

bool has_line(const Table& events, std::string_view field) {
  return std::ranges::any_of(events.rows, [&](const auto& cells) {
    return NamedRow{events, cells}.text("field") == field;
  });
}

// What articles tell of what the line says otherwise. The first line of the state stands for all
// with which the contract began.
std::vector<std::string> contradictions_of(const Table& events, std::size_t place,
                                           const Table& told) {
  const std::string field = NamedRow{events, events.rows[place]}.text("field");
  std::vector<std::string> lines;
  const auto add = [&](std::string_view of, const std::string& name) {
    const std::string words = contradiction_words(told, of);
    if (!words.empty()) lines.push_back("told differently: " + name + words);
  };
  if (field != "status") {
    add(field, "");
  } else if (place == 0) {
    for (const auto& cells : told.rows) {
      const NamedRow row{told, cells};
      if (row.text("counts") == "1" && !has_line(events, row.text("field")))
        add(row.text("field"), field_words(row.text("field")) + " ");
    }
  }
  return lines;
}

// What is to be known of a line of the history beside its words.
std::vector<std::string> notes_of(const Table& events, std::size_t place, const Table& told) {
  std::vector<std::string> notes;
  const std::string cause = cause_words(change_of({events, events.rows[place]}));
  if (!cause.empty()) notes.push_back(cause);
  const std::string corrected = taken_back_on(events, place);
  if (!corrected.empty()) notes.push_back("taken back by a correction of " + corrected);
  std::ranges::move(contradictions_of(events, place, told), std::back_inserter(notes));
  return notes;
}

void print_history(const Page& page, Reader& reader, std::int64_t id, const Table& told) {
  const Table events = reader.rows(
      "SELECT e.*, k.currency, a.site, a.url FROM v_contract_events e JOIN v_contracts k ON k.id = "
      "e.contract_id LEFT JOIN v_articles a ON a.id = e.article_id WHERE e.contract_id = ?1 ORDER "
      "BY e.position",
      {id});
  if (events.rows.empty()) return;
  print_title(page, "History");
  constexpr std::size_t day_width = 15;  // "by 2024-09-27" and two blanks
  for (std::size_t place = 0; place < events.rows.size(); ++place) {
    const NamedRow event{events, events.rows[place]};
    const std::string reported = event.text("reported_at").substr(0, 10);
    std::string day = event.text("happened_on");
    if (day.empty()) day = "by " + reported;
    day.resize(day_width, ' ');
    page.out << "  " << day << plain_words(line_of(change_of(event))) << '\n';
    const auto print = [&page](const std::string& words) {
      print_words(page, words, 2 + day_width);
    };
    std::ranges::for_each(notes_of(events, place, told), print);
    print("reported " + reported + " by " + outlet_words(event.text("site"), event.text("url")) +
          ", article " + event.text("article_id"));
    print("\"" + event.text("quote") + "\"");
    print(event.text("url"));
  }
}

Cell told_field(const NamedRow& row, std::string_view column) {
  return field_words(row.text(column));
}

Cell told_value(const NamedRow& row, std::string_view column) {
  return told_value_words(row.text("field"), row.text(column));
}

Cell tellers(const NamedRow& row, std::string_view column) {
  return outlet_list_words(row.text(column));
}

constexpr ShownColumn told_columns[] = {{"field", "field", told_field},
                                        {"value", "value", told_value, 24},
                                        {"articles", "articles", as_is},
                                        {"told by", "outlets", tellers, 24}};
constexpr ListingTable told_shape{told_columns, 4};

constexpr ShownColumn claim_columns[] = {{"claim", "id", as_is},
                                         {"article", "article_id", as_is},
                                         {"day", "published_at", day_of},
                                         {"outlet", "", outlet_of, 16},
                                         {"why it belongs here", "reason", as_is, 22},
                                         {"state", "status", in_words},
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
  const Table& told = rows_of_section(sections, "told differently");
  print_history(page, reader, number, told);
  print_titled_table(page, "Told differently", told, told_shape);
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
