#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stakeout {

// Why a surface form says too little to count wherever it stands, for a person: "reads as the
// common word 'circles'". Nothing when it may. A form that is risky should have context words, so
// that the matcher looks for them. Pure; any thread.
[[nodiscard]] std::optional<std::string> risk_of_alias(std::string_view alias);

}  // namespace stakeout
