#include "app/dropped_texts.h"

#include <cstddef>
#include <cstdint>
#include <variant>

#include "alerts/value_words.h"

namespace stakeout {
namespace {

std::size_t dropped_texts(Reader& reader) {
  const Table count = reader.rows(
      "SELECT count(*) FROM revisions r JOIN articles a ON a.id = r.article_id AND a.revision_id = "
      "r.id WHERE r.text_dropped_at IS NOT NULL");
  return static_cast<std::size_t>(std::get<std::int64_t>(count.rows.at(0).at(0)));
}

}  // namespace

std::optional<std::string> note_of_dropped_texts(Reader& reader, const std::string& done_with) {
  const std::size_t dropped = dropped_texts(reader);
  if (dropped == 0) return std::nullopt;
  return (dropped == 1 ? "the text of " : "the texts of ") + counted(dropped, "article") +
         " could not be " + done_with + ": dropped by [retention] in the settings";
}

}  // namespace stakeout
