#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>

namespace stakeout {

// Bounds the memory of documents between their arrival and their being stored: reading one takes
// several times its size, and what was read may wait for the writer. Many small documents find room
// at once; one that is larger than all of the room has it for itself. Any thread.
class WorkRoom {
 public:
  // What one document takes; gives it back when it dies. Move-only, and one thread's at a time.
  class Part {
   public:
    Part() = default;
    Part(Part&& other) noexcept
        : room_{std::exchange(other.room_, nullptr)}, bytes_{std::exchange(other.bytes_, 0)} {}
    Part& operator=(Part&& other) noexcept {
      std::swap(room_, other.room_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    ~Part() { resize(0); }

    // The document takes more or less from now on. Never waits: what is there is there.
    void resize(std::size_t bytes) noexcept;

   private:
    friend class WorkRoom;
    Part(WorkRoom& room, std::size_t bytes) : room_{&room}, bytes_{bytes} {}
    WorkRoom* room_ = nullptr;
    std::size_t bytes_ = 0;
  };

  explicit WorkRoom(std::size_t bytes) : size_{bytes} {}
  WorkRoom(const WorkRoom&) = delete;
  WorkRoom& operator=(const WorkRoom&) = delete;

  // Waits until there is room for so many bytes: in the order of the calls, so that a large
  // document gets its turn too. The room has to outlive the part.
  [[nodiscard]] Part take(std::size_t bytes);

  // How many calls of take() have not got their room yet.
  [[nodiscard]] std::size_t waiting();

  // Nobody waits any more: the results will not be stored.
  void open();

 private:
  const std::size_t size_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::size_t used_ = 0;
  std::uint64_t last_call_ = 0;
  std::uint64_t served_ = 0;  // calls that have had their turn
  bool is_open_ = false;
};

}  // namespace stakeout
