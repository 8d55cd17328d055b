#include "extractors/text/encodings.h"

#include <map>
#include <string>
#include <vector>

#include "extractors/text/ascii.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view encoding_labels_table();

namespace {

std::map<std::string_view, Encoding> read_labels() {
  std::map<std::string_view, Encoding> encodings;
  for (const auto& row : read_table(encoding_labels_table())) {
    for (const std::string_view label : ascii_words(row.at(2))) {
      encodings[label] = {row.at(0), row.at(1)};
    }
  }
  return encodings;
}

}  // namespace

const Encoding* find_encoding(std::string_view label) {
  static const std::map<std::string_view, Encoding> encodings = read_labels();
  const std::string key = ascii_lower(ascii_trimmed(label));
  const auto found = encodings.find(key);
  return found == encodings.end() ? nullptr : &found->second;
}

}  // namespace stakeout
