#include "tests/support/sql_steps.h"

#include <utility>

#include <sqlite3.h>

namespace stakeout {
namespace {

std::int64_t steps = 0;

}  // namespace

extern "C" {

static int stakeout_count_steps(unsigned, void*, void* statement, void*) {
  steps += sqlite3_stmt_status(static_cast<sqlite3_stmt*>(statement), SQLITE_STMTSTATUS_VM_STEP, 1);
  return 0;
}

static int stakeout_watch(sqlite3* database, const char**, const sqlite3_api_routines*) {
  return sqlite3_trace_v2(database, SQLITE_TRACE_PROFILE, stakeout_count_steps, nullptr);
}

}  // extern "C"

// SQLite calls the function as stakeout_watch(), whatever the type it takes it by.
SqlSteps::SqlSteps() {
  steps = 0;
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(stakeout_watch));
}

SqlSteps::~SqlSteps() {
  sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(stakeout_watch));
}

std::int64_t SqlSteps::take() {
  return std::exchange(steps, 0);
}

}  // namespace stakeout
