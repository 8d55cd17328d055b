#include "app/commands/feed_table.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <string>
#include <string_view>

#include "alerts/plain_words.h"
#include "app/output.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t state_width = 8;
constexpr std::size_t age_width = 6;
constexpr std::size_t shortest_address = 20;
constexpr std::size_t longest_address = 48;

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

// `text` with blanks up to `width` code points, or cut to it.
std::string fitted(const std::string& text, std::size_t width) {
  const std::size_t length = count_code_points(text);
  if (length <= width) return text + std::string(width - length, ' ');
  std::size_t at = 0;
  for (std::size_t count = 0; count + 1 < width; ++count) at = code_point_at(text, at).next;
  return text.substr(0, at) + "…";
}

// A row of v_feeds by the names of its columns.
class FeedRow {
 public:
  FeedRow(const Table& table, std::size_t row, Timestamp now)
      : table_{table}, row_{table.rows[row]}, now_{now} {}

  [[nodiscard]] std::string state() const {
    if (number("listed") == 0) return "off list";
    const bool is_silent = text("status") == "ok" && !text("silent_since").empty();
    return is_silent ? "silent" : text("status");
  }

  [[nodiscard]] std::string since() const {
    const std::string silent = text("silent_since");
    return age(state() == "silent" ? silent : text("status_since"));
  }

  [[nodiscard]] std::string address() const {
    const std::string url = text("url");
    const std::size_t scheme = url.find("://");
    return url.substr(scheme == std::string::npos ? 0 : scheme + 3);
  }

  [[nodiscard]] std::string how_it_is() const {
    const std::string status = text("status");
    std::string words;
    if (status == "new") return "not asked yet";
    if (status == "failing" || status == "gone") {
      words = text("last_error");
      if (!text("advice").empty()) words += ": " + text("advice");
    } else {
      words = habits();
    }
    if (state() == "silent") words = "look on the site whether it was given up; " + words;
    if (!text("notes").empty()) words = text("notes") + "; " + words;
    if (status == "failing" && number("failed_polls") > 1)
      words += "; " + std::to_string(number("failed_polls")) + " polls";
    return status == "gone" ? words : words + next();
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

  // "every 3 h, last 20 min ago, 1204 entries"
  [[nodiscard]] std::string habits() const {
    const std::int64_t gap = number("usual_gap");
    std::string words = gap > 0 ? "every " + duration_words(gap) : "no habit known yet";
    const std::string newest = age(text("newest_at"));
    if (!newest.empty()) words += ", last " + newest + " ago";
    const std::int64_t entries = number("entries");
    return words + ", " + std::to_string(entries) + (entries == 1 ? " entry" : " entries");
  }

  [[nodiscard]] std::string next() const {
    const auto time = parse_rfc3339(text("next_fetch_at"));
    if (!time) return "";
    return *time <= now_ ? "; due now" : "; next in " + duration_words(*time - now_);
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

void print_feed_table(std::ostream& out, const Table& feeds, Timestamp now, std::size_t width) {
  std::size_t address_width = shortest_address;
  for (std::size_t i = 0; i < feeds.rows.size(); ++i) {
    const std::size_t length = count_code_points(FeedRow{feeds, i, now}.address());
    address_width = std::max(address_width, length);
  }
  const std::size_t share = width == 0 ? longest_address : width * 2 / 5;
  address_width = std::min({address_width, longest_address, std::max(share, shortest_address)});

  const auto print = [&](const std::string& state, const std::string& since,
                         const std::string& address, const std::string& words) {
    const std::string line = fitted(state, state_width) + "  " + fitted(since, age_width) + "  " +
                             fitted(address, address_width) + "  " + words;
    const bool is_long = width > 0 && count_code_points(line) > width;
    out << without_end_blanks(is_long ? fitted(line, width) : line) << '\n';
  };
  if (!feeds.rows.empty()) print("state", "since", "feed", "how it is");
  for (std::size_t i = 0; i < feeds.rows.size(); ++i) {
    const FeedRow row{feeds, i, now};
    print(row.state(), row.since(), row.address(), row.how_it_is());
  }
}

}  // namespace stakeout
