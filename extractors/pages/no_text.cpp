#include "extractors/pages/no_text.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "extractors/text/ascii.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view file_signatures_table();

namespace {

struct Signature {
  std::string_view what;
  std::size_t offset = 0;
  std::string bytes;
};

std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 2 <= hex.size(); at += 3) {
    unsigned char byte = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> read = [] {
    std::vector<Signature> list;
    for (const auto& row : read_table(file_signatures_table())) {
      if (row.size() < 3) continue;
      Signature signature{row[0], 0, bytes_of_hex(row[2])};
      std::from_chars(row[1].data(), row[1].data() + row[1].size(), signature.offset);
      list.push_back(std::move(signature));
    }
    return list;
  }();
  return read;
}

// A text may have tabs, line ends, form feeds, and the escape of ISO-2022. Without branches: every
// byte of every page is asked.
bool is_control_of_no_text(char byte) {
  const auto c = static_cast<unsigned>(static_cast<unsigned char>(byte));
  const unsigned is_white = static_cast<unsigned>(c - '\t' <= '\r' - '\t');
  const unsigned is_low = static_cast<unsigned>(c < 0x20) & ~is_white;
  return ((is_low & static_cast<unsigned>(c != 0x1B)) | static_cast<unsigned>(c == 0x7F)) != 0;
}

}  // namespace

std::optional<std::string> known_file(std::string_view bytes) {
  const auto begins = [bytes](const Signature& signature) {
    return bytes.size() > signature.offset &&
           bytes.substr(signature.offset).starts_with(signature.bytes);
  };
  const auto found = std::find_if(signatures().begin(), signatures().end(), begins);
  if (found == signatures().end()) return std::nullopt;
  return std::string{found->what} + ", not a page";
}

bool is_binary(const DecodedText& decoded) {
  constexpr std::size_t fewest = 4;      // control characters; a slip has fewer
  constexpr std::size_t one_in = 50;     // of random bytes every tenth is a control character
  constexpr std::size_t bad_one_in = 3;  // bytes of characters that could not be read
  constexpr std::string_view unreadable = "\xEF\xBF\xBD";
  const std::string_view text = decoded.utf8;
  const auto controls =
      static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_control_of_no_text));
  std::size_t bad = 0;
  for (std::size_t at = text.find(unreadable); at != std::string_view::npos;
       at = text.find(unreadable, at + unreadable.size())) {
    bad += unreadable.size();
  }
  return (controls >= fewest && controls * one_in > text.size()) ||
         (bad >= fewest * unreadable.size() && bad * bad_one_in > text.size());
}

}  // namespace stakeout
