#include "extractors/pages/json_mending.h"

#include <algorithm>

#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

class Mender {
 public:
  explicit Mender(std::string_view script) : script_{script} {}

  std::string run() {
    while (at_ < script_.size()) {
      const char c = script_[at_];
      if (skip_comment()) continue;
      if (c == '"' && !closers_.empty()) {
        string();
      } else if (c == '{' || c == '[') {
        open(c);
      } else if (c == '}' || c == ']') {
        close(c);
      } else {
        if (!closers_.empty()) add(c);
        ++at_;
      }
    }
    while (!closers_.empty()) close(closers_.back());
    drop_comma();
    return "[" + out_ + "]";
  }

 private:
  // A comment where JSON has none, or the marks of a CDATA section or an HTML comment.
  bool skip_comment() {
    const std::string_view rest = script_.substr(at_);
    if (rest.starts_with("/*")) return skip_to("*/");
    // An address has its slashes behind a colon, and in a string.
    if (rest.starts_with("//")) return skip_to("\n");
    constexpr std::string_view section = "<![CDATA[";
    if (!rest.starts_with(section)) return false;
    at_ += section.size();
    return true;
  }

  bool skip_to(std::string_view mark) {
    const std::size_t found = script_.find(mark, at_ + 2);
    at_ = found == std::string_view::npos ? script_.size() : found + mark.size();
    return true;
  }

  void add(char c) {
    if (too_deep_ == 0) out_ += c;
  }

  void drop_comma() {
    while (!out_.empty() && (is_ascii_space(out_.back()) || out_.back() == ',')) out_.pop_back();
  }

  // A comma in front of the next value, where one is missing.
  void part_from_last() {
    std::size_t end = out_.size();
    while (end > 0 && is_ascii_space(out_[end - 1])) --end;
    if (end > 0 && (out_[end - 1] == '"' || out_[end - 1] == '}' || out_[end - 1] == ']')) {
      out_ += ',';
    }
  }

  void open(char c) {
    ++at_;
    if (too_deep_ > 0) {
      ++too_deep_;
    } else if (closers_.size() == deepest_json) {
      out_ += "null";
      too_deep_ = 1;
    } else {
      part_from_last();
      out_ += c;
      closers_ += c == '{' ? '}' : ']';
    }
  }

  void close(char c) {
    ++at_;
    if (too_deep_ > 0) {
      --too_deep_;
    } else if (!closers_.empty() && closers_.back() == c) {
      drop_comma();
      out_ += c;
      closers_.pop_back();
    }
  }

  void string() {
    ++at_;
    if (too_deep_ == 0) {
      part_from_last();
      out_ += '"';
    }
    while (at_ < script_.size()) {
      const char c = script_[at_];
      if (c == '\\') {
        escape();
      } else if (c != '"') {
        add(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
        ++at_;
      } else if (ends_string()) {
        ++at_;
        break;
      } else {
        add('\\');
        add('"');
        ++at_;
      }
    }
    add('"');
  }

  // The first character at or behind `from` that is no blank. More than a few blanks are no part of
  // a text, and are not walked over again and again.
  [[nodiscard]] std::size_t behind_blanks(std::size_t from) const {
    const std::size_t last = std::min(script_.size(), from + 200);
    while (from < last && is_ascii_space(script_[from])) ++from;
    return from;
  }

  [[nodiscard]] bool begins_value(std::size_t at) const {
    const std::string_view rest = script_.substr(at);
    return rest.empty() ||
           std::string_view{"\"{[]}-/ \n"}.find(rest[0]) != std::string_view::npos ||
           is_ascii_digit(rest[0]) || rest.starts_with("true") || rest.starts_with("false") ||
           rest.starts_with("null");
  }

  // Whether what follows the quote at the cursor is what follows a string, or another line.
  [[nodiscard]] bool ends_string() const {
    const std::size_t next = behind_blanks(at_ + 1);
    if (next >= script_.size()) return true;
    const char c = script_[next];
    if (c == ',') return begins_value(behind_blanks(next + 1));
    if (c == '"') return script_.substr(at_, next - at_).find('\n') != std::string_view::npos;
    return c == ':' || c == '}' || c == ']' || c == '/' || is_ascii_space(c);
  }

  void escape() {
    const std::string_view rest = script_.substr(at_);
    if (rest.starts_with("\\u")) return unicode_escape(rest);
    at_ += std::min<std::size_t>(2, rest.size());
    if (rest.size() < 2) return;
    const bool is_known = std::string_view{"\"\\/bfnrt"}.find(rest[1]) != std::string_view::npos;
    if (is_known) add('\\');
    add(static_cast<unsigned char>(rest[1]) < 0x20 ? ' ' : rest[1]);
  }

  // "\u00e9" and pairs of surrogates as they are; halves of such pairs become blanks.
  void unicode_escape(std::string_view rest) {
    const int unit = code_unit(rest);
    const bool is_low = unit >= 0xDC00 && unit < 0xE000;
    const bool is_high = unit >= 0xD800 && unit < 0xDC00;
    const int low = is_high ? code_unit(rest.substr(6)) : -1;
    const bool is_pair = low >= 0xDC00 && low < 0xE000;
    std::size_t length = 2;
    if (unit >= 0) length = is_pair ? 12 : 6;
    at_ += length;
    if (unit < 0 || is_low || (is_high && !is_pair)) return add(' ');
    for (const char c : rest.substr(0, length)) add(c);
  }

  static int code_unit(std::string_view escape) {
    if (!escape.starts_with("\\u") || escape.size() < 6) return -1;
    int value = 0;
    for (const char c : escape.substr(2, 4)) {
      const char lower = ascii_lower(c);
      const bool is_hex = is_ascii_digit(c) || (lower >= 'a' && lower <= 'f');
      if (!is_hex) return -1;
      value = value * 16 + (is_ascii_digit(c) ? c - '0' : lower - 'a' + 10);
    }
    return value;
  }

  std::string_view script_;
  std::size_t at_ = 0;
  std::string out_;
  std::string closers_;       // of what is open in out_
  std::size_t too_deep_ = 0;  // lists and objects open beyond that
};

}  // namespace

std::string mended_json(std::string_view script) {
  const std::string_view kept = first_bytes(script, longest_json);
  const bool is_encoded =
      kept.find('"') == std::string_view::npos && kept.find('&') != std::string_view::npos;
  if (!is_encoded) return Mender{kept}.run();
  return Mender{decode_character_references(kept)}.run();
}

bool is_too_deep(std::string_view script) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < script.size() && depth <= deepest_json; ++at) {
    const char c = script[at];
    if (c == '\\' && in_string) {
      ++at;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string) {
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && depth > 0) --depth;
    }
  }
  return depth > deepest_json;
}

}  // namespace stakeout
