#include "faulty_disk.h"

namespace stakeout::sample {
namespace {

struct Plan {
  int nth = 0;
  int count = 0;
  FaultyDisk::Failing failing = FaultyDisk::Failing::once;
};
Plan plan;

bool fails_now() {
  ++plan.count;
  if (plan.nth == 0) return false;
  return plan.failing == FaultyDisk::Failing::once ? plan.count == plan.nth
                                                   : plan.count >= plan.nth;
}

// What SQLite holds: its own head, and behind it the file of the real disk.
struct CountedFile {
  sqlite3_file head;
  sqlite3_file* real;
};

sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<CountedFile*>(file)->real;
}

int write(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 at) {
  if (fails_now()) return SQLITE_FULL;
  return real_of(f)->pMethods->xWrite(real_of(f), bytes, size, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  if (fails_now()) return SQLITE_IOERR_TRUNCATE;
  return real_of(f)->pMethods->xTruncate(real_of(f), size);
}
int sync(sqlite3_file*, int) {
  return fails_now() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int close(sqlite3_file* f) {
  return real_of(f)->pMethods->xClose(real_of(f));
}
int read(sqlite3_file* f, void* bytes, int size, sqlite3_int64 at) {
  return real_of(f)->pMethods->xRead(real_of(f), bytes, size, at);
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
  return real_of(f)->pMethods->xFileSize(real_of(f), size);
}
int lock(sqlite3_file* f, int level) {
  return real_of(f)->pMethods->xLock(real_of(f), level);
}
int unlock(sqlite3_file* f, int level) {
  return real_of(f)->pMethods->xUnlock(real_of(f), level);
}
int check_lock(sqlite3_file* f, int* result) {
  return real_of(f)->pMethods->xCheckReservedLock(real_of(f), result);
}
int control(sqlite3_file* f, int operation, void* argument) {
  return real_of(f)->pMethods->xFileControl(real_of(f), operation, argument);
}
int sector_size(sqlite3_file* f) {
  return real_of(f)->pMethods->xSectorSize(real_of(f));
}
int characteristics(sqlite3_file* f) {
  return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** memory) {
  return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, memory);
}
int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
  return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}
void shm_barrier(sqlite3_file* f) {
  real_of(f)->pMethods->xShmBarrier(real_of(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
  return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

const sqlite3_io_methods methods = {
    2,         close,      read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_lock, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,    nullptr};

sqlite3_vfs* disk(sqlite3_vfs* vfs) {
  return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* counted = reinterpret_cast<CountedFile*>(file);
  counted->real = reinterpret_cast<sqlite3_file*>(counted + 1);
  const int code = disk(vfs)->xOpen(disk(vfs), name, counted->real, flags, out_flags);
  counted->head.pMethods = counted->real->pMethods != nullptr ? &methods : nullptr;
  return code;
}

}  // namespace

FaultyDisk::FaultyDisk() {
  sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
  vfs_ = *real;
  vfs_.zName = "faulty";
  vfs_.pNext = nullptr;
  vfs_.pAppData = real;
  vfs_.szOsFile = static_cast<int>(sizeof(CountedFile)) + real->szOsFile;
  vfs_.xOpen = open;
  sqlite3_vfs_register(&vfs_, 1);
  plan = {};
}

FaultyDisk::~FaultyDisk() {
  sqlite3_vfs_unregister(&vfs_);
}

void FaultyDisk::fail(int nth, Failing failing) {
  plan = {nth, 0, failing};
}

bool FaultyDisk::has_failed() {
  return plan.nth != 0 && plan.count >= plan.nth;
}

}  // namespace stakeout::sample
