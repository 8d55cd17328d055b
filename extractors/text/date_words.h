#pragma once

#include <optional>
#include <string_view>

#include "extractors/text/word_map.h"

namespace stakeout {

// What a word says in a written date (data/date_words.tsv). A few words are weekday and month at
// once: "mar." is March, and Tuesday in Spanish.
struct DateWord {
  int month = 0;  // 1 to 12; 0: no month
  bool is_weekday = false;
  bool is_before_noon = false;
  bool is_after_noon = false;
  bool is_mark = false;    // 年, 月, 日 and their like
  char clock_mark = '\0';  // 'h', 'm', 's': 時, 分, 秒 and their like
  bool is_filler = false;  // "at", "of", "de", "th"
};

// The meaning of a word that went through fold_accents(); nullopt when it has none.
[[nodiscard]] std::optional<DateWord> find_date_word(std::string_view folded);
[[nodiscard]] std::optional<DateWord> find_date_word(std::string_view folded, WordHash hash);

// Seconds east of UTC of a time zone at a local time, given as seconds since 1970 as if it were
// UTC. Knows abbreviations (data/time_zones.tsv) and IANA names ("America/New_York", "Etc/GMT") in
// any case; nullopt for other names.
[[nodiscard]] std::optional<int> find_zone_offset(std::string_view name,
                                                  std::int64_t local_seconds);

}  // namespace stakeout
