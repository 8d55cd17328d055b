#include "app/crawl/work_room.h"

namespace stakeout {

void WorkRoom::Part::resize(std::size_t bytes) noexcept {
  if (room_ == nullptr || bytes == bytes_) return;
  {
    const std::lock_guard lock{room_->mutex_};
    room_->used_ += bytes - bytes_;
  }
  bytes_ = bytes;
  room_->changed_.notify_all();
}

WorkRoom::Part WorkRoom::take(std::size_t bytes) {
  std::unique_lock lock{mutex_};
  const std::uint64_t call = ++last_call_;
  changed_.wait(lock, [&] {
    const bool has_room = used_ == 0 || (bytes <= size_ && used_ <= size_ - bytes);
    return is_open_ || (served_ + 1 == call && has_room);
  });
  ++served_;
  used_ += bytes;
  changed_.notify_all();
  return Part{*this, bytes};
}

std::size_t WorkRoom::waiting() {
  const std::scoped_lock lock{mutex_};
  return static_cast<std::size_t>(last_call_ - served_);
}

void WorkRoom::open() {
  const std::lock_guard lock{mutex_};
  is_open_ = true;
  changed_.notify_all();
}

}  // namespace stakeout
