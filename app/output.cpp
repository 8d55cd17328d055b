#include "app/output.h"

#include <algorithm>
#include <ostream>

#include "alerts/plain_words.h"
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

void print_json(std::ostream& out, const Table& table) {
  const std::vector<std::string> keys = keys_of(table.columns);
  for (const auto& row : table.rows) {
    Json object = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i) object[keys[i]] = cell_json(row[i]);
    out << json_line(object);
  }
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

void print_csv(std::ostream& out, const Table& table) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out << (i > 0 ? "," : "") << table.columns[i];
  out << "\r\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out << (i > 0 ? "," : "") << csv_cell(row[i]);
    out << "\r\n";
  }
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

void print_aligned(std::ostream& out, const Table& table) {
  std::vector<std::vector<std::string>> lines{table.columns};
  for (const auto& row : table.rows) {
    auto& line = lines.emplace_back();
    for (const Cell& cell : row) line.push_back(table_cell(cell));
  }
  std::vector<std::size_t> widths(table.columns.size());
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], count_code_points(line[i]));
  }
  for (std::size_t number = 0; number < lines.size(); ++number) {
    std::string text;
    for (std::size_t i = 0; i < lines[number].size(); ++i) {
      const std::string& cell = lines[number][i];
      const std::string gap(widths[i] - count_code_points(cell), ' ');
      const bool right = number > 0 && is_number(table.rows[number - 1][i]);
      text += (i > 0 ? "  " : "") + (right ? gap + cell : cell + gap);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << '\n';
  }
}

}  // namespace

std::string cell_text(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  const Json value = cell_json(cell);
  return value.is_null() ? std::string{} : value.dump();
}

void print_table(std::ostream& out, const Table& table, OutputForm form) {
  switch (form) {
    case OutputForm::json:
      print_json(out, table);
      break;
    case OutputForm::csv:
      print_csv(out, table);
      break;
    case OutputForm::table:
      print_aligned(out, table);
      break;
  }
}

}  // namespace stakeout
