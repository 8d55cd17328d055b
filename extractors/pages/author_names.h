#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stakeout {

// What of a byline's words is a name. UTF-8; the words for roles, credits and "by" are those of
// data/phrases.tsv.

// Cuts a byline at commas, slashes, bars, semicolons, line breaks and words for "and".
[[nodiscard]] std::vector<std::string> split_names(std::string_view text);

// "By Ann Example (Reuters) on 27 September" gives "Ann Example"; its role is still there. Empty
// when it is no name but part of a date.
[[nodiscard]] std::string bare_name(std::string_view raw);

// "Ann Example Senior Political Editor" gives "Ann Example".
[[nodiscard]] std::string without_role(std::string name);
[[nodiscard]] bool is_role(std::string_view words);

// Cuts off the marks around a name, but not the full stop of "Ann E.".
void trim_marks(std::string& name);

// "example.org", which has no author's name.
[[nodiscard]] bool is_host_name(std::string_view name);
// "annexample": what somebody logs in as. It is a name only where there is no other.
[[nodiscard]] bool is_login(std::string_view name);

}  // namespace stakeout
