#include "app/commands/feed_table.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <string_view>

#include "alerts/plain_words.h"
#include "app/colors.h"
#include "app/commands/feeds_layout.h"
#include "app/output.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t shortest_id = 3;
constexpr std::size_t state_width = 8;
constexpr std::size_t age_width = 6;
constexpr std::size_t shortest_address = 20;
constexpr std::size_t longest_address = 48;  // that others are padded to
constexpr std::size_t words_indent = shortest_id + 2;

// "20 min", "3 h", "12 d"
std::string duration_words(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    std::int64_t from;
    const char* name;
  };
  static constexpr std::array units = {Unit{86'400, 2 * 86'400, " d"}, Unit{3'600, 2 * 3'600, " h"},
                                       Unit{60, 60, " min"}};
  for (const Unit& unit : units) {
    if (seconds >= unit.from)
      return std::to_string((seconds + unit.seconds / 2) / unit.seconds) + unit.name;
  }
  return "1 min";
}

// A row of v_feeds by the names of its columns.
class FeedRow {
 public:
  FeedRow(const Table& table, std::size_t row, Timestamp now)
      : table_{table}, row_{table.rows[row]}, now_{now} {}

  [[nodiscard]] std::string id() const { return text("id"); }

  [[nodiscard]] std::string state() const {
    if (number("listed") == 0) return "removed";
    const bool is_silent = text("status") == "ok" && !text("silent_since").empty();
    return is_silent ? "silent" : text("status");
  }

  [[nodiscard]] std::string since() const {
    const std::string silent = text("silent_since");
    return age(state() == "silent" ? silent : text("status_since"));
  }

  [[nodiscard]] std::string next() const {
    if (state() == "removed" || state() == "gone") return "";
    const auto time = parse_rfc3339(text("next_fetch_at"));
    return !time || *time <= now_ ? "now" : duration_words(*time - now_);
  }

  [[nodiscard]] std::string address() const { return text("url"); }

  // "every 3 h, last 20 min ago, 1204 entries"; nothing of a feed that never came.
  [[nodiscard]] std::string habits() const {
    if (text("last_success_at").empty()) return "";
    const std::int64_t gap = number("usual_gap");
    std::string words = gap > 0 ? "every " + duration_words(gap) : "no habit known yet";
    const std::string newest = age(text("newest_at"));
    if (!newest.empty()) words += ", last " + newest + " ago";
    const std::int64_t entries = number("entries");
    return words + ", " + std::to_string(entries) + (entries == 1 ? " entry" : " entries");
  }

  // What is wrong, and what to do; nothing of a feed that needs no attention.
  [[nodiscard]] std::string trouble() const {
    if (state() == "removed") return "";
    std::string words;
    const auto add = [&](const std::string& more) {
      if (!more.empty()) words += (words.empty() ? "" : "; ") + more;
    };
    if (state() == "failing" || state() == "gone") {
      add(text("last_error"));
      if (number("failed_polls") > 1)
        add(std::to_string(number("failed_polls")) + " polls failed in a row");
    }
    add(text("notes"));
    if (state() == "silent") {
      add("what to do: look on the site whether it was given up");
    } else if (!text("advice").empty()) {
      add("what to do: " + text("advice"));
    }
    return words;
  }

 private:
  [[nodiscard]] const Cell& cell(std::string_view column) const {
    const auto at = std::ranges::find(table_.columns, column) - table_.columns.begin();
    return row_.at(static_cast<std::size_t>(at));
  }

  [[nodiscard]] std::string text(std::string_view column) const {
    return plain_words(cell_text(cell(column)));
  }

  [[nodiscard]] std::int64_t number(std::string_view column) const {
    const auto* whole = std::get_if<std::int64_t>(&cell(column));
    return whole == nullptr ? 0 : *whole;
  }

  [[nodiscard]] std::string age(const std::string& instant) const {
    const auto time = parse_rfc3339(instant);
    return time ? duration_words(now_ - *time) : "";
  }

  const Table& table_;
  const std::vector<Cell>& row_;
  Timestamp now_;
};

std::string without_end_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

void print_feed_table(std::ostream& out, const Table& feeds, Timestamp now, std::size_t width,
                      bool is_colored) {
  std::size_t id_width = shortest_id;
  std::size_t address_width = shortest_address;
  for (std::size_t i = 0; i < feeds.rows.size(); ++i) {
    const FeedRow row{feeds, i, now};
    id_width = std::max(id_width, row.id().size());
    address_width = std::max(address_width, count_code_points(row.address()));
  }
  const std::size_t before = id_width + state_width + 2 * age_width + 4 * 2;
  std::size_t room = longest_address;
  if (width > 0) room = std::max(shortest_address, width - std::min(width, before));
  address_width = std::min({address_width, longest_address, room});

  const auto line_of = [&](const std::string& id, const std::string& state,
                           const std::string& since, const std::string& next,
                           const std::string& address, const std::string& words) {
    std::string line = std::string(id_width - id.size(), ' ') + id + "  " +
                       fitted(state, state_width) + "  " + fitted(since, age_width) + "  " +
                       fitted(next, age_width) + "  ";
    const std::size_t length = std::max(count_code_points(address), address_width);
    line += fitted(address, width == 0 ? length : std::min(length, room));
    const bool has_room =
        width == 0 || count_code_points(line) + 2 + count_code_points(words) <= width;
    return without_end_blanks(has_room ? line + "  " + words : line);
  };
  if (!feeds.rows.empty()) {
    out << painted(line_of("id", "state", "since", "next", "feed", ""), Paint::bold, is_colored)
        << '\n';
  }
  for (std::size_t i = 0; i < feeds.rows.size(); ++i) {
    const FeedRow row{feeds, i, now};
    out << line_of(row.id(), row.state(), row.since(), row.next(), row.address(), row.habits())
        << '\n';
    print_wrapped(out, row.trouble(), words_indent, width);
  }
}

}  // namespace stakeout
