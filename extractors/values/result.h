#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace stakeout {

// Why something could not be done: a sentence for a person, without a full stop, that names the
// thing at fault. A parser also says at which byte of its input it stopped.
struct Error {
  std::string message;
  std::size_t offset = 0;
};

// What a function returns whose caller has a next move when it fails. See style: odd input is a
// warning inside the value, a lost database is an exception, a bug of ours is an assert.
template <class T>
using Result = tl::expected<T, Error>;

// `return fail("not a feed");`
[[nodiscard]] inline tl::unexpected<Error> fail(std::string message, std::size_t offset = 0) {
  return tl::unexpected<Error>(Error{std::move(message), offset});
}

}  // namespace stakeout
