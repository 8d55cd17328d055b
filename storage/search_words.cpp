#include "storage/search_words.h"

#include <algorithm>

namespace stakeout {
namespace {

constexpr std::string_view columns[] = {"title:", "text:"};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// What ends a word of a query.
bool ends_word(char c) {
  return is_blank(c) || c == '"' || c == '(' || c == ')';
}

// What FTS5 takes within a word without quotes.
bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// A word with its column, "^" and "*"; "+" and the "," of NEAR() stand alone.
std::string quoted(std::string_view word) {
  std::string out;
  for (const std::string_view column : columns) {
    if (!word.starts_with(column)) continue;
    out += column;
    word.remove_prefix(column.size());
  }
  if (word.starts_with('^')) {
    out += '^';
    word.remove_prefix(1);
  }
  std::string_view end;
  if (word.ends_with('*') || word.ends_with(',')) {
    end = word.substr(word.size() - 1);
    word.remove_suffix(1);
  }
  const bool is_sign = word == "+" || word.empty();
  if (is_sign || std::ranges::all_of(word, is_plain)) return out.append(word).append(end);
  return out.append("\"").append(word).append("\"").append(end);
}

}  // namespace

std::string search_words(std::string_view query) {
  std::string out;
  for (std::size_t at = 0; at < query.size();) {
    std::size_t end = at + 1;
    if (query[at] == '"') {
      end = std::min(query.find('"', at + 1), query.size() - 1) + 1;
      out += query.substr(at, end - at);
    } else if (ends_word(query[at])) {
      out += query[at];
    } else {
      while (end < query.size() && !ends_word(query[end])) ++end;
      out += quoted(query.substr(at, end - at));
    }
    at = end;
  }
  return out;
}

}  // namespace stakeout
