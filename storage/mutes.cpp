#include "storage/mutes.h"

#include <cstdio>

namespace stakeout {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      char code[7] = {};
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      out += code;
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

template <class Item, class Words>
std::string list(const std::vector<Item>& items, const Words& words) {
  std::string out = "[";
  for (const Item& item : items) out += (out.size() > 1 ? "," : "") + words(item);
  return out + "]";
}

}  // namespace

std::string mutes_text(const Mutes& mutes) {
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  std::string out = "{\"vendors\":" + list(mutes.vendors, quoted) +
                    ",\"kinds\":" + list(mutes.kinds, quoted) +
                    ",\"stories\":" + list(mutes.stories, number);
  if (mutes.min_amount) {
    out +=
        ",\"min_amount\":" + number(*mutes.min_amount) + ",\"currency\":" + quoted(mutes.currency);
  }
  return out + "}";
}

}  // namespace stakeout
