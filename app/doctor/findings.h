#pragma once

#include <string>
#include <vector>

#include "app/feed_list.h"
#include "app/settings.h"
#include "crawler/clock.h"

namespace stakeout {

enum class Verdict {
  good,
  attention,  // it works, but somebody should look at it
  fault,      // something will not work
};

// One line of `stakeout doctor`.
struct Finding {
  std::string subject;  // "disk"
  Verdict verdict = Verdict::good;
  std::string what;    // "212 MB are free on the disk of /var/lib/stakeout"
  std::string advice;  // what to do; empty when all is well
};

// Each looks at one side of an installation and changes nothing. None throws: what cannot be found
// out is a finding, too.

// The settings themselves, the feed list and the watchlists that they name.
[[nodiscard]] std::vector<Finding> check_files(const Settings& settings);

// The database, its permissions, the disk that it is on, how the feeds are, and what waits to be
// sent.
[[nodiscard]] std::vector<Finding> check_store(const Settings& settings, Timestamp now);

// Whether mails could go out now, if a digest goes by mail: the server is asked without one being
// sent, ten seconds at most.
[[nodiscard]] Finding check_mail(const Settings& settings);

// What digests there are, and who is to get them.
[[nodiscard]] std::vector<Finding> check_digests(const Settings& settings);

// Whether metrics are or could be offered where the settings say. For a socket that is a matter of
// the user who has the folder of the database.
[[nodiscard]] Finding check_metrics(const Settings& settings);

// The clock, and whether the hosts of feeds have addresses; five seconds for that at most.
[[nodiscard]] std::vector<Finding> check_machine(const Settings& settings, Timestamp now);

}  // namespace stakeout
