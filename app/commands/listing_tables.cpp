#include "app/commands/listing_tables.h"

#include <algorithm>
#include <string>

#include "alerts/amount_words.h"
#include "alerts/value_words.h"
#include "app/output.h"

namespace stakeout {

Cell as_is(const NamedRow& row, std::string_view column) {
  return row.cell(column);
}

Cell in_words(const NamedRow& row, std::string_view column) {
  return words_of_code(row.text(column));
}

Cell term_of(const NamedRow& row, std::string_view column) {
  return term_words(row.text(column));
}

Cell day_of(const NamedRow& row, std::string_view column) {
  return row.text(column).substr(0, 10);
}

Cell amount_of(const NamedRow& row, std::string_view /*column*/) {
  return amount_words(row.cell("amount"), row.cell("amount_max"), row.cell("currency"),
                      row.cell("qualifier"));
}

Cell outlet_of(const NamedRow& row, std::string_view /*column*/) {
  return outlet_words(row.text("site"), row.text("url"));
}

Cell parties_of(const NamedRow& row, std::string_view /*column*/) {
  const auto named = [&](const char* party) {
    return row.text(party).empty() ? "unnamed " + std::string{party} : row.text(party);
  };
  return named("vendor") + " / " + named("agency");
}

FactChange change_of(const NamedRow& row) {
  return {row.text("field"), row.text("before"), row.text("after"), row.text("currency"),
          row.text("cause")};
}

Cell news_of(const NamedRow& row, std::string_view /*column*/) {
  return row.text("field").empty() ? row.cell("details") : change_words(change_of(row));
}

namespace {

// "contract 1: Nightjar Labs / Port Harbor", "article 4: Council buys drones"
Cell what_changed(const NamedRow& row, std::string_view /*column*/) {
  const std::string what = row.text("what");
  const std::string id = what + " " + row.text(what + "_id") + ": ";
  if (what == "article")
    return id + (row.text("title").empty() ? row.text("url") : row.text("title"));
  return id + cell_text(parties_of(row, {}));
}

Cell field_of(const NamedRow& row, std::string_view column) {
  return field_words(row.text(column));
}

// Before and after.
Cell value_of(const NamedRow& row, std::string_view column) {
  return value_words(row.text("field"), row.text(column), row.text("currency"));
}

// What the alert says beside its title, else the words behind it.
Cell why_of(const NamedRow& row, std::string_view column) {
  const Cell news = news_of(row, column);
  return cell_text(news).empty() ? row.cell("quote") : news;
}

// What `stakeout show` takes: "contract 1".
Cell shown_by(const NamedRow& row, std::string_view /*column*/) {
  for (const char* kind : {"contract", "article", "entity"}) {
    const std::string id = row.text(std::string{kind} + "_id");
    if (!id.empty()) return std::string{kind} + " " + id;
  }
  return {};
}

constexpr ShownColumn mention_columns[] = {
    {"id", "id", as_is},         {"day", "published_at", day_of},
    {"name", "name", as_is, 24}, {"sentence", "sentence", as_is, 48},
    {"kind", "kind", as_is},     {"article", "article_id", as_is},
    {"url", "url", as_is, 40},
};

constexpr ShownColumn contract_columns[] = {
    {"id", "id", as_is},
    {"vendor", "vendor", as_is, 24},
    {"agency", "agency", as_is, 36},
    {"amount", "", amount_of, 24},
    {"signed", "signed_on", as_is},
    {"status", "status", in_words},
    {"ends", "ends_on", as_is},
    {"changed", "last_changed_at", day_of},
    {"term", "term", term_of},
    {"claims", "claims", as_is},
    {"stories", "stories", as_is},
    {"starts", "starts_on", as_is},
    {"award", "award_id", as_is},
};

constexpr ShownColumn story_columns[] = {
    {"id", "id", as_is},           {"day", "published_at", day_of},
    {"title", "title", as_is, 72}, {"articles", "articles", as_is},
    {"url", "url", as_is, 40},
};

constexpr ShownColumn change_columns[] = {
    {"day", "at", day_of},
    {"what", "", what_changed, 32},
    {"field", "field", field_of},
    {"before", "before", value_of, 24},
    {"after", "after", value_of, 24},
    {"quote", "quote", as_is, 40},
    {"url", "url", as_is, 40},
};

constexpr ShownColumn alert_columns[] = {
    {"id", "id", as_is},           {"kind", "kind", in_words}, {"day", "created_at", day_of},
    {"title", "title", as_is, 30}, {"why", "", why_of, 40},    {"show", "", shown_by},
};

constexpr ShownColumn search_columns[] = {
    {"id", "id", as_is},           {"day", "published_at", day_of},
    {"title", "title", as_is, 32}, {"snippet", "snippet", as_is, 48},
    {"url", "url", as_is, 40},
};

}  // namespace

const ListingTable mentions_table{mention_columns, 4};
const ListingTable contracts_table{contract_columns, 6};
const ListingTable stories_table{story_columns, 4};
const ListingTable changes_table{change_columns, 5};
const ListingTable alerts_table{alert_columns, 5};
const ListingTable search_table{search_columns, 4};

Cell NamedRow::cell(std::string_view column) const {
  const auto at = std::ranges::find(table_.columns, column);
  if (at == table_.columns.end()) return {};
  return row_[static_cast<std::size_t>(at - table_.columns.begin())];
}

std::string NamedRow::text(std::string_view column) const {
  return cell_text(cell(column));
}

Table shown_table(const Table& rows, const ListingTable& shape) {
  Table table;
  for (const ShownColumn& column : shape.columns) table.columns.emplace_back(column.heading);
  for (const auto& row : rows.rows) {
    auto& shown = table.rows.emplace_back();
    for (const ShownColumn& column : shape.columns)
      shown.push_back(column.shown(NamedRow{rows, row}, column.column));
  }
  return table;
}

ColumnRoom room_of(const ListingTable& shape) {
  ColumnRoom room{shape.kept, {}};
  for (const ShownColumn& column : shape.columns) room.enough.push_back(column.enough);
  return room;
}

}  // namespace stakeout
