#pragma once

#include <string_view>

namespace stakeout {

// A character encoding of the WHATWG Encoding Standard (data/encoding_labels.tsv).
struct Encoding {
  std::string_view name;       // "UTF-8", "windows-1252": as the standard spells it
  std::string_view converter;  // ICU's name of the converter that reads it
};

// The encoding that a label declares; nullptr for a label of no encoding. Case and white space
// around do not matter. "iso-8859-1" and "us-ascii" mean windows-1252, as in every browser. The
// result lives as long as the program.
[[nodiscard]] const Encoding* find_encoding(std::string_view label);

}  // namespace stakeout
