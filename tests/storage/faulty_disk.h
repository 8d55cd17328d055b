#pragma once

#include <sqlite3.h>

// A disk that fails when it is told to, as SQLite sees it.

namespace stakeout::sample {

// While one lives, SQLite's files are on a disk whose writes, truncations and syncs are counted;
// one of them can be made to fail. Syncs do not wait for the real disk. One at a time, and no
// database open at either end of its life.
class FaultyDisk {
 public:
  enum class Failing { once, from_then_on };

  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // Starts counting anew; the `nth` operation (from 1) fails as on a full disk. 0: none does.
  static void fail(int nth, Failing failing = Failing::once);
  // Whether the failure has come about.
  [[nodiscard]] static bool has_failed();

 private:
  sqlite3_vfs vfs_{};
};

}  // namespace stakeout::sample
