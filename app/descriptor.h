#pragma once

#include <unistd.h>

namespace stakeout {

// A file descriptor that is closed with this object; negative: none.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  ~Descriptor() {
    if (is_open()) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  // Somebody else closes it from now on.
  void release() { number_ = -1; }

 private:
  int number_;
};

}  // namespace stakeout
