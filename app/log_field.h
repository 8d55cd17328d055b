#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stakeout {

// While this lives, what the thread logs is about `value`: programs that read the log find it under
// `name`, in small letters ("feed"), and people in the words of the message. Fields of one thread
// end in the reverse order of their beginning.
class LogField {
 public:
  using Fields = std::vector<std::pair<std::string_view, std::string>>;

  // `name` is a literal.
  LogField(std::string_view name, std::string value);
  ~LogField();
  LogField(const LogField&) = delete;
  LogField& operator=(const LogField&) = delete;

  // Those of the calling thread, the outermost first.
  [[nodiscard]] static const Fields& current();
};

}  // namespace stakeout
