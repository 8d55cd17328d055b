#include "extractors/pages/metadata_sources.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "extractors/text/table.h"

namespace stakeout {

std::string_view metadata_sources_table();

namespace {

constexpr std::array<std::pair<std::string_view, Field>, 6> field_names{{
    {"published", Field::published},
    {"modified", Field::modified},
    {"author", Field::author},
    {"site", Field::site},
    {"language", Field::language},
    {"title", Field::title},
}};

constexpr std::array<std::pair<std::string_view, Source>, 11> source_names{{
    {"json_ld", Source::json_ld},
    {"meta", Source::meta},
    {"property", Source::property},
    {"time", Source::time},
    {"marked", Source::marked},
    {"link", Source::link},
    {"line", Source::line},
    {"above", Source::above},
    {"address", Source::address},
    {"anywhere", Source::anywhere},
    {"script", Source::script},
}};

// In place of a field: properties that lead away from the article.
constexpr std::string_view elsewhere = "elsewhere";

struct SourceTable {
  std::array<std::vector<SourceRow>, field_names.size()> fields;
  std::vector<std::string_view> elsewhere;
};

const SourceTable& table() {
  static const SourceTable read = [] {
    SourceTable result;
    for (const auto& row : read_table(metadata_sources_table())) {
      if (!is_source_row(row)) continue;
      if (row[0] == elsewhere) {
        result.elsewhere.push_back(row[2]);
      } else {
        result.fields[static_cast<std::size_t>(*named(field_names, row[0]))].push_back(
            {*named(source_names, row[1]), row[2]});
      }
    }
    return result;
  }();
  return read;
}

}  // namespace

bool is_source_row(const std::vector<std::string_view>& row) {
  if (row.size() != 3 || row[2].empty()) return false;
  return (row[0] == elsewhere || named(field_names, row[0])) && named(source_names, row[1]);
}

const std::vector<SourceRow>& sources_of(Field field) {
  return table().fields[static_cast<std::size_t>(field)];
}

bool leads_elsewhere(std::string_view property) {
  const std::vector<std::string_view>& names = table().elsewhere;
  return std::find(names.begin(), names.end(), property) != names.end();
}

}  // namespace stakeout
