#include <algorithm>

#include "app/export/export.h"
#include "app/export/export_file.h"

namespace stakeout {
namespace {

// By its ids; a view without ids by what tells its rows apart, which stands in its first columns.
std::string order_of(const std::vector<std::string>& columns) {
  if (columns.front() == "id") return "1";
  constexpr std::size_t enough = 6;
  std::string order = "1";
  for (std::size_t i = 2; i <= std::min(columns.size(), enough); ++i) {
    order += ", " + std::to_string(i);
  }
  return order;
}

ExportedFile export_view(Reader& reader, const std::filesystem::path& folder,
                         const std::string& view, OutputForm form) {
  const std::string select = "SELECT * FROM " + view;
  const auto columns = reader.columns_of(select);
  ExportedFile file{view + (form == OutputForm::csv ? ".csv" : ".jsonl")};
  ExportFile target{folder, file.name};
  RowPrinter printer{target.out(), columns, form};
  reader.each_row(select + " ORDER BY " + order_of(columns), {}, [&](const auto& row) {
    printer.print(row);
    ++file.lines;
  });
  target.done();
  return file;
}

}  // namespace

std::vector<ExportedFile> export_views(Reader& reader, const std::filesystem::path& folder,
                                       OutputForm form) {
  std::vector<ExportedFile> files;
  reader.at_one_moment([&] {
    const Table views = reader.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND name GLOB 'v_*' ORDER BY name");
    for (const auto& row : views.rows) {
      files.push_back(export_view(reader, folder, cell_text(row.at(0)), form));
    }
  });
  return files;
}

}  // namespace stakeout
