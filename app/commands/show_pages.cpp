#include "app/commands/show_pages.h"

#include <algorithm>
#include <ostream>
#include <sstream>

#include "alerts/plain_words.h"
#include "app/colors.h"
#include "app/commands/feeds_layout.h"
#include "app/output.h"

namespace stakeout {
namespace {

constexpr std::size_t indent = 2;

// What is told beside the title.
Cell told(const NamedRow& row, std::string_view column) {
  const Cell news = news_of(row, column);
  return cell_text(news).empty() ? row.cell("title") : news;
}

constexpr ShownColumn alert_columns[] = {{"alert", "id", as_is},
                                         {"day", "created_at", day_of},
                                         {"kind", "kind", in_words},
                                         {"what", "", told, 32}};
constexpr ListingTable alert_shape{alert_columns, 4};

constexpr ShownColumn rejection_columns[] = {{"kind", "kind", as_is},
                                             {"id", "id", as_is},
                                             {"article", "article_id", as_is},
                                             {"what", "what", as_is, 24},
                                             {"why", "why", as_is, 24}};
constexpr ListingTable rejection_shape{rejection_columns, 5};

}  // namespace

void print_title(const Page& page, std::string_view title) {
  page.out << '\n' << painted(title, Paint::bold, page.is_colored) << '\n';
}

void print_titled_table(const Page& page, const std::string& title, const Table& rows,
                        const ListingTable& shape) {
  if (rows.rows.empty()) return;
  print_title(page, title);
  std::ostringstream lines;
  const std::size_t room = page.width == 0 ? 0 : std::max(page.width, indent + 1) - indent;
  print_wrapped_table(lines, shown_table(rows, shape), room_of(shape), room, page.is_colored);
  std::istringstream printed{std::move(lines).str()};
  for (std::string line; std::getline(printed, line);)
    page.out << std::string(indent, ' ') << line << '\n';
}

void print_words(const Page& page, std::string_view words, std::size_t blanks) {
  print_wrapped(page.out, plain_words(words), blanks, page.width);
}

void print_hint(const Page& page, std::string_view what, std::string_view command) {
  page.out << std::string(indent, ' ') << what << ":\n      " << command << '\n';
}

const Table& rows_of_section(const std::vector<Section>& sections, std::string_view title) {
  static const Table none;
  const auto found = std::ranges::find(sections, title, &Section::title);
  return found == sections.end() ? none : found->table;
}

void print_alerts(const Page& page, const std::vector<Section>& sections) {
  print_titled_table(page, "Alerts", rows_of_section(sections, "alerts"), alert_shape);
}

void print_rejections(const Page& page, const Table& rejected) {
  print_titled_table(page, "Rejected", rejected, rejection_shape);
}

}  // namespace stakeout
