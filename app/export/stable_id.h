#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace stakeout {

// The id of a thing in exports: "stk-" and the SHA-1 of its kind and of what tells it from others
// of its kind (a name, an address). The same in every export of every store.
[[nodiscard]] std::string stable_id(std::string_view kind,
                                    std::initializer_list<std::string_view> key);

}  // namespace stakeout
