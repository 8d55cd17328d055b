#pragma once

#include <string>
#include <vector>

#include "app/settings.h"

namespace stakeout {

// What `config check` says of the settings and the files that they name.
struct SettingsFindings {
  std::vector<std::string>
      faults;  // nothing works, or not as it was meant, before these are mended
  std::vector<std::string> warnings;  // to be looked at; the settings can be used as they are
  std::size_t empty_filters = 0;      // of the warnings: filters that let nothing through
};

// Everything that is wrong, whatever else is: the faults of the reading, files that are not there,
// digests without readers or ways to them, filters that nobody answers to. What is wrong with
// single lines of the feed list and the watchlists is logged as warnings.
[[nodiscard]] SettingsFindings check_settings_and_files(const SettingsReading& reading);

}  // namespace stakeout
