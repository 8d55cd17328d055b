#include "storage/local_bodies.h"

#include "extractors/values/table_lines.h"

namespace stakeout::schema {
std::string_view data_local_bodies();  // data/local_bodies.tsv, compiled in
}

namespace stakeout {
namespace {

struct LocalBodies {
  std::vector<std::string_view> parts;   // what stands behind the place
  std::vector<std::string_view> wholes;  // with the place as *
};

const LocalBodies& local_bodies() {
  static const LocalBodies bodies = [] {
    LocalBodies read;
    std::string_view rest = schema::data_local_bodies();
    while (auto line = take_line(rest)) {
      const std::string_view sort = take_until(*line, "\t");
      (sort == "part" ? read.parts : read.wholes).push_back(*line);
    }
    return read;
  }();
  return bodies;
}

}  // namespace

std::vector<std::string> governments_of(std::string_view agency) {
  std::vector<std::string> names;
  for (const std::string_view part : local_bodies().parts) {
    if (!agency.ends_with(part) || agency.size() == part.size()) continue;
    const std::string_view place = agency.substr(0, agency.size() - part.size());
    for (const std::string_view whole : local_bodies().wholes)
      names.push_back(std::string{whole}.replace(whole.find('*'), 1, place));
    break;
  }
  return names;
}

}  // namespace stakeout
