// Any bytes at all as a watchlist: what is read is sound, and reading what was read again from
// quoted cells gives the same.
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "extractors/facts/watchlist.h"
#include "extractors/text/unicode.h"

namespace {

std::string quoted(std::string_view cell) {
  std::string out = "\"";
  for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "|") + part;
  return quoted(out);
}

std::string as_csv(const stakeout::Entity& entity) {
  return std::string{stakeout::word_of(entity.kind)} + ',' + quoted(entity.name) + ',' +
         quoted(entity.category) + ',' + joined(entity.aliases) + ',' + quoted(entity.country) +
         ',' + quoted(entity.parent) + ',' + joined(entity.context) + ',' +
         quoted(entity.wikidata) + '\n';
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const stakeout::WatchlistFile file = stakeout::parse_watchlist(text, "f");
  for (const stakeout::Entity& entity : file.entities) {
    assert(!entity.name.empty() && stakeout::is_valid_utf8(entity.name));
    const stakeout::WatchlistFile again = stakeout::parse_watchlist(
        "kind,name,category,aliases,country,parent,context,wikidata\n" + as_csv(entity), "f");
    assert(again.warnings.empty() && again.entities.size() == 1);
    assert(again.entities.front() == entity);
  }
  stakeout::Watchlist list{file.entities};
  const std::size_t count = list.entities().size();
  list.merge(file.entities);
  assert(list.entities().size() == count);
  return 0;
}
