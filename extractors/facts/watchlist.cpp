#include "extractors/facts/watchlist.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "extractors/facts/context_sets.h"
#include "extractors/facts/csv.h"
#include "extractors/text/unicode.h"

namespace stakeout {

std::string_view watchlist_csv();  // data/watchlist.csv

namespace {

constexpr std::array<std::string_view, 8> column_names = {
    "kind", "name", "category", "aliases", "country", "parent", "context", "wikidata"};
constexpr std::size_t column_count = column_names.size();
constexpr std::size_t longest_name = 300;  // bytes; a longer one is a broken line, not a name
constexpr std::string_view emptied = "-";

// Where each column of column_names stands in a file.
using Columns = std::array<std::optional<std::size_t>, column_count>;

std::string_view cell_of(const CsvRecord& record, const Columns& columns, std::size_t column) {
  const auto at = columns[column];
  return at && *at < record.cells.size() ? std::string_view{record.cells[*at]} : "";
}

std::vector<std::string> parts_of(std::string_view cell) {
  std::vector<std::string> parts;
  while (!cell.empty()) {
    const std::size_t end = cell.find('|');
    std::string part = collapse_white_space(cell.substr(0, end));
    if (!part.empty()) parts.push_back(std::move(part));
    cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
  }
  return parts;
}

bool is_country_code(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_wikidata_id(std::string_view text) {
  return text.size() >= 2 && text.front() == 'Q' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class WatchlistReader {
 public:
  explicit WatchlistReader(std::string_view file_name) : file_name_{file_name} {
    for (std::size_t i = 0; i < column_count; ++i) columns_[i] = i;
  }

  WatchlistFile read(std::string_view csv) {
    if (const std::size_t at = csv.find('\0'); at != std::string_view::npos) {
      const auto line =
          1 + std::count(csv.begin(), csv.begin() + static_cast<std::ptrdiff_t>(at), '\n');
      return unreadable(static_cast<std::size_t>(line), "not a text file in UTF-8");
    }
    bool is_first = true;
    for (const CsvRecord& record : read_csv(csv)) {
      if (const char* mark = is_first ? wrong_mark(record) : nullptr; mark != nullptr) {
        return unreadable(record.line,
                          "the cells are parted by " + std::string{mark} + "; write ',' instead");
      }
      if (!record.fault.empty()) {
        warn(record.line, record.fault);
      } else if (is_first && is_header(record)) {
        read_header(record);
      } else {
        read_entity(record);
      }
      is_first = false;
    }
    return std::move(file_);
  }

 private:
  // What the cells of a file are parted by whose first line is one cell to us, with the word of a
  // kind between other marks; else null.
  static const char* wrong_mark(const CsvRecord& record) {
    if (record.cells.empty()) return nullptr;
    const std::string first = fold_case(record.cells.front());
    for (const auto& [mark, name] : {std::pair{';', "';'"}, std::pair{'\t', "tabs"}}) {
      if (first.find(mark) == std::string::npos) continue;
      const std::string marked = mark + first + mark;
      for (const std::string_view kind : {"kind", "vendor", "agency"}) {
        if (marked.find(mark + std::string{kind} + mark) != std::string::npos) return name;
      }
    }
    return nullptr;
  }

  WatchlistFile unreadable(std::size_t line, std::string_view reason) {
    file_.is_readable = false;
    warn(line, reason);
    return std::move(file_);
  }

  static bool is_header(const CsvRecord& record) {
    return std::any_of(record.cells.begin(), record.cells.end(),
                       [](const std::string& cell) { return fold_case(cell) == "kind"; });
  }

  void read_header(const CsvRecord& record) {
    columns_.fill(std::nullopt);
    width_ = record.cells.size();
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
      const auto column =
          std::find(column_names.begin(), column_names.end(), fold_case(record.cells[i]));
      if (column == column_names.end()) {
        warn(record.line, "unknown column '" + record.cells[i] + "'");
      } else {
        columns_[static_cast<std::size_t>(column - column_names.begin())] = i;
      }
    }
  }

  void read_entity(const CsvRecord& record) {
    const auto cell = [&](std::size_t column) { return cell_of(record, columns_, column); };
    const std::string kind_word = fold_case(cell(0));
    const auto kind = find_word<EntityKind>(kind_word);
    if (record.cells.size() > width_) return warn(record.line, "more cells than columns");
    if (!std::all_of(record.cells.begin(), record.cells.end(), is_valid_utf8)) {
      return warn(record.line, "not UTF-8");
    }
    if (!kind) return warn(record.line, "kind is neither vendor nor agency: '" + kind_word + "'");

    Entity entity;
    entity.kind = *kind;
    entity.name = collapse_white_space(without_control_characters(cell(1)));
    if (entity.name.empty()) return warn(record.line, "no name");
    if (entity.name.size() > longest_name) return warn(record.line, "the name is too long");
    entity.category = fold_case(cell(2));
    entity.aliases = parts_of(cell(3));
    entity.country =
        checked(record.line, fold_case(cell(4)), is_country_code, "country is no two-letter code");
    entity.parent = collapse_white_space(cell(5));
    entity.context = context_of(record.line, cell(6));
    entity.wikidata =
        checked(record.line, std::string{cell(7)}, is_wikidata_id, "wikidata is no Q number");
    file_.entities.push_back(std::move(entity));
    file_.lines.push_back(record.line);
  }

  // Without the sets that nobody knows, and a warning for each of these.
  std::vector<std::string> context_of(std::size_t line, std::string_view cell) {
    std::vector<std::string> words = parts_of(cell);
    std::erase_if(words, [&](const std::string& word) {
      const bool is_unknown = is_context_set(word) && words_of_context_set(word).empty();
      if (is_unknown) warn(line, "there is no set of context words '" + word + "'");
      return is_unknown;
    });
    return words;
  }

  // The value, or nothing and a warning when it has the wrong form; the line is used without it.
  std::string checked(std::size_t line, std::string value, bool (*is_good)(std::string_view),
                      std::string_view fault) {
    if (value.empty() || value == emptied || is_good(value)) return value;
    warn(line, std::string{fault} + ": '" + value + "'");
    return {};
  }

  void warn(std::size_t line, std::string_view reason) {
    std::string warning{file_name_};
    warning.append(":").append(std::to_string(line)).append(": ").append(reason);
    file_.warnings.push_back(std::move(warning));
  }

  std::string_view file_name_;
  Columns columns_;
  std::size_t width_ = column_count;
  WatchlistFile file_;
};

// What makes two names of one kind the same name.
std::string name_key(EntityKind kind, std::string_view name) {
  std::string key = fold_case(collapse_white_space(name));
  for (const std::string_view prefix : {"the ", "u.s. ", "us ", "united states "}) {
    if (key.starts_with(prefix) && key.size() > prefix.size()) key.erase(0, prefix.size());
  }
  return std::string{word_of(kind)} + '\n' + key;
}

void override_cell(std::string& cell, std::string by) {
  if (by == emptied) {
    cell.clear();
  } else if (!by.empty()) {
    cell = std::move(by);
  }
}

void override_cell(std::vector<std::string>& cell, std::vector<std::string> by) {
  if (by.size() == 1 && by.front() == emptied) {
    cell.clear();
  } else if (!by.empty()) {
    cell = std::move(by);
  }
}

void override_entity(Entity& entity, Entity by) {
  entity.name = std::move(by.name);
  override_cell(entity.category, std::move(by.category));
  override_cell(entity.aliases, std::move(by.aliases));
  override_cell(entity.country, std::move(by.country));
  override_cell(entity.parent, std::move(by.parent));
  override_cell(entity.context, std::move(by.context));
  override_cell(entity.wikidata, std::move(by.wikidata));
}

}  // namespace

WatchlistFile parse_watchlist(std::string_view csv, std::string_view file_name) {
  return WatchlistReader{file_name}.read(csv);
}

void Watchlist::merge(std::vector<Entity> entities) {
  for (Entity& entity : entities) {
    const auto [known, is_new] =
        by_name_.try_emplace(name_key(entity.kind, entity.name), entities_.size());
    if (is_new) entities_.emplace_back().kind = entity.kind;
    override_entity(entities_[known->second], std::move(entity));
  }
}

const Entity* Watchlist::find(EntityKind kind, std::string_view name) const {
  const auto known = by_name_.find(name_key(kind, name));
  return known == by_name_.end() ? nullptr : &entities_[known->second];
}

const Watchlist& shipped_watchlist() {
  static const Watchlist list{shipped_watchlist_file().entities};
  return list;
}

WatchlistFile shipped_watchlist_file() {
  return parse_watchlist(watchlist_csv(), "shipped watchlist");
}

}  // namespace stakeout
