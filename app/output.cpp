#include "app/output.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ostream>

#include "alerts/plain_words.h"
#include "app/colors.h"
#include "app/inspect/inspect.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// A cell of a table is cut to so many code points.
constexpr std::size_t longest_cell = 72;

Json cell_json(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> Json {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) {
          return nullptr;
        } else {
          return value;
        }
      },
      cell);
}

// The columns as keys of an object, each once: a second "a" is "a:1", a third "a:2", as SQLite
// names them in a view.
std::vector<std::string> keys_of(const std::vector<std::string>& columns) {
  std::vector<std::string> keys;
  for (const std::string& column : columns) {
    std::string key = column;
    for (std::size_t n = 1; std::ranges::find(keys, key) != keys.end(); ++n)
      key = column + ":" + std::to_string(n);
    keys.push_back(std::move(key));
  }
  return keys;
}

// Spreadsheets run what begins with one of these signs; a leading apostrophe makes it text.
bool looks_like_formula(const std::string& text) {
  return !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
}

std::string csv_cell(const Cell& cell) {
  std::string text = cell_text(cell);
  if (std::holds_alternative<std::string>(cell) && looks_like_formula(text)) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

// The text of a cell on one line, cut where it is long.
std::string table_cell(const Cell& cell) {
  const std::string text = plain_words(cell_text(cell));
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < longest_cell; ++count)
    at = code_point_at(text, at).next;
  return at == text.size() ? text : text.substr(0, at) + "…";
}

bool is_number(const Cell& cell) {
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
}

// Columns that people want least, the first of them first to go where a table is too wide.
constexpr std::array<std::string_view, 34> least_wanted = {
    "feed_id",       "entity_id",    "contract_id", "story_id",        "first_article_id",
    "revision_id",   "vendor_id",    "agency_id",   "start",           "end",
    "rule",          "words",        "claims",      "extractor",       "last_changed_at",
    "first_seen_at", "last_seen_at", "stories",     "wikidata",        "parent",
    "amount_max",    "qualifier",    "award_id",    "starts_on",       "term",
    "canonical_url", "article_id",   "first",       "last_fetched_at", "entity",
    "text",          "url",          "kind",        "ends_on"};

// A column of words is cut to so many code points at least before another one is left out.
constexpr std::size_t least_width = 20;
constexpr std::size_t gap = 2;

struct Column {
  std::size_t index = 0;
  std::size_t width = 0;
  bool is_cut = false;  // may be cut: words, not numbers
};

std::size_t least_width_of(const Column& column) {
  return column.is_cut ? std::min(column.width, least_width) : column.width;
}

template <class Widths>
std::size_t total(const std::vector<Column>& columns, const Widths& width_of) {
  std::size_t sum = 0;
  for (const Column& column : columns) sum += width_of(column) + gap;
  return sum - std::min(sum, gap);
}

// The one to leave out: of those that are wanted least, else the last.
std::size_t least_wanted_of(const std::vector<Column>& columns,
                            const std::vector<std::string>& names) {
  for (const std::string_view name : least_wanted) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (names[columns[i].index] == name) return i;
    }
  }
  return columns.size() - 1;
}

// Makes the columns fit into `width`.
void fit(std::vector<Column>& columns, const std::vector<std::string>& names, std::size_t width) {
  while (columns.size() > 1 && total(columns, least_width_of) > width) {
    const std::size_t out = least_wanted_of(columns, names);
    columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(out));
  }
  std::size_t cap = least_width;
  const auto capped = [&](const Column& column) {
    return column.is_cut ? std::min(column.width, cap) : column.width;
  };
  while (cap < longest_cell + 1 && total(columns, capped) <= width) ++cap;
  if (total(columns, capped) > width && cap > least_width) --cap;
  for (Column& column : columns) column.width = capped(column);
}

using Lines = std::vector<std::vector<std::string>>;

// The heading and the rows, as they are printed.
Lines lines_of(const Table& table) {
  Lines lines{table.columns};
  for (const auto& row : table.rows) {
    auto& line = lines.emplace_back();
    for (const Cell& cell : row) line.push_back(table_cell(cell));
  }
  return lines;
}

std::vector<Column> columns_of(const Table& table, const Lines& lines) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    Column column{i, 0, true};
    for (const auto& line : lines)
      column.width = std::max(column.width, count_code_points(line[i]));
    column.is_cut =
        std::ranges::none_of(table.rows, [&](const auto& row) { return is_number(row[i]); });
    columns.push_back(column);
  }
  return columns;
}

bool is_empty_column(const Table& table, std::size_t index) {
  return std::ranges::all_of(table.rows,
                             [&](const auto& row) { return cell_text(row[index]).empty(); });
}

void print_lines(std::ostream& out, const Table& table, const Lines& lines,
                 const std::vector<Column>& columns, bool is_colored) {
  for (std::size_t number = 0; number < lines.size(); ++number) {
    std::string text;
    for (const Column& column : columns) {
      const std::string cell = shortened(lines[number][column.index], column.width);
      const std::string blanks(column.width - count_code_points(cell), ' ');
      const bool right = number > 0 && is_number(table.rows[number - 1][column.index]);
      text += (text.empty() ? "" : std::string(gap, ' ')) + (right ? blanks + cell : cell + blanks);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << painted(text, Paint::bold, is_colored && number == 0) << '\n';
  }
}

std::vector<std::string> print_aligned(std::ostream& out, const Table& table, std::size_t width,
                                       bool is_colored) {
  const Lines lines = lines_of(table);
  std::vector<Column> columns = columns_of(table, lines);
  std::vector<std::string> missing;
  const auto natural = [](const Column& column) { return column.width; };
  if (width > 0 && !columns.empty() && total(columns, natural) > width) {
    if (!table.rows.empty()) {
      std::erase_if(columns, [&](const Column& c) { return is_empty_column(table, c.index); });
    }
    const std::vector<Column> full = columns;
    if (!columns.empty()) fit(columns, table.columns, width);
    for (const Column& column : full) {
      const bool stays = std::ranges::any_of(
          columns, [&](const Column& kept) { return kept.index == column.index; });
      if (!stays) missing.push_back(table.columns[column.index]);
    }
  }
  print_lines(out, table, lines, columns, is_colored);
  return missing;
}

}  // namespace

std::string cell_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  const Json value = cell_json(cell);
  return value.is_null() ? std::string{} : value.dump();
}

RowPrinter::RowPrinter(std::ostream& out, const std::vector<std::string>& columns, OutputForm form)
    : out_{out}, keys_{keys_of(columns)}, is_csv_{form == OutputForm::csv} {
  if (!is_csv_) return;
  for (std::size_t i = 0; i < columns.size(); ++i) out_ << (i > 0 ? "," : "") << columns[i];
  out_ << "\r\n";
}

void RowPrinter::print(const std::vector<Cell>& row) {
  if (is_csv_) {
    for (std::size_t i = 0; i < row.size(); ++i) out_ << (i > 0 ? "," : "") << csv_cell(row[i]);
    out_ << "\r\n";
    return;
  }
  Json object = Json::object();
  for (std::size_t i = 0; i < row.size(); ++i) object[keys_[i]] = cell_json(row[i]);
  out_ << json_line(object);
}

std::vector<std::string> print_table(std::ostream& out, const Table& table, OutputForm form,
                                     std::size_t width, bool is_colored) {
  if (form == OutputForm::table) return print_aligned(out, table, width, is_colored);
  RowPrinter printer{out, table.columns, form};
  for (const auto& row : table.rows) printer.print(row);
  return {};
}

}  // namespace stakeout
