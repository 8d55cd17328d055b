#include "app/wrapped_table.h"

#include <algorithm>
#include <ostream>
#include <string_view>

#include "alerts/plain_words.h"
#include "app/colors.h"
#include "app/output.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t gap = 2;
// A column is no wider than this, whatever there is room for.
constexpr std::size_t widest = 72;
// Columns as wide as this at most are never narrowed: days, states, numbers.
constexpr std::size_t firm = 16;
constexpr std::size_t narrowest = 8;
constexpr std::size_t most_lines = 4;

struct Column {
  std::size_t index = 0;
  std::size_t natural = 0;
  std::size_t width = 0;
};

std::string text_of(const Cell& cell) {
  return plain_words(cell_text(cell));
}

bool is_number(const Cell& cell) {
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
}

template <class Widths>
std::size_t total(const std::vector<Column>& columns, const Widths& width_of) {
  std::size_t sum = 0;
  for (const Column& column : columns) sum += width_of(column) + gap;
  return sum - std::min(sum, gap);
}

std::vector<Column> columns_of(const Table& table, bool with_empty) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::size_t longest = 0;
    for (const auto& row : table.rows)
      longest = std::max(longest, count_code_points(text_of(row[i])));
    if (longest == 0 && !with_empty) continue;
    const std::size_t heading = count_code_points(table.columns[i]);
    columns.push_back({i, std::min(std::max(longest, heading), widest), 0});
  }
  return columns;
}

// Takes out columns, the last first, until those that are left have enough of `width`.
void leave_out(std::vector<Column>& columns, const ColumnRoom& room, std::size_t width) {
  const auto enough = [&](const Column& column) {
    return std::min(column.natural, std::max(room.enough[column.index], firm));
  };
  while (columns.size() > 1 && columns.back().index >= room.kept && total(columns, enough) > width)
    columns.pop_back();
}

// Shares `width` out: who needs little has it all, the others have equal parts of the rest.
void share(std::vector<Column>& columns, std::size_t width) {
  std::size_t cap = widest;
  const auto capped = [&](const Column& column) {
    return column.natural <= firm ? column.natural : std::min(column.natural, cap);
  };
  while (cap > narrowest && total(columns, capped) > width) --cap;
  for (Column& column : columns) column.width = capped(column);
  // What equal parts leave over.
  std::size_t left = width - std::min(width, total(columns, capped));
  for (Column& column : columns) {
    if (left == 0) break;
    if (column.width == column.natural) continue;
    ++column.width;
    --left;
  }
}

// The first `most` code points.
std::string_view first_letters(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < most; ++count)
    at = code_point_at(text, at).next;
  return text.substr(0, at);
}

// Text in lines of at most `width` code points, broken at blanks where there are any.
std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t most) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    if (lines.size() + 1 == most || count_code_points(text) <= width) {
      lines.push_back(shortened(text, width));
      break;
    }
    std::string_view line = first_letters(text, width);
    const std::size_t blank = text[line.size()] == ' ' ? line.size() : line.rfind(' ');
    if (blank != std::string_view::npos && blank > 0) line = line.substr(0, blank);
    lines.emplace_back(line);
    text.remove_prefix(line.size());
    if (text.starts_with(' ')) text.remove_prefix(1);
  }
  return lines;
}

void print_row(std::ostream& out, const std::vector<Cell>& row, const std::vector<Column>& columns,
               std::size_t most, bool is_bold = false) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (const Column& column : columns) {
    cells.push_back(wrapped(text_of(row[column.index]), column.width, most));
    height = std::max(height, cells.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string cell = line < cells[i].size() ? cells[i][line] : std::string{};
      const std::string blanks(columns[i].width - count_code_points(cell), ' ');
      const bool right = is_number(row[columns[i].index]);
      text += (i == 0 ? "" : std::string(gap, ' ')) + (right ? blanks + cell : cell + blanks);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << painted(text, Paint::bold, is_bold) << '\n';
  }
}

}  // namespace

std::vector<std::string> print_wrapped_table(std::ostream& out, const Table& table,
                                             const ColumnRoom& room, std::size_t width,
                                             bool is_colored) {
  const bool is_narrow = width > 0;
  std::vector<Column> columns = columns_of(table, !is_narrow || table.rows.empty());
  std::vector<std::string> missing;
  if (is_narrow) {
    const std::vector<Column> all = columns;
    leave_out(columns, room, width);
    for (std::size_t i = columns.size(); i < all.size(); ++i)
      missing.push_back(table.columns[all[i].index]);
    share(columns, width);
  } else {
    for (Column& column : columns) column.width = column.natural;
  }
  const std::vector<Cell> heading{table.columns.begin(), table.columns.end()};
  const std::size_t most = is_narrow ? most_lines : 1;
  print_row(out, heading, columns, most, is_colored);
  for (const auto& row : table.rows) print_row(out, row, columns, most);
  return missing;
}

}  // namespace stakeout
