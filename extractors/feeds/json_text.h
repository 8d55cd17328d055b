#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/feeds/warnings.h"

namespace stakeout {

// JSON as people write it: the values of a document that may be broken, and where they stand.
//
// Beside JSON (RFC 8259) it reads comments, commas too many or missing, keys without quotes, single
// quotes, line breaks and bare quotes inside strings, NaN and undefined as null, and a document
// that ends too soon. Each repair is a warning with its place. What nests deeper than 64 levels is
// left out, and so is what follows the first million values. Linear in the text, without recursion.
class JsonText {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, string, list, object };
  using Id = std::uint32_t;  // of a value; 0 is the document's, and none within it
  static constexpr Id none = 0;

  // Borrows `utf8` (less than 4 GiB) until the end.
  JsonText(std::string_view utf8, Warnings& warnings);

  // Whether the text ended before the document's value was closed.
  [[nodiscard]] bool is_cut_short() const { return is_cut_short_; }
  [[nodiscard]] Kind kind(Id value) const { return values_[value].kind; }
  [[nodiscard]] std::size_t offset(Id value) const { return values_[value].begin; }
  // Strings without their escapes, numbers and truth values as they are written; else empty.
  [[nodiscard]] std::string text(Id value) const;
  // The last member of that name; `none` when there is none, or `object` is no object.
  [[nodiscard]] Id find(Id object, std::string_view name) const;
  // The values of a list in their order; none of anything else.
  [[nodiscard]] std::vector<Id> elements(Id list) const;

 private:
  friend class JsonTextReader;
  struct Value {
    Kind kind = Kind::null;
    std::uint32_t begin = 0, end = 0;  // in the text, without quotes
    std::uint32_t name_begin = 0, name_end = 0;
    Id first = none, last = none, next = none;  // children, and the next sibling
  };

  [[nodiscard]] bool is_name(const Value& member, std::string_view name) const;
  [[nodiscard]] std::string unescaped(std::uint32_t begin, std::uint32_t end) const;

  std::string_view utf8_;
  std::vector<Value> values_;
  bool is_cut_short_ = false;
};

}  // namespace stakeout
