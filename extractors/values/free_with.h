#pragma once

namespace stakeout {

// unique_ptr deleter for a handle of a C library:
//
//     using CurlEasy = std::unique_ptr<CURL, FreeWith<curl_easy_cleanup>>;
template <auto Free>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const noexcept {
    Free(handle);
  }
};

}  // namespace stakeout
