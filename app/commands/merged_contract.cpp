#include "app/commands/merged_contract.h"

#include "app/output.h"

namespace stakeout {

std::string hint_of_merge(Reader& reader, std::int64_t id) {
  const Table other = reader.rows(
      "SELECT contract_id FROM claims WHERE contract_before = ?1 AND contract_id <> ?1 UNION ALL "
      "SELECT contract_id FROM alerts WHERE key BETWEEN ?2 || ':' AND ?2 || ';' AND contract_id <> "
      "?1 LIMIT 1",
      {id, "contract:" + std::to_string(id)});
  if (other.rows.empty()) return "";
  const std::string number = cell_text(other.rows.front().front());
  return " any more: it went into contract " + number +
         "; look at it with: stakeout show contract " + number;
}

}  // namespace stakeout
